import mongoose from 'mongoose';
import pino from 'pino';
import { afterAll, describe, test, vi } from 'vitest';
import { createMongoStore } from '../../src/store/mongo/mongo-store.ts';
import type { Store } from '../../src/store/store.ts';
import { describeStore } from '../contract/store.ts';
import { start } from '../contract/story.ts';
import { mongoMissing, startMongo } from '../mongo-server.ts';

/** The test server reads a whole collection wherever it has no index for a question. */
vi.setConfig({ testTimeout: 180_000 });

const log = pino({ level: 'silent' });
const clock = { now: () => start };

if (mongoMissing === undefined) {
  const server = await startMongo();
  afterAll(() => server.stop());

  describeStore('MongoDB protocol', async () => {
    const url = server.database();
    const stores: Store[] = [];
    const openStore = async () => {
      const store = await createMongoStore({ url, log, clock, poolSize: 6 });
      stores.push(store);
      return store;
    };
    return {
      store: await openStore(),
      another: openStore,
      async cleanup() {
        for (const store of stores) await store.stop();
        const connection = await mongoose.createConnection(url).asPromise();
        await connection.dropDatabase();
        await connection.close();
      },
    };
  });
} else {
  describe('MongoDB protocol', () => {
    test.skip(`left out: ${mongoMissing}`, () => undefined);
  });
}
