import { basename, dirname, join } from 'node:path';
import { RelevoError } from '../core/errors.ts';
import { type Embeddings, unitVectors } from './embeddings.ts';

/** What is used of `@huggingface/transformers`. */
export interface Transformers {
  readonly env: { localModelPath: string; allowRemoteModels: boolean; allowLocalModels: boolean };
  pipeline(
    task: 'feature-extraction',
    model: string,
  ): Promise<
    (texts: string[], options: { pooling: 'mean'; normalize: true }) => Promise<{ tolist(): number[][] }>
  >;
}

const library = '@huggingface/transformers';
const batch = 16;

/**
 * Vectors from a model in a folder of this computer, through transformers.js. Nothing leaves and nothing is downloaded.
 * @param folder the model's, as on the hub: `config.json`, `tokenizer.json`, `onnx/`
 * @param load for tests; the library itself by default
 * @throws RelevoError `embeddings_library_missing` when transformers.js is not installed, `embeddings_model_unreadable`
 *   when the folder holds no model it can read
 */
export async function createLocalEmbeddings(
  folder: string,
  load: () => Promise<unknown> = () => import(library),
): Promise<Embeddings> {
  const { env, pipeline } = await loaded(load);
  env.allowRemoteModels = false;
  env.allowLocalModels = true;
  env.localModelPath = dirname(folder);
  const extract = await pipeline('feature-extraction', basename(folder)).catch((cause: unknown) => {
    throw new RelevoError('embeddings_model_unreadable', `no model can be read in ${folder}`, {
      hint: `Expected a model for transformers.js: ${join(folder, 'config.json')}, tokenizer.json and onnx/.`,
      cause,
    });
  });
  return {
    name: `file:${basename(folder)}`,
    async embed(texts, { signal }) {
      const vectors: number[][] = [];
      for (let from = 0; from < texts.length; from += batch) {
        signal?.throwIfAborted();
        const read = texts.slice(from, from + batch).map((text) => text.trim() || '-');
        vectors.push(...(await extract(read, { pooling: 'mean', normalize: true })).tolist());
      }
      return unitVectors(vectors, texts.length);
    },
  };
}

async function loaded(load: () => Promise<unknown>): Promise<Transformers> {
  try {
    return (await load()) as Transformers;
  } catch (cause) {
    throw new RelevoError('embeddings_library_missing', `a model in a folder needs ${library}`, {
      hint: `Install it beside Relevo: npm install ${library}`,
      cause,
    });
  }
}
