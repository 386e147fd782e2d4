import type { Language } from '../../parts/preferences.ts';

/** A way in which customers asked, without personal data. */
export interface Wording {
  readonly text: string;
  readonly language: Language;
}

/** What could close a gap. */
export interface Proposal {
  readonly kind: 'publish' | 'example' | 'article' | 'improve' | 'write';
  readonly article?: string;
  /** What speaks for the article: the customers' words, or what an agent did. */
  readonly by?: 'question' | 'agent';
}

/** What became of a question; several may be true of a group. */
export const happenings = ['unanswered', 'disliked', 'second', 'person', 'asked', 'solved'] as const;

/** Questions of one meaning that the bot did not settle. */
export interface Gap {
  readonly id: string;
  readonly brand?: string;
  readonly questions: number;
  readonly agentMs: number;
  readonly proposed: boolean;
  readonly wordings: readonly Wording[];
  readonly happened: Readonly<Record<(typeof happenings)[number], number>>;
  readonly proposal: Proposal;
}

/** One question of a gap, and the conversation it was asked in. */
export interface Asked {
  readonly conversation: string;
  readonly at: string;
  readonly language: Language;
  readonly question: string;
  readonly happened: 'unanswered' | 'disliked' | 'person' | 'asked' | 'second';
  readonly shown: readonly string[];
  readonly replies: readonly string[];
  readonly execution: string | null;
  readonly solved: boolean;
}

/** What was decided about a gap. */
export interface Settled {
  readonly id: string;
  readonly at: string;
  readonly action: 'example' | 'article' | 'dismissed' | 'restored';
  /** The article, or the reason. */
  readonly detail: string;
  readonly questions: number;
}

/** A question as a heading. */
export function titleOf({ wordings, id }: Gap): string {
  return wordings[0]?.text ?? id;
}

/** An article's id made of words: lower-case words joined by hyphens. */
export function slugOf(words: string): string {
  const plain = words.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return (plain.match(/[a-z0-9]+/gu) ?? []).slice(0, 8).join('-').slice(0, 60);
}
