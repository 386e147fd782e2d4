import type { Option, Source } from '../../live/message.ts';
import type { Language } from '../../parts/preferences.ts';
import type { Dealt } from '../decided.ts';

/** What a customer says in a trial. */
export type Turn = { readonly text: string } | { readonly option: string };

/** Why an engine decides as it does. Shares are 0 to 1. */
export interface Explanation extends Dealt {
  readonly candidates: readonly { readonly article: string; readonly probability: number }[];
  readonly knownWords: number;
  readonly sure: number;
  readonly answerFrom: number;
  readonly asking: number;
  readonly handingOver: number;
  readonly evidence: readonly {
    readonly article: string;
    readonly probability: number;
    readonly classifier: number;
    readonly nearestExample: number;
    readonly text: number;
  }[];
}

/** What the bot does in one turn. */
export interface Move {
  readonly say: readonly {
    readonly text: string;
    readonly options: readonly Option[];
    readonly sources: readonly (Source & { readonly passage?: string })[];
  }[];
  readonly action: 'wait' | 'ask' | 'hand-over' | 'resolve';
  readonly outcome: string;
  readonly language: Language;
  readonly explanation: Explanation | null;
  readonly titles: Readonly<Record<string, string>>;
}

/** One base's side of a conversation. */
export interface Side {
  readonly version: number | null;
  readonly turns: readonly Move[];
}

/** A conversation with what is published (null: nothing yet) and with the draft. */
export interface Trial {
  readonly published: Side | null;
  readonly draft: Side;
}

/** What the words of a turn alone would have made of it, where the bot asked the articles at all. */
const asked: Readonly<Record<string, Dealt['decision']>> = {
  answered: 'answer',
  clarified: 'clarify',
  unknown: 'handoff',
};

/** Whether the bot decided by the articles, and as they say by themselves. */
export function decidedBy({ outcome, explanation }: Move): 'articles' | 'conversation' | 'dialog' {
  const decision = asked[outcome];
  if (decision === undefined || explanation === null) return 'dialog';
  return decision === explanation.decision ? 'articles' : 'conversation';
}

/** Whether two sides say and do the same in a turn. */
export function alike(one: Move | undefined, other: Move | undefined): boolean {
  const seen = (move: Move | undefined) =>
    move === undefined
      ? null
      : JSON.stringify([move.action, move.say.map(({ text, options }) => [text, options])]);
  return seen(one) === seen(other);
}
