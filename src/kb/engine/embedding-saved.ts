import type { EmbeddingModel } from './embedding-model.ts';
import type { Gate } from './gate.ts';
import type { PackedArray } from './pack.ts';

/** What an engine knows of the vectors it was trained with. */
export interface TrainedEmbedding {
  /** Whose vectors. */
  readonly name: string;
  /** Null: they were of no use. */
  readonly model: EmbeddingModel | null;
}

/** Its part that is saved as JSON. */
export interface SavedEmbedding {
  readonly name: string;
  readonly size: number;
  readonly gate: Gate | null;
}

/** Its two parts. */
export function saveEmbedding({ name, model }: TrainedEmbedding): {
  json: SavedEmbedding;
  arrays: Record<string, PackedArray>;
} {
  if (model === null) return { json: { name, size: 0, gate: null }, arrays: {} };
  const { index, measure, rankWeights, confidence, gate } = model;
  const { size, bytes, scale, label, row } = index;
  const padded = new Int8Array(Math.ceil(bytes.length / 4) * 4);
  padded.set(bytes);
  return {
    json: { name, size, gate },
    arrays: {
      'embedding.bytes': new Int32Array(padded.buffer),
      'embedding.scale': scale,
      'embedding.label': label,
      'embedding.row': row,
      'embedding.measure': measure,
      'embedding.rankWeights': rankWeights,
      'embedding.known': confidence.known,
      'embedding.right': confidence.right,
    },
  };
}

/** Reads typed arrays by name; whoever gives them throws when one is missing. */
export interface SavedArrays {
  ints(name: string): Int32Array;
  floats(name: string): Float32Array;
  doubles(name: string): Float64Array;
}

/** Puts the two parts together again. */
export function loadEmbedding(
  saved: SavedEmbedding,
  { ints, floats, doubles }: SavedArrays,
): TrainedEmbedding {
  const { name, size, gate } = saved;
  if (gate === null) return { name, model: null };
  const label = ints('embedding.label');
  const packed = ints('embedding.bytes');
  return {
    name,
    model: {
      index: {
        size,
        bytes: new Int8Array(packed.buffer, packed.byteOffset, label.length * size),
        scale: floats('embedding.scale'),
        label,
        row: ints('embedding.row'),
      },
      measure: doubles('embedding.measure'),
      rankWeights: doubles('embedding.rankWeights'),
      confidence: { known: doubles('embedding.known'), right: doubles('embedding.right') },
      gate,
    },
  };
}
