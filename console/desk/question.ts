/** A question to a tier's people that nobody has answered. Times are ISO 8601. */
export interface OpenQuestion {
  /** From 1 within its case. */
  readonly number: number;
  readonly tier: number;
  readonly tierName: string;
  /** Who asks; null: the bot. */
  readonly by: string | null;
  readonly text: string;
  readonly at: string;
  /** Until when the bot waits for it; null: it is no question of the bot's. */
  readonly until: string | null;
}

/** An open question to a tier of the agent's, and its case. */
export interface TierQuestion extends OpenQuestion {
  /** The agent asked it. */
  readonly mine: boolean;
  readonly case: {
    readonly id: string;
    readonly number: number;
    readonly subject: string | null;
    readonly language: string;
    readonly channel: string;
  };
}
