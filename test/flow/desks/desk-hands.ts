/** Somebody who works on cases, at whatever desk. */
export type Person = 'ana' | 'leo';

/** What an agent writes down of a case. */
export interface Written {
  readonly understanding: string;
  readonly plan: string;
  readonly execution: string;
  readonly results: string;
}

/** What agents do to cases with the means of one desk. Each resolves once the desk has taken it. */
export interface DeskHands {
  takes(who: Person, number: number): Promise<void>;
  /** Asks the next tier up, privately. */
  asks(who: Person, number: number, text: string): Promise<void>;
  /** Answers the only question to a tier. */
  answers(who: Person, number: number, tier: number, text: string): Promise<void>;
  /** To the next tier up. The logbook begins with what the desk drafted. */
  escalates(who: Person, number: number, reason: string, plan: string): Promise<void>;
  /** Wants to solve it, is asked for the four answers first, and gives them. */
  assesses(who: Person, number: number, best: string): Promise<void>;
  givesToVendor(who: Person, number: number, reference: string): Promise<void>;
  vendorAnswered(who: Person, number: number, answer: string): Promise<void>;
  solves(who: Person, number: number, logbook: Written): Promise<void>;
}
