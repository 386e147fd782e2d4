import { mongo } from 'mongoose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { storeFault } from '../../src/store/mongo/faults.ts';
import { createMongoStore } from '../../src/store/mongo/mongo-store.ts';
import type { Store } from '../../src/store/store.ts';
import { answer, createStory, handOver, newCustomer } from '../contract/story.ts';
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
    let store: Store;
    /** Straight to the server, for what the test itself wants to know. */
    let direct: Store;
    beforeAll(async () => {
      server = await startMongo();
      const url = server.database();
      proxy = await startTcpProxy(url);
      direct = await createMongoStore({ url, log });
    });
    beforeEach(async () => {
      store = await createMongoStore({ url: proxy.url, log, poolSize: 1 });
    });
    afterEach(async () => {
      proxy.loseAnswerTo('', 0);
      await store.stop();
    });
    afterAll(async () => {
      await direct?.stop();
      await proxy?.stop();
      await server?.stop();
    });

    test.each(['webchat:ambiguous', null])('that was stored is found to be ours (key %s)', async (key) => {
      const story = createStory(store, newCustomer());
      await story.writes('uno');
      const prepared = await story.next({ type: 'bot-turn', throughSeq: 1, decision: handOver }, key);
      proxy.loseAnswerTo(words, 1);
      expect(await store.log.append(prepared.commit, prepared.after)).toBe('stored');
      expect(await direct.log.commits(story.id, 0, 10)).toHaveLength(2);
      expect(await direct.outbox.rows(story.id)).toHaveLength(prepared.commit.effects.length);
    });

    test("is not taken for somebody else's commit", async () => {
      const story = createStory(store, newCustomer());
      await story.writes('uno');
      const mine = await story.nextWrites('mine');
      const theirs = await story.next({ type: 'bot-turn', throughSeq: 1, decision: answer });
      expect(await direct.log.append(theirs.commit, theirs.after)).toBe('stored');
      proxy.loseAnswerTo(words, 1);
      expect(await store.log.append(mine.commit, mine.after)).toBe('conflict');
      expect(await direct.log.commits(story.id, 1, 10)).toEqual([theirs.commit]);
    });

    test('is given up when it happens again, and repeating the call is harmless', async () => {
      const story = createStory(store, newCustomer());
      const { commit, after } = await story.nextWrites('uno');
      proxy.loseAnswerTo(words, 2);
      await expect(store.log.append(commit, after)).rejects.toMatchObject({ code: 'store_unreachable' });
      expect(await store.log.append(commit, after)).toBe('repeated');
      expect(await direct.log.commits(story.id, 0, 10)).toEqual([commit]);
    });
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
