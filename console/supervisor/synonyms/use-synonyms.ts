import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ApiError } from '../../live/api-error.ts';
import { request } from '../../live/request.ts';
import { useReadAnew } from '../use-read-anew.ts';
import { afterStep, lineOf, type Step, type Synonyms } from './synonyms.ts';

const queryKey = ['synonyms'];
const read = () => request<Synonyms>('GET', '/api/console/synonyms');

/** The draft's synonyms, and a way to change one group of them. */
export function useSynonyms() {
  const client = useQueryClient();
  const readAnew = useReadAnew('synonyms');
  const found = useQuery({ queryKey, queryFn: read });

  async function write({ groups, etag }: Synonyms, step: Step): Promise<void> {
    const text = afterStep(groups, step).map(lineOf).join('\n');
    try {
      await request('PUT', '/api/console/synonyms', { text, etag });
    } catch (error) {
      // Whoever was refused for another's change is shown it.
      if (error instanceof ApiError && error.status === 409) await client.invalidateQueries({ queryKey });
      throw error;
    }
    await readAnew();
  }

  return {
    found,
    /** @throws ApiError `kb_synonyms_changed`: others changed them since they were shown; nothing is overwritten */
    async change(step: Step): Promise<void> {
      if (found.data !== undefined) await write(found.data, step);
    },
    /** Takes a step back, in what the groups have become meanwhile. */
    async takeBack({ from, to }: Step): Promise<void> {
      await write(await read(), { from: to, to: from });
    },
  };
}
