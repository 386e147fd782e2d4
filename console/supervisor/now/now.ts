/** A tier and its queue. Moments are epoch milliseconds. */
export interface TierNow {
  readonly level: number;
  readonly name: string;
  readonly queued: number;
  readonly claimed: number;
  readonly solved: number;
  /** The case whose time is over first; null: nobody waits. */
  readonly next: { readonly number: number; readonly at: number } | null;
  /** When its people are back; null: they are here. */
  readonly opensAt: number | null;
}

/** Somebody who works at the desks. */
export interface AgentNow {
  readonly id: string;
  readonly name: string;
  readonly away: boolean;
  readonly held: number;
}

/** What somebody should look at now. */
export type Alarm =
  | { readonly kind: 'top'; readonly number: number; readonly tier: number; readonly rang: number }
  | { readonly kind: 'channel'; readonly name: string; readonly title: string }
  | { readonly kind: 'sends'; readonly count: number; readonly more: boolean }
  | { readonly kind: 'quarantine'; readonly count: number };

/** How things are, as the server tells it. */
export interface NowView {
  readonly at: number;
  readonly owners: Readonly<Record<'bot' | 'tiers' | 'agents' | 'customers' | 'vendors', number>>;
  readonly tiers: readonly TierNow[];
  readonly agents: readonly AgentNow[];
  readonly alarms: readonly Alarm[];
}
