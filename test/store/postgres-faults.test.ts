import pg from 'pg';
import pino from 'pino';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createPostgresStore } from '../../src/store/postgres/postgres-store.ts';
import type { Store } from '../../src/store/store.ts';
import { testLostAnswers } from '../contract/store-lost-answers.ts';
import { createStory, newCustomer } from '../contract/story.ts';
import { openDatabase, type TestDatabase } from '../postgres-server.ts';
import { startTcpProxy, type TcpProxy } from './tcp-proxy.ts';

const log = pino({ level: 'silent' });

let database: TestDatabase;
let proxy: TcpProxy;
let store: Store;
/** Straight to the server, for what the test itself wants to know. */
let direct: Store;

beforeEach(async () => {
  database = await openDatabase();
  proxy = await startTcpProxy(database.url);
  store = await createPostgresStore({ url: proxy.url, log, poolSize: 4 });
  direct = await createPostgresStore({ url: database.url, log, poolSize: 2 });
});

afterEach(async () => {
  proxy.up();
  await store.stop();
  await direct.stop();
  await proxy.stop();
  await database.drop();
});

test('a database that has given out all its connections is told apart from one that is away', async () => {
  const client = new pg.Client(database.url);
  await client.connect();
  await client.query(`alter database "${new URL(database.url).pathname.slice(1)}" connection limit 1`);
  await expect(createPostgresStore({ url: database.url, log })).rejects.toMatchObject({
    code: 'store_unreachable',
    hint: expect.stringContaining('max_connections'),
  });
  await client.end();
});

describe('a database that goes away', () => {
  test('is reported by every call, harms nothing, and is used again when it is back', async () => {
    const story = createStory(store, newCustomer());
    await story.writes('uno');
    const { commit, after } = await story.nextWrites('dos');
    proxy.down();
    const away = { code: 'store_unreachable', hint: expect.stringContaining('DATABASE_URL') };
    await expect(store.check()).rejects.toMatchObject(away);
    await expect(store.log.append(commit, after)).rejects.toMatchObject(away);
    await expect(store.log.load(story.id)).rejects.toMatchObject(away);
    await expect(store.outbox.lease(story.id, 'a', 0, 1)).rejects.toMatchObject(away);
    await expect(store.outbox.markDone([`${story.id}.1.0`])).rejects.toMatchObject(away);
    await expect(store.cases.counts()).rejects.toMatchObject(away);
    await expect(store.accounts.addFirstUser(user)).rejects.toMatchObject(away);
    store.signals.publish('lost');
    await expect(createPostgresStore({ url: proxy.url, log })).rejects.toMatchObject(away);

    proxy.up();
    await store.check();
    expect(await store.log.append(commit, after)).toBe('stored');
    expect(await store.log.load(story.id)).toEqual({ state: after, seq: 2 });
  });

  test('takes the calls with it that were under way, and no more', async () => {
    const stories = Array.from({ length: 20 }, () => createStory(store, newCustomer()));
    await Promise.all(stories.map((story) => story.writes('uno')));
    const calls = stories.flatMap((story) => [
      store.log.load(story.id),
      store.outbox.lease(story.id, 'a', 0, 1),
    ]);
    proxy.down();
    const results = await Promise.allSettled(calls);
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'store_unreachable' });
    }
    expect(results.some((result) => result.status === 'rejected')).toBe(true);
    proxy.up();
    await store.check();
  });

  test('is listened to again', async () => {
    const heard: string[] = [];
    store.signals.subscribe((topic) => heard.push(topic));
    proxy.down();
    await expect(store.check()).rejects.toThrow();
    proxy.up();
    await vi.waitFor(() => {
      direct.signals.publish('back');
      expect(heard).toContain('back');
    }, 5_000);
    const other: string[] = [];
    direct.signals.subscribe((topic) => other.push(topic));
    store.signals.publish('both ways');
    await vi.waitFor(() => expect(other).toContain('both ways'));
  });
});

describe('a connection lost during a commit', () => {
  testLostAnswers('insert into relevo.commits', () => ({
    proxy,
    direct,
    open: () => createPostgresStore({ url: proxy.url, log, poolSize: 1 }),
  }));
});

const user = {
  id: 'u',
  email: 'u@example.org',
  name: 'U',
  role: 'agent',
  passwordHash: '',
  disabled: false,
} as const;
