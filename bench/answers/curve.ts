import { seededRandom, shuffled } from '../../src/kb/engine/random.ts';
import type { Base } from './bases.ts';

const steps = [5, 10, 25, 50];

/**
 * A base with fewer examples, to see what more of them bring: `es-fb@5` and so on, each holding all of the one before, and the whole.
 * The same examples are drawn each time.
 */
export function curveOf(base: Base): Base[] {
  const most = Math.max(...base.articles.map(({ examples = [] }) => examples.length));
  const random = seededRandom(1);
  const drawn = base.articles.map((article) => {
    const { examples = [] } = article;
    return { ...article, examples: [...shuffled(examples.length, random)].map((i) => examples[i] ?? '') };
  });
  const cut = steps
    .filter((step) => step < most)
    .map((step) => ({
      ...base,
      name: `${base.name}@${step}`,
      size: `@${step}`,
      articles: drawn.map((article) => ({ ...article, examples: article.examples.slice(0, step) })),
    }));
  return [...cut, { ...base, name: `${base.name}@all`, size: '@all' }];
}
