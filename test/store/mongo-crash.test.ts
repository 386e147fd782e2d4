import mongoose from 'mongoose';
import pino from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { createMongoStore } from '../../src/store/mongo/mongo-store.ts';
import type { Store } from '../../src/store/store.ts';
import { createStory, handOver, newCustomer, type Prepared, start } from '../contract/story.ts';
import { type MongoServer, mongoMissing, startMongo } from '../mongo-server.ts';

/** The test server reads a whole collection wherever it has no index for a question. */
vi.setConfig({ testTimeout: 180_000 });

const never = Number.MAX_SAFE_INTEGER;
const log = pino({ level: 'silent' });

describe.skipIf(mongoMissing !== undefined)(
  `a crash between a commit and what follows from it, on MongoDB's protocol${mongoMissing ? ` (left out: ${mongoMissing})` : ''}`,
  () => {
    let server: MongoServer;
    let url = '';
    let store: Store;
    let raw: mongoose.Connection;

    beforeAll(async () => {
      server = await startMongo();
      url = server.database();
      raw = await mongoose.createConnection(url).asPromise();
    });
    beforeEach(async () => {
      await store?.stop();
      store = await createMongoStore({ url, log, clock: { now: () => start } });
    });
    afterAll(async () => {
      await store?.stop();
      await raw?.dropDatabase();
      await raw?.close();
      await server?.stop();
    });

    /** Stores only the commit, as a process does that dies right after it. */
    async function onlyTheCommit({ commit }: Prepared): Promise<void> {
      const { conversation, seq, at, key, by, events, effects } = commit;
      const _id = `${conversation}.${seq}`;
      const body = JSON.stringify({ by, events, effects });
      await raw.collection<{ _id: string }>('commits').insertOne({
        _id,
        conversation,
        seq,
        at,
        key: key === null ? `s:${_id}` : `k:${key}`,
        body,
        pending: true,
      } as never);
    }

    test('the conversation is as its log says, at once', async () => {
      const story = createStory(store, newCustomer());
      await story.writes('hola');
      const lost = await story.next({ type: 'bot-turn', throughSeq: 1, decision: handOver });
      await onlyTheCommit(lost);
      expect(await store.log.load(story.id)).toEqual({ state: lost.after, seq: 2 });
      expect(await store.log.newest(story.address)).toEqual({ state: lost.after, seq: 2 });
    });

    test('the sweeper finds the effects, the deadline and the case', async () => {
      const story = createStory(store, newCustomer());
      await story.writes('hola');
      const lost = await story.next({ type: 'bot-turn', throughSeq: 1, decision: handOver });
      await onlyTheCommit(lost);
      expect(await store.outbox.rows(story.id)).toEqual([]);
      expect(await store.undone.effects(never, never, 100)).toContain(story.id);
      const rows = await store.outbox.rows(story.id);
      expect(rows.map(({ state }) => state)).toEqual(lost.commit.effects.map(() => 'pending'));
      const leased = await store.outbox.lease(story.id, 'a', start, start + 1_000);
      expect(leased.map(({ unknown }) => unknown)).toEqual(lost.commit.effects.map(() => false));
      const cases = await store.cases.list({ stages: ['queued'], limit: 100 });
      expect(cases.map(({ state }) => state.id)).toContain(story.id);
      expect(await raw.collection('commits').countDocuments({ pending: true })).toBe(0);
    });

    test("a customer's first message is found by the sweeper and by its own redelivery", async () => {
      const [swept, again] = [createStory(store, newCustomer()), createStory(store, newCustomer())];
      await onlyTheCommit(await swept.nextWrites('hola'));
      expect(await store.undone.turns(never, 100)).toContain(swept.id);
      const first = await again.nextWrites('hola');
      await onlyTheCommit(first);
      expect(await store.log.newest(again.address)).toBeNull();
      expect(await store.log.append(first.commit, first.after)).toBe('repeated');
      expect(await store.log.newest(again.address)).toEqual({ state: first.after, seq: 1 });
    });

    test('whoever writes next finishes it, and nothing of it is done twice', async () => {
      const story = createStory(store, newCustomer());
      await story.writes('hola');
      const lost = await story.next({ type: 'bot-turn', throughSeq: 1, decision: handOver });
      await onlyTheCommit(lost);
      const next = await story.writes('¿hay alguien?');
      expect(await store.log.load(story.id)).toEqual({ state: next.after, seq: 3 });
      expect(await store.outbox.rows(story.id)).toHaveLength(lost.commit.effects.length);
      await store.undone.effects(never, never, 100);
      expect(await store.outbox.rows(story.id)).toHaveLength(lost.commit.effects.length);
    });

    test('whoever finishes it late leaves what became of its effects', async () => {
      const story = createStory(store, newCustomer());
      await story.writes('hola');
      const lost = await story.next({ type: 'bot-turn', throughSeq: 1, decision: handOver });
      await onlyTheCommit(lost);
      await store.undone.effects(never, never, 100);
      for (const { name } of await store.outbox.lease(story.id, 'a', start, start + 1_000))
        await store.outbox.settle(name, 'a', { kind: 'done', externalId: null });
      // The mark of one who wrote all of it and died before taking the mark away.
      const _id = `${story.id}.${lost.commit.seq}`;
      await raw.collection<{ _id: string }>('commits').updateOne({ _id }, { $set: { pending: true } });
      await store.undone.effects(never, never, 100);
      const rows = await store.outbox.rows(story.id);
      expect(rows.map(({ state }) => state)).toEqual(lost.commit.effects.map(() => 'done'));
      expect(await raw.collection('commits').countDocuments({ pending: true })).toBe(0);
    });

    test('a server that is killed and comes back has all that was said to be stored', async () => {
      const story = createStory(store, newCustomer());
      const told = [await story.writes('uno')];
      await server.restart();
      told.push(await story.writes('dos'));
      expect(await store.log.commits(story.id, 0, 10)).toEqual(told.map(({ commit }) => commit));
    });

    test('a missing unique index is told, and made again', async () => {
      await raw.collection('commits').dropIndex('key_1');
      await expect(store.check()).rejects.toMatchObject({
        code: 'store_without_indexes',
        message: expect.stringContaining('commits: key (unique)'),
      });
      const other = await createMongoStore({ url, log });
      await other.check();
      await other.stop();
    });

    test('a unique index that what is there forbids is told, and Relevo does not start without it', async () => {
      const commits = raw.collection<{ _id: string; key: string }>('commits');
      await commits.dropIndex('key_1');
      const twice = ['x:1', 'x:2'];
      for (const _id of twice) await commits.insertOne({ _id, key: 'the same' });
      await expect(createMongoStore({ url, log })).rejects.toMatchObject({
        code: 'store_without_indexes',
        message: expect.stringContaining('commits'),
        hint: expect.stringContaining('does not start'),
      });
      await commits.deleteMany({ _id: { $in: twice } });
      const other = await createMongoStore({ url, log });
      await other.check();
      await other.stop();
    });

    test('a database of a newer version is refused', async () => {
      const counters = raw.collection<{ _id: string; value: number }>('counters');
      await counters.updateOne({ _id: 'schema' }, { $set: { value: 2 } });
      await expect(createMongoStore({ url, log })).rejects.toMatchObject({ code: 'store_newer' });
      await counters.updateOne({ _id: 'schema' }, { $set: { value: 1 } });
    });
  },
);
