import type { Logger } from 'pino';
import type { Clock } from '../core/clock.ts';
import type { Store } from './store.ts';

/** Whether an address is MongoDB's. */
export function isMongo(url: string): boolean {
  return /^mongodb(?:\+srv)?:/u.test(url);
}

/**
 * Opens the store at an address, by the address's scheme; only the engine that is used is loaded.
 * @throws RelevoError as the engine's own factory does
 */
export async function openStore(options: {
  readonly url: string;
  readonly log: Logger;
  readonly clock?: Clock;
}): Promise<Store> {
  if (isMongo(options.url)) {
    const { createMongoStore } = await import('./mongo/mongo-store.ts');
    return createMongoStore(options);
  }
  const { createPostgresStore } = await import('./postgres/postgres-store.ts');
  return createPostgresStore(options);
}
