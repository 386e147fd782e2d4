/** A message as Slack keeps it. */
export interface StoredMessage {
  readonly type: 'message';
  readonly ts: string;
  readonly thread_ts?: string;
  readonly user?: string;
  readonly bot_id?: string;
  readonly subtype?: string;
  text: string;
  edited?: { readonly user: string; readonly ts: string };
  reply_count?: number;
  blocks?: readonly unknown[];
  readonly files?: readonly object[];
  readonly metadata?: unknown;
}

/** A file at Slack. */
export interface StoredFile {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly type: string;
  bytes: Uint8Array | null;
  /** Where it claims to lie, when that is not with Slack. */
  readonly address?: string;
}

/** A message of ours that Slack accepted. */
export interface Accepted {
  readonly channel: string;
  readonly message: StoredMessage;
  readonly args: Readonly<Record<string, string>>;
}

/** A channel at Slack. */
export interface StoredChannel {
  readonly direct: boolean;
  messages: StoredMessage[];
  /** Slack's word for why nothing can be written there. */
  readonly fault?: string;
}

/** What the fake remembers. */
export interface FakeState {
  readonly team: string;
  readonly bot: { readonly userId: string; readonly botId: string };
  readonly users: Map<string, { readonly name: string; readonly locale: string }>;
  readonly channels: Map<string, StoredChannel>;
  readonly files: Map<string, StoredFile>;
  readonly log: Accepted[];
  /** What was shown to one person only, in order. */
  readonly whispers: {
    readonly channel: string;
    readonly user: string;
    readonly text: string;
    readonly blocks: readonly unknown[];
  }[];
  /** Modals that were opened or changed, in order. */
  readonly modals: { readonly id: string; readonly view: Readonly<Record<string, unknown>> }[];
  /** People's own pages. */
  readonly homes: Map<string, Readonly<Record<string, unknown>>>;
  nextTs(): string;
  origin(): string;
}
