import { stopWordsOf } from './stopwords.ts';
import type { Words } from './words.ts';

/** BM25 over whole articles, with character 4-grams for words that no article has. */
export interface RetrievalIndex {
  readonly articles: number;
  /** By stem: number of its posting list. */
  readonly stems: ReadonlyMap<string, number>;
  /** By posting list: articles and their BM25 weight without the idf, flattened as [article, weight, …]. */
  readonly postings: readonly Float32Array[];
  readonly idf: readonly number[];
  readonly unseenIdf: number;
  /** By 4-gram of a word: posting lists of the stems that contain it. */
  readonly grams: ReadonlyMap<string, readonly number[]>;
  readonly stemList: readonly string[];
}

/** The usual BM25 constants (Robertson & Zaragoza 2009). */
const k1 = 1.6;
const b = 0.75;
/** Weight of a function word against any other word of the same rarity. */
const stopWeight = 0.6;
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
  const postings = lists.map((list) => {
    const flat = new Float32Array(2 * list.size);
    let at = 0;
    for (const [article, count] of list) {
      const length = lengths[article] ?? mean;
      flat[at] = article;
      flat[at + 1] = (count * (k1 + 1)) / (count + k1 * (1 - b + (b * length) / mean));
      at += 2;
    }
    return flat;
  });
  const total = articles.length;
  const idf = lists.map((list) => Math.log(1 + (total - list.size + 0.5) / (list.size + 0.5)));
  const unseenIdf = Math.log(1 + (total + 0.5) / 0.5);
  return { articles: total, stems, postings, idf, unseenIdf, grams: indexGrams(stemList), stemList };
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

/** What a question has in common with the base: `known` and per-article `covered` are idf-weighted shares, 0 to 1. */
export interface Coverage {
  known: number;
}

/** Adds to `scores` each article's BM25 divided by the most that the question's own words could give. */
export function scoreRetrieval(index: RetrievalIndex, question: Words, scores: Float32Array): Coverage {
  const stops = allStops();
  const seen = new Set<string>();
  let most = 0;
  let known = 0;
  question.stems.forEach((word, i) => {
    if (seen.has(word)) return;
    seen.add(word);
    const stop = stops.has(question.words[i] ?? word) ? stopWeight : 1;
    const at = index.stems.get(word);
    if (at !== undefined) {
      const idf = index.idf[at] ?? 0;
      most += stop * idf * (k1 + 1);
      known += stop * idf * (k1 + 1);
      add(index.postings[at], stop * idf, scores);
      return;
    }
    most += stop * index.unseenIdf * (k1 + 1);
    for (const [other, alike] of alikeStems(index, word)) {
      const share = alike;
      known += stop * share * index.unseenIdf * (k1 + 1);
      add(index.postings[other], stop * share * (index.idf[other] ?? 0), scores);
    }
  });
  if (most > 0) for (let i = 0; i < scores.length; i += 1) scores[i] = (scores[i] as number) / most;
  return { known: most > 0 ? Math.min(1, known / most) : 0 };
}

function add(list: Float32Array | undefined, weight: number, scores: Float32Array): void {
  if (!list) return;
  for (let i = 0; i < list.length; i += 2) {
    const article = list[i] as number;
    scores[article] = (scores[article] as number) + weight * (list[i + 1] as number);
  }
}

/** The known stem most like an unknown word, with the share of 4-grams they have in common. */
function alikeStems(index: RetrievalIndex, word: string): [number, number][] {
  if (word.length < 4) return [];
  const grams = gramsOf(word);
  const common = new Map<number, number>();
  for (const gram of grams)
    for (const at of index.grams.get(gram) ?? []) common.set(at, (common.get(at) ?? 0) + 1);
  let best = -1;
  let bestShare = leastAlike;
  for (const [at, count] of common) {
    const share = (2 * count) / (grams.length + (index.stemList[at]?.length ?? 0) - 1);
    if (share > bestShare) {
      best = at;
      bestShare = share;
    }
  }
  return best < 0 ? [] : [[best, bestShare]];
}

let union: ReadonlySet<string> | undefined;
function allStops(): ReadonlySet<string> {
  union ??= new Set([...stopWordsOf('es'), ...stopWordsOf('en'), ...stopWordsOf('pt')]);
  return union;
}
