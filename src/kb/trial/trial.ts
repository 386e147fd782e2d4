/** Which version answers a customer. */
export type Side = 'live' | 'candidate';

/** How many conversations of one side ended in each way: each customer's first one since the trial began, once it is decided. */
export interface SideCounts {
  /** Decided: closed, or handed to a person. */
  readonly customers: number;
  /** The bot closed it, nobody had to help, and nothing it said was disliked. */
  readonly resolved: number;
  readonly disliked: number;
  readonly handedOver: number;
  /** Not decided yet. */
  readonly open: number;
}

/** What a trial has shown. */
export interface TrialCounts extends Readonly<Record<Side, SideCounts>> {
  /** By the company that was written to; '': the only one. */
  readonly byBrand: Readonly<Record<string, Readonly<Record<Side, SideCounts>>>>;
}

/** Why a trial is over. */
export type TrialEnd =
  /** The rule of the trial found it clearly worse. */
  | 'candidate-worse'
  | 'live-worse'
  /** Somebody decided. */
  | 'dropped'
  | 'made-live'
  /** Something else was published meanwhile: the two are no longer what is compared. */
  | 'published';

/** Golden questions that are answered wrongly. */
export interface WrongAnswers {
  readonly wrong: number;
  readonly of: number;
}

/** Two versions side by side. */
export interface Trial {
  readonly id: string;
  /** The version that is tried. */
  readonly candidate: number;
  /** What was live when it began, and answers all others. */
  readonly live: number;
  /** The share of customers whom the candidate answers, above 0 and below 1. */
  readonly share: number;
  /** Of these companies alone; null: of all. */
  readonly brands: readonly string[] | null;
  /** Decides, with a customer's address, on which side the customer is. */
  readonly seed: string;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly startedBy: string;
  readonly reason: string;
  /** What each makes of the candidate's golden questions; null without any. */
  readonly golden: Readonly<Record<Side, WrongAnswers>> | null;
  /** Null while it runs. */
  readonly ended: {
    readonly at: number;
    readonly why: TrialEnd;
    readonly by: string;
    /** As the counts were then. */
    readonly counts: TrialCounts;
  } | null;
}

/** Nobody has been counted. */
export const noCounts: SideCounts = { customers: 0, resolved: 0, disliked: 0, handedOver: 0, open: 0 };
