import { mongo } from 'mongoose';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { storeFault } from '../../src/store/mongo/faults.ts';
import { createMongoStore } from '../../src/store/mongo/mongo-store.ts';
import type { Store } from '../../src/store/store.ts';
import { testLostAnswers } from '../contract/store-lost-answers.ts';
import { silentLog as log } from '../log.ts';
import { type MongoServer, mongoMissing, startMongo } from '../mongo-server.ts';
import { startTcpProxy, type TcpProxy } from './tcp-proxy.ts';

vi.setConfig({ testTimeout: 120_000 });

/** In every insert of the driver's, and in no question before a commit's. */
const words = 'documents';

describe.skipIf(mongoMissing !== undefined)(
  `a connection lost during a commit, on MongoDB's protocol${mongoMissing ? ` (left out: ${mongoMissing})` : ''}`,
  () => {
    let server: MongoServer;
    let proxy: TcpProxy;
    /** Straight to the server, for what the test itself wants to know. */
    let direct: Store;
    beforeAll(async () => {
      server = await startMongo();
      const url = server.database();
      proxy = await startTcpProxy(url);
      direct = await createMongoStore({ url, log });
    });
    afterEach(() => proxy.loseAnswerTo('', 0));
    afterAll(async () => {
      await direct?.stop();
      await proxy?.stop();
      await server?.stop();
    });

    testLostAnswers(words, () => ({
      proxy,
      direct,
      open: () => createMongoStore({ url: proxy.url, log, poolSize: 1 }),
    }));
  },
);

test('a MongoDB without room on its disk is told in a clear line', () => {
  const refused = new mongo.MongoServerError({ code: 14_031, errmsg: 'OutOfDiskSpace' });
  expect(storeFault(refused)).toMatchObject({
    code: 'store_failed',
    message: 'the database has no room left on its disk',
    hint: expect.stringContaining('nothing is lost'),
  });
});
