import type { Logger } from 'pino';
import type { Contents } from './contents.ts';
import { isMongo } from './open-store.ts';

/**
 * All that the store at an address holds; the store was opened before, so that what it needs is there.
 * @throws RelevoError
 */
export async function openContents(url: string, log: Logger): Promise<Contents> {
  if (isMongo(url)) {
    const { openMongoContents } = await import('./mongo/contents.ts');
    return openMongoContents(url, log);
  }
  const { openPostgresContents } = await import('./postgres/contents.ts');
  return openPostgresContents(url, log);
}
