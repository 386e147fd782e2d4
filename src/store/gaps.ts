/** What a person decided about questions that the bot could not answer; `restored`: what was decided before counts no more. */
export interface SettledGap {
  /** As it was shown. */
  readonly id: string;
  readonly at: number;
  readonly action: 'example' | 'article' | 'dismissed' | 'restored';
  /** The article it went to, or the reason it was dismissed. */
  readonly detail: string;
  /** The names of the questions in it. */
  readonly questions: readonly string[];
}

/** What people decided about gaps in the knowledge base. */
export interface Gaps {
  /** Oldest first. */
  settled(): Promise<SettledGap[]>;
  settle(gap: SettledGap): Promise<void>;
}
