import { z } from 'zod';
import type { Clock } from '../core/clock.ts';
import { ModelError, postJson } from './post-json.ts';
import { createPseudonyms, type FindPersonalData } from './pseudonyms.ts';
import { createRest } from './rest.ts';

/** Turns texts into vectors of length 1: texts that mean the same are near each other. */
export interface Embeddings {
  /** Which model's vectors these are; vectors of another name cannot be compared with them. */
  readonly name: string;
  /**
   * A vector for each text, in order, all of one size. Personal data leaves as tokens.
   * @throws ModelError
   */
  embed(texts: readonly string[], options: EmbedOptions): Promise<Float32Array[]>;
}

/** How long an embedding may take. */
export interface EmbedOptions {
  /** For each call; a call takes up to `batch` texts. In milliseconds. */
  readonly timeoutMs: number;
  /** Names that are not to leave, as far as they are known. */
  readonly names?: readonly string[];
  readonly signal?: AbortSignal;
}

const batch = 64;
/** A model reads about this much of a text and no more. */
const longestText = 4_000;
const maxBytes = 32_000_000;

const response = z.object({
  data: z.array(
    z.object({ index: z.number().int().min(0).optional(), embedding: z.array(z.number()).min(1).max(8_192) }),
  ),
});

/** Vectors from an OpenAI-compatible endpoint. */
export function createEmbeddings(deps: {
  /** `https://api.openai.com/v1`, or the whole address of its `/embeddings`. */
  readonly url: string;
  readonly model: string;
  readonly apiKey: string | null;
  readonly findPersonalData: FindPersonalData;
  readonly clock: Clock;
}): Embeddings {
  const { model, apiKey, findPersonalData } = deps;
  const url = `${deps.url.replace(/\/(?:embeddings\/?)?$/u, '')}/embeddings`;
  const rest = createRest(deps.clock);

  async function embedBatch(input: readonly string[], options: EmbedOptions): Promise<number[][]> {
    const { timeoutMs, signal } = options;
    const body = { model, input, encoding_format: 'float' };
    const limits = { timeoutMs, maxBytes, ...(signal === undefined ? {} : { signal }) };
    const read = response.safeParse(await postJson({ url, apiKey, body, ...limits }));
    if (!read.success || read.data.data.length !== input.length)
      throw new ModelError(
        'model_unreadable',
        "the embeddings' endpoint answered without a vector for each text",
      );
    const vectors: number[][] = [];
    read.data.data.forEach(({ index = vectors.length, embedding }, at) => {
      vectors[read.data.data[at]?.index === undefined ? at : index] = embedding;
    });
    return vectors;
  }

  return {
    name: model,
    async embed(texts, options) {
      const names = options.names ?? [];
      const hidden = texts.map((text) => {
        const { hide } = createPseudonyms(findPersonalData, names, [text]);
        // What is cut in two could not be told to be personal any more. Endpoints refuse an empty text.
        return hide(text).slice(0, longestText).trim() || '-';
      });
      const vectors: number[][] = [];
      for (let from = 0; from < hidden.length; from += batch) {
        const input = hidden.slice(from, from + batch);
        vectors.push(...(await rest.unless(() => embedBatch(input, options))));
      }
      return unitVectors(vectors, texts.length);
    },
  };
}

/** @throws ModelError `model_unreadable` when there is not one finite vector for each text, all of one size */
export function unitVectors(vectors: readonly ArrayLike<number>[], count: number): Float32Array[] {
  const size = vectors[0]?.length ?? 0;
  const fit =
    vectors.length === count && vectors.every((vector) => vector !== undefined && vector.length === size);
  if (!fit)
    throw new ModelError('model_unreadable', 'the vectors are not one of the same size for each text');
  return vectors.map((vector) => {
    const unit = Float32Array.from(vector);
    const length = Math.sqrt(unit.reduce((sum, value) => sum + value * value, 0));
    if (!Number.isFinite(length))
      throw new ModelError('model_unreadable', 'a vector holds something that is no number');
    return length === 0 ? unit : unit.map((value) => value / length);
  });
}
