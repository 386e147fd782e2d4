import type { BaseContent } from '../../core/article.ts';
import type { Saying } from '../../core/command.ts';
import { type Language, languages } from '../../core/language.ts';
import { articleKey } from '../article-key.ts';
import type { TrainedEngine } from '../engine/engine.ts';
import { type Explanation, explain } from '../engine/explain.ts';
import type { Candidate, Knowledge } from '../knowledge.ts';

/** What a bot does in one turn of a trial. */
export interface TrialMove {
  /** With its options, and the passages it took from articles. */
  readonly say: readonly Saying[];
  readonly action: 'wait' | 'ask' | 'hand-over' | 'resolve';
  /** What it made of the turn, such as `answered`. */
  readonly outcome: string;
  readonly language: Language;
}

/** Plays a customer's turns to a bot on some knowledge. Each turn is words, or the id of an option. */
export type Converse = (
  knowledge: Knowledge,
  turns: readonly TrialTurn[],
  language: Language,
) => Promise<readonly TrialMove[]>;

/** What a customer says: words, or an option that was offered. */
export type TrialTurn = { readonly text: string } | { readonly option: string };

/** One base's side of a trial. */
export interface TrialSide {
  /** Null: the draft. */
  readonly version: number | null;
  readonly turns: readonly (TrialMove & {
    /** Why the engine decides so about the words of the turn, by themselves; null for an option. */
    readonly explanation: Explanation | null;
    /** The titles of the articles in the explanation, by their ids. */
    readonly titles: Readonly<Record<string, string>>;
  })[];
}

/** Plays a conversation to a bot on a base, and tells why its engine decides as it does. */
export async function trySide(
  base: { readonly engine: TrainedEngine; readonly content: BaseContent; readonly version: number | null },
  turns: readonly TrialTurn[],
  language: Language,
  converse: Converse,
): Promise<TrialSide> {
  const knowledge = fixedKnowledge(base.engine, base.content, base.version ?? 0);
  const moves = await converse(knowledge, turns, language);
  return {
    version: base.version,
    turns: moves.map((move, place) => {
      const turn = turns[place];
      const explanation =
        turn === undefined || !('text' in turn) ? null : explain(base.engine, turn.text, move.language);
      const ids = explanation?.evidence.map(({ article }) => article) ?? [];
      const titles = ids.map((id) => [id, knowledge.article(id, move.language)?.title ?? id] as const);
      return { ...move, explanation, titles: Object.fromEntries(titles) };
    }),
  };
}

/** Knowledge that never changes: a base and its engine, by words alone. */
export function fixedKnowledge(engine: TrainedEngine, { articles }: BaseContent, version: number): Knowledge {
  const byKey = new Map(articles.map((article) => [articleKey(article), article]));
  const article: Knowledge['article'] = (id, language) => {
    const found = [language, ...languages].map((one) => byKey.get(articleKey({ id, language: one })));
    return found.find((one) => one !== undefined) ?? null;
  };
  return {
    article,
    ask(question, language) {
      const { decision, candidates } = engine.decide(question, language);
      const found = candidates.flatMap(({ article: id, probability }): Candidate[] => {
        const one = article(id, language);
        return one === null ? [] : [{ article: one, probability }];
      });
      const confidence = found[0]?.probability ?? 0;
      return { decision: found.length === 0 ? 'handoff' : decision, confidence, candidates: found, version };
    },
  };
}
