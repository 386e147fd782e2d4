/** Whether this process is the one of an installation that does something which only one may do. */
export interface Leadership {
  /** Whether it leads now: no longer a little before others could begin to. */
  leads(): boolean;
  /** The number of its newest hold, higher than that of every earlier holder; 0 before the first. */
  fence(): number;
  /** Leads on, or begins to where nobody does. @returns whether it leads @throws what the store throws */
  claim(): Promise<boolean>;
  /** Lets another process lead at once; harmless where it does not lead. @throws what the store throws */
  leave(): Promise<void>;
  /** How often to claim so as to lead on, in milliseconds. */
  readonly everyMs: number;
}

/** What a process does while it leads. */
export interface Duties {
  /** It leads from now on. What it throws is logged; it goes on leading. */
  begin(): Promise<void>;
  /** It does not lead any more, or is about to let go. */
  end(): Promise<void>;
}

/** Leads where it can, and begins and ends its duties as it gains and loses that. */
export interface Leader {
  leads(): boolean;
  /** Resolves once it was found out for the first time who leads, and the duties have begun where it is this process. */
  start(): Promise<void>;
  /** Ends the duties, then lets another process lead at once. Twice is fine. */
  stop(): Promise<void>;
}
