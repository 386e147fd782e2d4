/** How one check before a call ended. `untried`: it was passed over. */
export type CheckOutcome = 'good' | 'denied' | 'missing' | 'busy' | 'silent' | 'failed' | 'untried';

/** What the waiting page found of somebody's device before a call. Nothing in it tells who they are. */
export interface CallChecks {
  /** Such as `Firefox` on `Android`; what the browser calls itself, so only as true as that. */
  readonly browser: string;
  readonly system: string;
  readonly phone: boolean;
  /** Whether calls work in this browser at all. */
  readonly fits: boolean;
  /** Whether it can show its screen to others: browsers on phones cannot. */
  readonly canShare: boolean;
  readonly camera: CheckOutcome;
  readonly microphone: CheckOutcome;
  readonly connection: {
    readonly outcome: 'good' | 'weak' | 'bad' | 'untried';
    /** There and back; null: not measured. */
    readonly roundTripMs: number | null;
    /** Towards the device. */
    readonly downKbps: number | null;
    /** From the device. */
    readonly upKbps: number | null;
  };
}
