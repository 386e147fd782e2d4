/**
 * A wake-up: do what the store says is undone there. It carries ids only, never words.
 * `turn`: the bot owes an answer. `deliver`: effects are pending. `deadline`: a timer set at `seq` is due.
 * `offer`: a case waits for a tier's people. `fetch`: files are still on their platform.
 */
export interface Work {
  readonly kind: 'turn' | 'deliver' | 'deadline' | 'offer' | 'fetch';
  readonly conversation: string;
  /** The sequence that gave rise to it: with the kind and conversation it names the job, so adding it twice is one job. */
  readonly seq: number;
}

/** Does one piece of work. Doing it twice, or when it is no longer needed, must be harmless. Throws to be tried again. */
export type Handler = (work: Work) => Promise<void>;

/** Wakes workers, in this process or another. Losing everything in it loses nothing: the sweeper asks the store. */
export interface Queue {
  /** For people: which engine, without secrets. */
  readonly description: string;
  /** @param delayMs not before this long from now */
  add(work: Work, delayMs?: number): Promise<void>;
  /** Starts taking work, up to `concurrency` at once for each kind. */
  work(handlers: Readonly<Record<Work['kind'], Handler>>, concurrency: number): Promise<void>;
  /** Jobs by state: what waits, is delayed, runs or has failed. */
  counts(): Promise<Readonly<Record<'waiting' | 'delayed' | 'active' | 'failed', number>>>;
  /** @throws RelevoError `queue_unreachable` when the engine does not answer */
  check(): Promise<void>;
  /** Takes nothing new, waits for what runs (at most `graceMs`), closes. Calling it twice is fine. */
  stop(graceMs: number): Promise<void>;
}
