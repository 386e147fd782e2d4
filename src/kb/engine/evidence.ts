import type { Corpus } from './corpus.ts';
import { type LinearModel, scoreLinear, trainLinear } from './linear.ts';
import { stack, transpose } from './matrix.ts';
import { indexNearest, type NearestIndex, scoreNearest } from './nearest.ts';
import { likeliest } from './rank.ts';
import type { Reading } from './reading.ts';
import { indexArticles, type RetrievalIndex, scoreRetrieval } from './retrieval.ts';
import { fitWeighting, type Weighting, weigh } from './weighting.ts';

/** The three kinds of evidence, trained on (a part of) a base. */
export interface Evidence {
  readonly weighting: Weighting;
  readonly linear: LinearModel;
  readonly nearest: NearestIndex;
  readonly retrieval: RetrievalIndex;
  /** Per article, whether it is learned from examples. */
  readonly learned: readonly boolean[];
}

/** How one question compares with every article of the base. */
export interface Scores {
  readonly linear: Float32Array;
  /** Of the likeliest articles; 0 of all others. */
  readonly nearest: Float32Array;
  readonly retrieval: Float32Array;
  /** Idf-weighted share of the question's stems that the base knows, 0 to 1. */
  readonly known: number;
  /** The largest of `retrieval`. */
  readonly mostRetrieved: number;
  readonly words: number;
}

const titleBoost = 2;
/** For so many articles the nearest example is looked for: comparing with all of them costs most of a question's time. */
const candidates = 10;

/** Trains on the rows for which `use` says so. Articles without any row left keep their text unless `useText` denies it. */
export function trainEvidence(
  corpus: Corpus,
  random: () => number,
  use: (row: number) => boolean = () => true,
  useText: (article: number) => boolean = () => true,
): Evidence {
  const kept: number[] = [];
  for (let row = 0; row < corpus.rows.length; row += 1) if (use(row)) kept.push(row);
  const readings = kept.map((row) => corpus.rows[row] as Reading);
  const label = Int32Array.from(kept, (row) => corpus.label[row] as number);
  const learnedLabel = label.map((c) => (corpus.learned[c] ? c : -1));
  const weighting = fitWeighting(
    readings.map((reading) => reading.features),
    label,
  );
  const matrix = stack(readings.map((reading) => weigh(reading.features, weighting)));
  const byColumn = transpose(matrix, weighting.idf.length);
  const texts = corpus.texts.map((text, c) =>
    useText(c)
      ? [
          { stems: text.title, boost: titleBoost },
          { stems: text.answer, boost: 1 },
        ]
      : [],
  );
  readings.forEach((reading, i) => {
    texts[label[i] as number]?.push({ stems: [...reading.text.stems, ...reading.concepts], boost: 1 });
  });
  return {
    weighting,
    linear: trainLinear(
      { rows: matrix, columns: byColumn, label: learnedLabel, classes: corpus.ids.length },
      random,
    ),
    nearest: indexNearest(matrix, label, corpus.ids.length, weighting.idf.length),
    retrieval: indexArticles(texts),
    learned: corpus.learned,
  };
}

/** Compares one question with all articles. */
export function compare(evidence: Evidence, question: Reading): Scores {
  const articles = evidence.linear.classes;
  const linear = new Float32Array(articles);
  const nearest = new Float32Array(articles);
  const retrieval = new Float32Array(articles);
  const vector = weigh(question.features, evidence.weighting);
  scoreLinear(evidence.linear, vector, linear);
  const known = scoreRetrieval(evidence.retrieval, question, retrieval);
  const likely = likeliest(linear, retrieval, evidence.learned, candidates);
  scoreNearest(evidence.nearest, vector, likely, nearest);
  const mostRetrieved = retrieval.reduce((most, value) => Math.max(most, value), 0);
  return { linear, nearest, retrieval, known, mostRetrieved, words: question.text.words.length };
}
