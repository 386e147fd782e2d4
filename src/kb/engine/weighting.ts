import { buckets, type Features } from './features.ts';
import type { Vector } from './matrix.ts';

/** Turns features into unit vectors: sublinear counts × idf, words and characters each given their share. */
export interface Weighting {
  /** Column of each hashed feature, -1 where no example has it. */
  readonly column: Int32Array;
  /** Rarity by column. */
  readonly idf: Float32Array;
  /** The same for a feature that no example has. */
  readonly unseenIdf: number;
}

/** Share of the squared length that words have; the rest is characters'. Best mean over all public sets. */
const wordShare = 0.4;

/** Weight of a pair of words against a single word. */
const pairWeight = 0.5;
/** Power of the idf: rare features of few examples are mostly chance. */
const idfPower = 0.6;

/**
 * Counts in how many articles each feature occurs and derives the weights: what many examples of one article share
 * tells it from the others, however often it is said. `label` is the article of each text.
 */
export function fitWeighting(texts: readonly Features[], label: Int32Array): Weighting {
  const column = new Int32Array(4 * buckets).fill(-1);
  const found: number[] = [];
  const uses: number[] = [];
  const articles: number[] = [];
  const latest: number[] = [];
  const byArticle = Int32Array.from(label.keys()).sort((a, b) => (label[a] as number) - (label[b] as number));
  for (const row of byArticle) {
    const c = label[row] as number;
    for (const id of texts[row]?.ids ?? []) {
      const known = column[id] as number;
      if (known < 0) {
        column[id] = found.length;
        found.push(id);
        uses.push(1);
        articles.push(1);
        latest.push(c);
        continue;
      }
      uses[known] = (uses[known] as number) + 1;
      if (latest[known] === c) continue;
      articles[known] = (articles[known] as number) + 1;
      latest[known] = c;
    }
  }
  // The commonest first: what is used most lies together in memory.
  const order = Int32Array.from(found.keys()).sort((a, b) => (uses[b] as number) - (uses[a] as number));
  order.forEach((place, at) => {
    column[found[place] as number] = at;
  });
  const total = new Set(label).size + 1;
  const idf = Float32Array.from(
    order,
    (place) => (1 + Math.log(total / ((articles[place] as number) + 0.5))) ** idfPower,
  );
  return { column, idf, unseenIdf: (1 + Math.log(total / 0.5)) ** idfPower };
}

/** The unit vector of a text; features that no example has count in its length only. */
export function weigh(features: Features, weighting: Weighting): Vector {
  const { column, idf, unseenIdf } = weighting;
  const size = features.ids.length;
  const ids = new Int32Array(size);
  const values = new Float32Array(size);
  const isWord = new Uint8Array(size);
  let known = 0;
  let wordSum = 0;
  let charSum = 0;
  for (let i = 0; i < size; i += 1) {
    const id = features.ids[i] as number;
    const at = column[id] as number;
    const group = id >= buckets && id < 2 * buckets ? pairWeight : 1;
    const value =
      group * (1 + Math.log(features.counts[i] as number)) * (at < 0 ? unseenIdf : (idf[at] as number));
    const word = id < 3 * buckets;
    if (word) wordSum += value * value;
    else charSum += value * value;
    if (at < 0) continue;
    ids[known] = at;
    values[known] = value;
    isWord[known] = word ? 1 : 0;
    known += 1;
  }
  const wordScale = wordSum > 0 ? Math.sqrt(wordShare / wordSum) : 0;
  const charScale = charSum > 0 ? Math.sqrt((1 - wordShare) / charSum) : 0;
  for (let i = 0; i < known; i += 1)
    values[i] = (values[i] as number) * (isWord[i] === 1 ? wordScale : charScale);
  return { ids: ids.slice(0, known), values: values.slice(0, known) };
}
