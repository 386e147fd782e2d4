import type { Logger } from 'pino';
import type { Faults } from './app-faults.ts';
import type { Config } from './config.ts';
import type { Clock } from './core/clock.ts';
import { createBullQueue } from './queue/bullmq.ts';
import type { Queue } from './queue/queue.ts';
import { openStore } from './store/open-store.ts';
import { ensureReadModels } from './store/read-models.ts';
import type { Store } from './store/store.ts';

/** Where the engines are, and what breaks them in a test. */
export interface AppEnginesDeps {
  readonly config: Pick<Config, 'redisUrl' | 'redisVolatile'>;
  /** The store's address: the configured server or the embedded one. */
  readonly databaseUrl: string;
  readonly faults: Pick<Faults, 'store' | 'queue'>;
  readonly clock: Clock;
  readonly log: Logger;
}

/**
 * Opens the store and the queue and makes something of them; what was opened is closed again when that fails.
 * @throws RelevoError when an engine cannot be reached; what `make` throws
 */
export async function withEngines<Made>(
  { config, databaseUrl, faults, clock, log }: AppEnginesDeps,
  make: (store: Store, queue: Queue) => Promise<Made>,
): Promise<Made> {
  const store = faults.store(await openStore({ url: databaseUrl, log, clock }));
  try {
    await ensureReadModels(store, log);
    const queue = faults.queue(
      await createBullQueue({
        url: config.redisUrl ?? databaseUrl,
        log,
        installation: store.installation,
        volatile: config.redisVolatile,
      }),
    );
    try {
      return await make(store, queue);
    } catch (error) {
      await queue.stop(0);
      throw error;
    }
  } catch (error) {
    await store.stop();
    throw error;
  }
}
