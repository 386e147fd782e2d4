import type { EngineArticle } from '../../src/kb/engine/types.ts';

/** One answer found by a peer, `confidence` on a scale of its own. */
export interface Found {
  readonly article: string;
  readonly confidence: number;
}

/** A library to be measured beside Relevo: it ranks articles and has no gate but a threshold. */
export interface Peer {
  /** Its own default: it answers from this confidence. */
  readonly defaultThreshold: number;
  /** @param language of the base, `es`, `en` or `pt` */
  train(articles: readonly EngineArticle[], language: string): Promise<Search>;
}

/** A trained peer: the articles that may be meant, best first. */
export type Search = (question: string) => Promise<readonly Found[]>;

/** Confidences from which a peer may answer, each found without a look at the questions it is measured on. */
export interface Thresholds {
  /** The library's own. */
  readonly default: number;
  /** The lowest at which the base's own held-out examples are answered wrongly at most at the wrong rate. */
  readonly wrongRate: number;
  /** The one with the greatest utility on the base's own held-out examples and articles. */
  readonly utility: number;
}

interface Rehearsed {
  readonly confidence: number;
  readonly worth: 'right' | 'wrong' | 'unknown';
}

const every = 5;

/** Trains a peer on four fifths of a base and finds its thresholds with the rest. */
export async function findThresholds(
  peer: Peer,
  articles: readonly EngineArticle[],
  language: string,
  wrongRate: number,
): Promise<Thresholds> {
  const { kept, questions } = holdOut(articles);
  const search = await peer.train(kept, language);
  const rehearsed: Rehearsed[] = [];
  for (const { q, article } of questions) {
    const best = (await search(q))[0];
    const right = best?.article === article ? 'right' : 'wrong';
    rehearsed.push({ confidence: best?.confidence ?? 0, worth: article === null ? 'unknown' : right });
  }
  return {
    default: peer.defaultThreshold,
    wrongRate: forWrongRate(rehearsed, wrongRate),
    utility: forUtility(rehearsed),
  };
}

/** Every fifth article is left out and what it is asked with has no answer; of the others every fifth example is a question. */
function holdOut(articles: readonly EngineArticle[]): {
  kept: EngineArticle[];
  questions: { q: string; article: string | null }[];
} {
  const questions: { q: string; article: string | null }[] = [];
  const kept: EngineArticle[] = [];
  articles.forEach((article, i) => {
    const { examples = [], answer = '' } = article;
    const byExample = examples.length > 1;
    const words = byExample ? examples : sentences(answer);
    if (articles.length > every && i % every === every - 1) {
      questions.push(...words.filter((_, j) => j % every === 0).map((q) => ({ q, article: null })));
      return;
    }
    const step = Math.min(every, words.length);
    const isHeld = (_: string, j: number): boolean => step > 1 && j % step === step - 1;
    const rest = words.filter((word, j) => !isHeld(word, j));
    questions.push(...words.filter(isHeld).map((q) => ({ q, article: article.id })));
    kept.push(byExample ? { ...article, examples: rest } : { ...article, answer: rest.join(' ') });
  });
  return { kept, questions };
}

/** The sentences of a text that hold a word. */
export function sentences(text: string): string[] {
  return text.split(/(?<=[.!?])\s+/u).filter((sentence) => /\p{L}/u.test(sentence));
}

function forWrongRate(rehearsed: readonly Rehearsed[], wrongRate: number): number {
  const known = rehearsed.filter(({ worth }) => worth !== 'unknown');
  const wrong = known.filter(({ worth }) => worth === 'wrong').map(({ confidence }) => confidence);
  const highest = wrong.sort((a, b) => b - a)[Math.floor(wrongRate * known.length)];
  // Just above the first that may not be answered any more.
  return highest === undefined ? 0 : highest * (1 + 1e-9) + 1e-12;
}

function forUtility(rehearsed: readonly Rehearsed[]): number {
  const unknownCount = rehearsed.filter(({ worth }) => worth === 'unknown').length;
  const knownShare = 0.8 / Math.max(1, rehearsed.length - unknownCount);
  const unknownShare = 0.2 / Math.max(1, unknownCount);
  // What answering is worth against handing over: an unknown question falls from 1 to -1.
  const worths = { right: knownShare, wrong: -knownShare, unknown: -2 * unknownShare };
  const sorted = [...rehearsed].sort((a, b) => b.confidence - a.confidence);
  let [sum, best, from] = [0, 0, Number.MAX_VALUE];
  sorted.forEach((one, i) => {
    sum += worths[one.worth];
    if (sum <= best || sorted[i + 1]?.confidence === one.confidence) return;
    [best, from] = [sum, one.confidence];
  });
  return from;
}
