import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { openStore } from '../store/open-store.ts';
import { findEmbedded, startEmbedded } from '../store/postgres/embedded.ts';
import type { Store } from '../store/store.ts';
import { makeDataFolder } from './data-folder.ts';

/**
 * Lends the installation's store to a command: the configured server, or the embedded one, which is started for the
 * command when no Relevo is running beside it.
 * @throws RelevoError when there is no way to the store; whatever `use` throws
 */
export async function withStore<T>(
  config: Config,
  log: Logger,
  use: (store: Store) => Promise<T>,
): Promise<T> {
  const { dataFolder } = config;
  if (config.databaseUrl === null) await makeDataFolder(dataFolder);
  const running = config.databaseUrl ?? (await findEmbedded({ dataFolder }));
  const embedded = running === undefined ? await startEmbedded({ dataFolder, log }) : null;
  try {
    const store = await openStore({ url: running ?? embedded?.url ?? '', log });
    try {
      return await use(store);
    } finally {
      await store.stop();
    }
  } finally {
    await embedded?.stop();
  }
}
