import type { EngineArticle } from '../../../src/kb/engine/engine.ts';
import { seededRandom } from '../../../src/kb/engine/random.ts';

const size = 48;
const articleCount = 16;
const conceptsPerArticle = 3;
const wordsPerConcept = 8;

/** Words without a meaning to anybody but the thesaurus below, so that only a model of meaning can know which go together. */
export function world(seed: number) {
  const random = seededRandom(seed);
  const letter = (from: string): string => from.charAt(Math.floor(random() * from.length));
  const word = (): string =>
    Array.from({ length: 3 }, () => letter('bcdfglmnprstv') + letter('aeiou')).join('') + letter('lnrs');
  const concepts = Array.from({ length: articleCount * conceptsPerArticle }, () =>
    Array.from({ length: wordsPerConcept }, word),
  );
  const meaning = new Map(concepts.flatMap((words, concept) => words.map((one) => [one, concept] as const)));
  const question = (article: number): string =>
    Array.from({ length: conceptsPerArticle }, (_, i) => {
      const words = concepts[article * conceptsPerArticle + i] ?? [];
      return words[Math.floor(random() * words.length)] ?? '';
    }).join(' ');
  const articles = Array.from(
    { length: articleCount },
    (_, at): EngineArticle => ({
      id: `a${at}`,
      language: 'es',
      examples: Array.from({ length: 5 }, () => question(at)),
      answer: `Respuesta ${at}.`,
    }),
  );
  const questions = Array.from({ length: 160 }, (_, i) => ({
    q: question(i % articleCount),
    id: `a${i % articleCount}`,
  }));
  return { articles, questions, meaning };
}

/** A unit vector that only the key decides. */
function direction(key: string): number[] {
  let hash = 7;
  for (const letter of key) hash = Math.imul(hash ^ letter.charCodeAt(0), 16777619);
  const random = seededRandom(hash);
  return unit(Array.from({ length: size }, () => random() + random() + random() - 1.5));
}

function unit(vector: readonly number[]): number[] {
  const length = Math.hypot(...vector) || 1;
  return vector.map((value) => value / length);
}

/** Knows which words mean the same: the sum of the directions of what they mean. */
export function knowing(meaning: ReadonlyMap<string, number>): (text: string) => Float32Array {
  return (text) => {
    const sum = new Array<number>(size).fill(0);
    for (const one of text.split(/\s+/u)) {
      direction(`concept ${meaning.get(one) ?? one}`).forEach((value, i) => {
        sum[i] = (sum[i] ?? 0) + value;
      });
    }
    return Float32Array.from(unit(sum));
  };
}

/** Knows nothing: every text points somewhere. */
export const noise = (text: string): Float32Array => Float32Array.from(direction(text));
