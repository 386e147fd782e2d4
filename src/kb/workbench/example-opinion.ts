import type { Article, BaseContent } from '../../core/article.ts';
import { createLikeness, likenessOf } from '../likeness.ts';
import { meet } from '../shelves.ts';
import type { WorkEngine } from './engines.ts';

/** What is made of an example question of an article. */
export interface ExampleOpinion {
  readonly example: string;
  /**
   * Elsewhere: whoever asked it now would be answered with `article`. Nearer: its words are more like an example of
   * `article` than like the others of its own.
   */
  readonly verdict: 'fits' | 'elsewhere' | 'nearer' | 'unknown';
  readonly article?: string;
  readonly title?: string;
  /** How sure the engine is, or how like the two examples are, 0 to 1. */
  readonly share?: number;
}

/** Less alike than this says nothing; and so much more alike than one's own. */
const alike = 0.5;
const margin = 0.1;

/**
 * Judges examples by the draft's engine, and by the examples that other articles have. The engine has been taught the
 * examples that are in the draft: of those it says something only where it prefers another article all the same.
 */
export function opinionsOf(
  article: Pick<Article, 'id' | 'language'>,
  examples: readonly string[],
  draft: BaseContent,
  work: Pick<WorkEngine, 'of'>,
): ExampleOpinion[] {
  const { id, language } = article;
  const saved = draft.articles.find((one) => one.id === id && one.language === language);
  const others = draft.articles.filter(
    (one) => one.id !== id && one.language === language && (saved === undefined || meet(one, saved)),
  );
  const engine = work.of(saved?.brands?.[0] ?? null);
  const known = others.flatMap((one) => one.examples.map((text) => ({ text, of: one })));
  const read = createLikeness(
    [...known, ...examples.map((text) => ({ text }))].map(({ text }) => ({ text, language })),
    draft.synonyms,
  );
  const elsewhere = known.map(({ text, of }) => ({ of, likeness: read(text, language) }));
  const own = examples.map((text) => read(text, language));
  const titleOf = (other: string) => draft.articles.find((one) => one.id === other)?.title ?? other;

  return examples.map((example, place): ExampleOpinion => {
    if (example.trim() === '') return { example, verdict: 'unknown' };
    const { decision, article: best, confidence } = engine.decide(example, language);
    if (decision === 'answer' && best !== null && best !== id)
      return { example, verdict: 'elsewhere', article: best, title: titleOf(best), share: confidence };
    const mine = read(example, language);
    const nearest = elsewhere
      .map(({ of, likeness }) => ({ of, share: Math.min(1, likenessOf(mine, likeness)) }))
      .reduce<{ of: Article; share: number } | null>(
        (most, one) => (most === null || one.share > most.share ? one : most),
        null,
      );
    const ownShare = Math.max(
      0,
      ...own.map((likeness, at) => (at === place ? 0 : likenessOf(mine, likeness))),
    );
    if (nearest !== null && nearest.share >= alike && nearest.share > ownShare + margin)
      return {
        example,
        verdict: 'nearer',
        article: nearest.of.id,
        title: nearest.of.title,
        share: nearest.share,
      };
    return { example, verdict: best === id ? 'fits' : 'unknown' };
  });
}
