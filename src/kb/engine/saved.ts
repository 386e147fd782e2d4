import type { SynonymGroup } from '../../core/article.ts';
import { RelevoError } from '../../core/errors.ts';
import type { Language } from '../../core/language.ts';
import { createEngine, type TrainedEngine } from './deciding.ts';
import { loadEmbedding, type SavedEmbedding, saveEmbedding } from './embedding-saved.ts';
import { buckets } from './features.ts';
import type { Gate } from './gate.ts';
import type { Matrix } from './matrix.ts';
import { nearestIndex } from './nearest.ts';
import { type PackedArray, pack, unpack } from './pack.ts';
import { retrievalIndex } from './retrieval.ts';

/** Raised whenever texts are read or scored otherwise: an engine of another format must be trained again. */
const format = 5;

interface Saved {
  readonly format: number;
  readonly ids: string[];
  readonly learned: boolean[];
  readonly languages: Language[];
  readonly wrongRate: number;
  readonly synonyms: readonly SynonymGroup[];
  readonly stems: string[];
  readonly unseenIdf: number;
  readonly gate: Gate;
  readonly embedding: SavedEmbedding | null;
}

/** The engine as bytes, for `loadEngine` on a machine of the same byte order. */
export function saveEngine(engine: TrainedEngine): Uint8Array {
  const { ids, learned, languages, wrongRate, synonyms, evidence, rankWeights, confidence, gate } =
    engine.state;
  const embedding = engine.state.embedding === null ? null : saveEmbedding(engine.state.embedding);
  const { weighting, linear, nearest, retrieval } = evidence;
  const json: Saved = {
    format,
    ids: [...ids],
    learned: [...learned],
    languages: [...languages],
    wrongRate,
    synonyms,
    stems: [...retrieval.stemList],
    unseenIdf: weighting.unseenIdf,
    gate,
    embedding: embedding?.json ?? null,
  };
  const features = new Int32Array(weighting.idf.length);
  weighting.column.forEach((column, feature) => {
    if (column >= 0) features[column] = feature;
  });
  return pack({
    json,
    arrays: {
      features,
      idf: weighting.idf,
      ...split('linear', linear.byFeature),
      ...split('nearest', nearest.postings),
      first: nearest.first,
      ...split('retrieval', retrieval.postings),
      stemIdf: retrieval.idf,
      rankWeights,
      known: confidence.known,
      right: confidence.right,
      ...embedding?.arrays,
    },
  });
}

/**
 * The engine that `saveEngine` wrote; it decides as the saved one did.
 * @throws RelevoError `kb_engine_unreadable` when the bytes are no engine, `kb_engine_outdated` when another version wrote them
 */
export function loadEngine(bytes: Uint8Array): TrainedEngine {
  const { json, arrays } = unpack(bytes);
  const saved = json as Saved;
  if (saved.format !== format) {
    throw new RelevoError('kb_engine_outdated', 'the engine was saved by another version of Relevo', {
      hint: 'Train the base again.',
    });
  }
  const column = new Int32Array(4 * buckets).fill(-1);
  ints(arrays, 'features').forEach((feature, at) => {
    column[feature] = at;
  });
  return createEngine({
    ids: saved.ids,
    learned: saved.learned,
    languages: saved.languages,
    wrongRate: saved.wrongRate,
    synonyms: saved.synonyms,
    evidence: {
      weighting: { column, idf: floats(arrays, 'idf'), unseenIdf: saved.unseenIdf },
      linear: { classes: saved.ids.length, byFeature: join(arrays, 'linear') },
      nearest: nearestIndex(join(arrays, 'nearest'), ints(arrays, 'first')),
      retrieval: retrievalIndex(
        saved.ids.length,
        saved.stems,
        join(arrays, 'retrieval'),
        floats(arrays, 'stemIdf'),
      ),
      learned: saved.learned,
    },
    rankWeights: doubles(arrays, 'rankWeights'),
    confidence: { known: doubles(arrays, 'known'), right: doubles(arrays, 'right') },
    gate: saved.gate,
    embedding: saved.embedding
      ? loadEmbedding(saved.embedding, {
          ints: (name) => ints(arrays, name),
          floats: (name) => floats(arrays, name),
          doubles: (name) => doubles(arrays, name),
        })
      : null,
  });
}

type Arrays = Readonly<Record<string, PackedArray>>;

function split(name: string, { start, ids, values }: Matrix): Record<string, PackedArray> {
  return { [`${name}.start`]: start, [`${name}.ids`]: ids, [`${name}.values`]: values };
}

function join(arrays: Arrays, name: string): Matrix {
  const start = ints(arrays, `${name}.start`);
  return {
    start,
    ids: ints(arrays, `${name}.ids`),
    values: floats(arrays, `${name}.values`),
    rows: start.length - 1,
  };
}

function ints(arrays: Arrays, name: string): Int32Array {
  const array = arrays[name];
  return array instanceof Int32Array ? array : missing(name);
}

function floats(arrays: Arrays, name: string): Float32Array {
  const array = arrays[name];
  return array instanceof Float32Array ? array : missing(name);
}

function doubles(arrays: Arrays, name: string): Float64Array {
  const array = arrays[name];
  return array instanceof Float64Array ? array : missing(name);
}

function missing(name: string): never {
  throw new RelevoError('kb_engine_unreadable', `this is not a saved engine: it has no ${name}`, {
    hint: 'Train the base again.',
  });
}
