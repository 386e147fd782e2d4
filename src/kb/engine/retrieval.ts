import { type Matrix, stack } from './matrix.ts';
import type { Reading } from './reading.ts';
import { stopWordsOf } from './stopwords.ts';

/** BM25 over whole articles, with character 4-grams for words that no article has. */
export interface RetrievalIndex {
  readonly articles: number;
  /** By stem: its number. */
  readonly stems: ReadonlyMap<string, number>;
  /** By stem's number: the articles that have it and their BM25 weight without the idf. */
  readonly postings: Matrix;
  readonly idf: Float32Array;
  /** By 4-gram of a word: numbers of the stems that contain it. */
  readonly grams: ReadonlyMap<string, readonly number[]>;
  readonly stemList: readonly string[];
}

/** The usual BM25 constants (Robertson & Zaragoza 2009). */
const k1 = 1.6;
const b = 0.75;
/** Weight of a function word against any other word of the same rarity. */
const stopWeight = 0.6;
/** Weight of a synonym group against the word itself. */
const conceptWeight = 0.4;
/** An unknown word counts as its most alike known one from this share of common 4-grams on. */
const leastAlike = 0.4;

/** Indexes the texts of each article; `boost` counts a text several times (titles say more than answers). */
export function indexArticles(
  articles: readonly (readonly { stems: readonly string[]; boost: number }[])[],
): RetrievalIndex {
  const stems = new Map<string, number>();
  const stemList: string[] = [];
  const lists: Map<number, number>[] = [];
  const lengths = articles.map((texts, article) => {
    let length = 0;
    for (const { stems: words, boost } of texts) {
      for (const word of words) {
        let at = stems.get(word);
        if (at === undefined) {
          at = lists.length;
          stems.set(word, at);
          stemList.push(word);
          lists.push(new Map());
        }
        const list = lists[at];
        list?.set(article, (list.get(article) ?? 0) + boost);
        length += boost;
      }
    }
    return length;
  });
  const mean = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, lengths.length) || 1;
  const weightOf = (count: number, article: number): number =>
    (count * (k1 + 1)) / (count + k1 * (1 - b + (b * (lengths[article] ?? mean)) / mean));
  const postings = stack(
    lists.map((list) => ({
      ids: Int32Array.from(list.keys()),
      values: Float32Array.from(list, ([article, count]) => weightOf(count, article)),
    })),
  );
  const idf = Float32Array.from(lists, (list) => idfOf(articles.length, list.size));
  return retrievalIndex(articles.length, stemList, postings, idf);
}

/** Puts an index together from what is kept of it. */
export function retrievalIndex(
  articles: number,
  stemList: readonly string[],
  postings: Matrix,
  idf: Float32Array,
): RetrievalIndex {
  const stems = new Map(stemList.map((stem, at) => [stem, at]));
  return { articles, stems, postings, idf, grams: indexGrams(stemList), stemList };
}

function idfOf(articles: number, having: number): number {
  return Math.log(1 + (articles - having + 0.5) / (having + 0.5));
}

function gramsOf(word: string): string[] {
  const padded = ` ${word} `;
  const grams: string[] = [];
  for (let i = 0; i + 4 <= padded.length; i += 1) grams.push(padded.slice(i, i + 4));
  return grams;
}

function indexGrams(stemList: readonly string[]): Map<string, number[]> {
  const grams = new Map<string, number[]>();
  stemList.forEach((word, at) => {
    if (word.length < 4) return;
    for (const gram of new Set(gramsOf(word))) {
      const list = grams.get(gram);
      if (list) list.push(at);
      else grams.set(gram, [at]);
    }
  });
  return grams;
}

/**
 * Adds to `scores` each article's BM25 divided by the most that the question's own words could give.
 * Gives the idf-weighted share of the question's stems that the base knows, 0 to 1.
 */
export function scoreRetrieval(index: RetrievalIndex, question: Reading, scores: Float32Array): number {
  const stops = allStops();
  const seen = new Set<string>();
  const unseenIdf = idfOf(index.articles, 0);
  let most = 0;
  let known = 0;
  const { stems, words } = question.text;
  [...stems, ...question.concepts].forEach((word, i) => {
    if (seen.has(word)) return;
    seen.add(word);
    const weight = i >= stems.length ? conceptWeight : stops.has(words[i] ?? word) ? stopWeight : 1;
    const at = index.stems.get(word);
    if (at !== undefined) {
      const idf = weight * (index.idf[at] ?? 0);
      most += idf;
      known += idf;
      add(index.postings, at, idf, scores);
      return;
    }
    if (i >= stems.length) return;
    most += weight * unseenIdf;
    const { stem, share } = mostAlike(index, word);
    if (stem < 0) return;
    known += weight * share * unseenIdf;
    add(index.postings, stem, weight * share * (index.idf[stem] ?? 0), scores);
  });
  if (most === 0) return 0;
  const best = most * (k1 + 1);
  for (let i = 0; i < scores.length; i += 1) scores[i] = (scores[i] as number) / best;
  return Math.min(1, known / most);
}

function add({ start, ids, values }: Matrix, stem: number, weight: number, scores: Float32Array): void {
  const end = start[stem + 1] as number;
  for (let i = start[stem] as number; i < end; i += 1) {
    const article = ids[i] as number;
    scores[article] = (scores[article] as number) + weight * (values[i] as number);
  }
}

/** The known stem most like an unknown word, with the share of 4-grams they have in common; -1 when none is. */
function mostAlike(index: RetrievalIndex, word: string): { stem: number; share: number } {
  let best = { stem: -1, share: leastAlike };
  if (word.length < 4) return best;
  const grams = gramsOf(word);
  const common = new Map<number, number>();
  for (const gram of grams) {
    for (const at of index.grams.get(gram) ?? []) common.set(at, (common.get(at) ?? 0) + 1);
  }
  for (const [at, count] of common) {
    const share = (2 * count) / (grams.length + (index.stemList[at]?.length ?? 0) - 1);
    if (share > best.share) best = { stem: at, share };
  }
  return best;
}

let union: ReadonlySet<string> | undefined;
function allStops(): ReadonlySet<string> {
  union ??= new Set([...stopWordsOf('es'), ...stopWordsOf('en'), ...stopWordsOf('pt')]);
  return union;
}
