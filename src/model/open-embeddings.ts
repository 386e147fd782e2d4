import { fileURLToPath } from 'node:url';
import type { Clock } from '../core/clock.ts';
import { createEmbeddings, type Embeddings } from './embeddings.ts';
import { createLocalEmbeddings } from './local-embeddings.ts';
import type { FindPersonalData } from './pseudonyms.ts';

/** Where vectors come from. */
export interface EmbeddingSettings {
  /** An OpenAI-compatible endpoint, or `file:/folder/of/a/model`. */
  readonly url: string;
  /** Null for a model in a folder. */
  readonly model: string | null;
  readonly apiKey: string | null;
}

/**
 * Vectors from an endpoint or from a model in a folder, as the address says.
 * @throws RelevoError as `createLocalEmbeddings` does; an endpoint is not called yet
 */
export async function openEmbeddings(
  { url, model, apiKey }: EmbeddingSettings,
  deps: { readonly findPersonalData: FindPersonalData; readonly clock: Clock },
): Promise<Embeddings> {
  if (url.startsWith('file:')) return await createLocalEmbeddings(fileURLToPath(new URL(url)));
  return createEmbeddings({ url, model: model ?? '', apiKey, ...deps });
}
