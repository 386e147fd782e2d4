import pino from 'pino';
import { createPostgresStore } from '../../src/store/postgres/postgres-store.ts';
import type { Store } from '../../src/store/store.ts';
import { describeStore } from '../contract/store.ts';
import { start } from '../contract/story.ts';
import { openDatabase } from '../postgres-server.ts';

const log = pino({ level: 'silent' });
const clock = { now: () => start };

describeStore('PostgreSQL', async () => {
  const database = await openDatabase();
  const stores: Store[] = [];
  const openStore = async () => {
    const store = await createPostgresStore({ url: database.url, log, clock, poolSize: 6 });
    stores.push(store);
    return store;
  };
  return {
    store: await openStore(),
    another: openStore,
    async cleanup() {
      for (const store of stores) await store.stop();
      await database.drop();
    },
  };
});
