import type { Scores } from './evidence.ts';

/** Columns of a candidate in the combination. Articles found by their text alone have columns of their own. */
export const rankColumns = 6;

/** Weights before anything is learned: fitted weights, averaged over the public sets. */
export const priorRankWeights: Float64Array = Float64Array.of(9.5, 0.5, 5, 8, 28, -1);

/** The articles that may be meant, best first, with softmax probabilities over all articles. */
export interface Ranking {
  readonly articles: Int32Array;
  readonly probabilities: Float64Array;
}

/** Fills `into` with the columns of article `c`. */
export function rankFeatures(scores: Scores, c: number, learned: boolean, into: Float64Array): void {
  const linear = scores.linear[c] as number;
  const nearest = scores.nearest[c] as number;
  const retrieval = scores.retrieval[c] as number;
  into[0] = learned ? linear : 0;
  into[1] = learned ? nearest : 0;
  into[2] = learned ? retrieval : 0;
  into[3] = learned ? 0 : nearest;
  into[4] = learned ? 0 : retrieval;
  into[5] = learned ? 0 : 1;
}

/** The `keep` articles that come first before anything is known of their nearest examples. */
export function likeliest(
  linear: Float32Array,
  retrieval: Float32Array,
  learned: readonly boolean[],
  keep: number,
): Int32Array {
  const [byLinear = 0, , byRetrieval = 0, , byText = 0, constant = 0] = priorRankWeights;
  const values = new Float64Array(linear.length);
  for (let c = 0; c < values.length; c += 1) {
    const retrieved = retrieval[c] as number;
    values[c] = learned[c]
      ? byLinear * (linear[c] as number) + byRetrieval * retrieved
      : byText * retrieved + constant;
  }
  return best(values, keep);
}

/** Ranks the articles by the learned combination and keeps the best `keep`. */
export function rank(
  scores: Scores,
  weights: Float64Array,
  learned: readonly boolean[],
  keep: number,
): Ranking {
  return pick(rankValues(scores, weights, learned), keep);
}

/** What the learned combination gives each article. */
export function rankValues(scores: Scores, weights: Float64Array, learned: readonly boolean[]): Float64Array {
  const { linear, nearest, retrieval } = scores;
  const [ownLinear = 0, ownNearest = 0, ownRetrieval = 0, textNearest = 0, textRetrieval = 0, text = 0] =
    weights;
  const values = new Float64Array(linear.length);
  for (let c = 0; c < values.length; c += 1) {
    const near = nearest[c] as number;
    const retrieved = retrieval[c] as number;
    values[c] = learned[c]
      ? ownLinear * (linear[c] as number) + ownNearest * near + ownRetrieval * retrieved
      : textNearest * near + textRetrieval * retrieved + text;
  }
  return values;
}

/** An article that is so far behind the best one has no share in the probabilities worth computing. */
const negligible = -20;

/** The articles of the `keep` largest values. */
export function pick(values: Float64Array, keep: number): Ranking {
  const articles = best(values, keep);
  const largest = values[articles[0] ?? 0] ?? 0;
  let sum = 0;
  for (let c = 0; c < values.length; c += 1) {
    const behind = (values[c] as number) - largest;
    if (behind > negligible) sum += Math.exp(behind);
  }
  const probabilities = Float64Array.from(articles, (c) => Math.exp((values[c] as number) - largest) / sum);
  return { articles, probabilities };
}

/** Places of the `keep` largest values, largest first; ties by place, so that the order is always the same. */
function best(values: Float64Array, keep: number): Int32Array {
  const size = Math.min(keep, values.length);
  const places = new Int32Array(size);
  let filled = 0;
  for (let place = 0; place < values.length; place += 1) {
    const value = values[place] as number;
    if (filled === size && value <= (values[places[size - 1] as number] as number)) continue;
    let at = filled < size ? filled : size - 1;
    while (at > 0 && (values[places[at - 1] as number] as number) < value) {
      places[at] = places[at - 1] as number;
      at -= 1;
    }
    places[at] = place;
    if (filled < size) filled += 1;
  }
  return places;
}
