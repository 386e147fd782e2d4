import mongoose from 'mongoose';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { copyStore } from '../../src/cli/store-copy.ts';
import { emptyContent } from '../../src/core/article.ts';
import { effectName } from '../../src/core/event.ts';
import type { Invitation } from '../../src/core/invitation.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { ana, answer, createStory, handOver, newCustomer, start } from '../contract/story.ts';
import { type MongoServer, mongoMissing, startMongo } from '../mongo-server.ts';
import { openDatabase, type TestDatabase } from '../postgres-server.ts';

/** The test server reads a whole collection wherever it has no index for a question. */
vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });

const never = Number.MAX_SAFE_INTEGER;
const log = pino({ level: 'silent' });
const invitation: Invitation = {
  id: 'i1',
  codeHash: 'c1',
  conversationId: 'k',
  room: 'r',
  role: 'customer',
  name: 'Ñ',
  opensAt: start,
  closesAt: never,
  stage: { kind: 'issued' },
  version: 1,
};

describe.skipIf(mongoMissing !== undefined)(
  `a store moved to another engine and back${mongoMissing ? ` (left out: ${mongoMissing})` : ''}`,
  () => {
    let server: MongoServer;
    let mongo = '';
    const databases: TestDatabase[] = [];
    const ids: string[] = [];
    let before: Awaited<ReturnType<typeof picture>>;

    beforeAll(async () => {
      server = await startMongo();
      mongo = server.database();
      databases.push(await openDatabase(), await openDatabase());
      const store = await openStore({ url: urlOf(0), log });
      ids.push(...(await fill(store)));
      before = await picture(store);
      await store.stop();
    });
    afterAll(async () => {
      const raw = await mongoose.createConnection(mongo).asPromise();
      await raw.dropDatabase();
      await raw.close();
      await server?.stop();
      for (const database of databases) await database.drop();
    });

    const urlOf = (n: number) => databases[n]?.url ?? '';

    /** Something of every kind. */
    async function fill(store: Store): Promise<string[]> {
      const stories = Array.from({ length: 6 }, (_, n) =>
        createStory(store, newCustomer(), { at: start + n * 1_000 }),
      );
      for (const story of stories) await story.writes('ayuda "\\u0000" ñ 🙂');
      for (const story of stories.slice(1, 3)) await story.botDecides(answer);
      for (const story of stories.slice(3)) {
        const { commit } = await story.botDecides({ ...handOver, memory: { 'a.b': { $c: 1.5 } } });
        const name = effectName(commit, 0);
        await store.outbox.lease(story.id, 'a', start, start + 1_000);
        await store.outbox.settle(name, 'a', { kind: 'done', externalId: `p-${story.id}` });
      }
      await stories[4]?.claims(ana);
      const [a, b] = [newCustomer(), newCustomer()];
      await store.people.join({ address: a, to: b, at: start, by: 'Eva' });
      await store.people.offerCode({ hash: 'h', address: a, until: never });
      await store.cursors.set('email/uid', '7');
      await store.quarantine.add({ key: 'k', channel: 'email', at: start, reason: 'r', raw: 'ñ🙂' });
      const media = { id: 'f'.repeat(32), kind: 'image' } as const;
      await store.files.addKept({
        media,
        channel: 'webchat',
        kept: { type: 'image/png', bytes: 3, sha256: 'a' },
        at: start,
      });
      await store.bases.saveDraft(emptyContent, 0);
      await store.bases.publish({ ...emptyContent, publishedAt: start, publishedBy: 'Ana', comment: 'c' });
      await store.gaps.settle({ id: 'g', at: start, action: 'dismissed', detail: 'd', questions: ['q'] });
      const user = { id: 'u1', email: 'a@example.org', name: 'A', passwordHash: 'x', disabled: false };
      await store.accounts.addFirstUser({ ...user, role: 'administrator' });
      await store.accounts.addSession({ hash: 's', user: 'u1', expiresAt: never });
      await store.accounts.changeUser('u1', { brands: ['acme'] });
      await store.accounts.replaceIdentity('u1', null, 'https://id.example 7');
      const leo = {
        id: 'j',
        hash: 'j',
        email: 'l@example.org',
        name: 'Leo',
        role: 'agent',
        by: 'A',
      } as const;
      await store.accounts.putJoiner({ ...leo, createdAt: start, expiresAt: never });
      await store.accounts.addToken({ hash: 't', name: 'import', role: 'supervisor', createdAt: start });
      await store.invitations.put(invitation);
      await store.audit.add({
        at: start,
        who: { id: 'ana', name: 'Ana' },
        action: 'article.save',
        subject: 'internet',
        reason: 'ñ',
        before: null,
        after: { text: '🙂' },
      });
      return stories.map(({ id }) => id);
    }

    /** Everything that can be asked. */
    async function picture(store: Store) {
      const { undone, cases, outbox, files } = store;
      const stages = ['bot', 'queued', 'claimed', 'solved'] as const;
      return {
        loaded: await Promise.all(ids.map((id) => store.log.load(id))),
        commits: await Promise.all(ids.map((id) => store.log.commits(id, 0, 100))),
        rows: await Promise.all(ids.map((id) => outbox.rows(id))),
        cases: await cases.list({ stages, limit: 100 }),
        counts: await cases.counts(),
        deadlines: await undone.deadlines(never, 100),
        turns: await undone.turns(never, 100),
        effects: (await undone.effects(never, never, 100)).toSorted(),
        cursor: await store.cursors.get('email/uid'),
        quarantine: await store.quarantine.get('k'),
        file: await files.get('f'.repeat(32)),
        draft: await store.bases.draft(),
        base: await store.bases.current(),
        gaps: await store.gaps.settled(),
        user: await store.accounts.sessionUser('s', start),
        token: await store.accounts.token('t'),
        joiners: await store.accounts.joiners(),
        invitation: await store.invitations.byCode(invitation.codeHash),
        audit: await store.audit.list({ limit: 10 }),
        mark: await store.cursors.get('relevo/copy'),
      };
    }

    async function seen(url: string) {
      const store = await openStore({ url, log });
      try {
        return await picture(store);
      } finally {
        await store.stop();
      }
    }

    test('goes on after it was stopped, and is the same there, and the same again when it comes back', async () => {
      const stopped = new Error('stopped halfway');
      const halfway = copyStore({ from: urlOf(0), to: mongo, log }, (kind) => {
        if (kind === 'people') throw stopped;
      });
      await expect(halfway).rejects.toBe(stopped);
      const visited: string[] = [];
      const there = await copyStore({ from: urlOf(0), to: mongo, log }, (kind) => visited.push(kind));
      expect(visited[0]).toBe('people');
      expect(there.counts.every(({ count }) => count > 0)).toBe(true);
      expect(await seen(mongo)).toEqual(before);

      const back = await copyStore({ from: mongo, to: urlOf(1), log }, () => undefined);
      expect(back.checksum).toBe(there.checksum);
      expect(back.counts).toEqual(there.counts);
      expect(await seen(urlOf(1))).toEqual(before);
    });

    test('gives no number twice', async () => {
      const [one, two] = [await openStore({ url: urlOf(0), log }), await openStore({ url: mongo, log })];
      const [last, next] = [await one.log.nextNumber(), await two.log.nextNumber()];
      await Promise.all([one.stop(), two.stop()]);
      expect(next).toBe(last);
    });

    test('is refused where something is already', async () => {
      const again = copyStore({ from: urlOf(0), to: mongo, log }, () => undefined);
      await expect(again).rejects.toMatchObject({ code: 'store_not_empty' });
    });
  },
);
