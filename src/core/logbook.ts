/** The four parts of an entry in a case's bitácora. */
export interface Logbook {
  /** What was wrong, in the agent's words. */
  readonly understanding: string;
  /** What was going to be done. */
  readonly plan: string;
  /** What was done. */
  readonly execution: string;
  /** What came of it. */
  readonly results: string;
}

/** What an expert writes down before working on a case. */
export interface Assessment {
  /** Whether it can be solved. */
  readonly solvable: boolean;
  /** What is still needed. */
  readonly missing: string;
  /** How long it will take. */
  readonly howLong: string;
  /** Which solution is best, and why. */
  readonly best: string;
}

/** What the bot asked before it handed over, so that nobody asks it again. */
export interface Intake {
  readonly problem: string;
  readonly tried: string | null;
}
