import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Accounts, Joiner, User } from '../../src/store/accounts.ts';
import type { OpenStore } from './store.ts';
import { start } from './story.ts';

const ana: User = {
  id: 'u1',
  email: 'ana@example.org',
  name: 'Ana',
  role: 'administrator',
  passwordHash: '$argon2id$1',
  disabled: false,
};
const leo: User = { ...ana, id: 'u2', email: 'leo@example.org', name: 'Leo', role: 'agent', disabled: true };

/** Users, sessions and tokens. */
export function describeAccounts(open: () => Promise<OpenStore>): void {
  describe('accounts', () => {
    let opened: OpenStore;
    let accounts: Accounts;
    beforeEach(async () => {
      opened = await open();
      accounts = opened.store.accounts;
    });
    afterEach(() => opened.cleanup());

    test('hold users by their e-mail, however it is written', async () => {
      expect(await accounts.userCount()).toBe(0);
      expect(await accounts.userByEmail(ana.email)).toBeNull();
      expect(await accounts.addUser(ana)).toBe(true);
      expect(await accounts.addUser({ ...leo, email: 'Ana@Example.org' })).toBe(false);
      expect(await accounts.addUser(leo)).toBe(true);
      expect(await accounts.userCount()).toBe(2);
      expect(await accounts.userByEmail('ANA@example.ORG')).toEqual(ana);
      expect(await accounts.userByEmail(leo.email)).toEqual(leo);
    });

    test('have one first user, however close the race', async () => {
      const second = (await opened.another()).accounts;
      const added = await Promise.all(
        Array.from({ length: 8 }, (_, n) =>
          (n % 2 ? accounts : second).addFirstUser({ ...ana, id: `u${n}`, email: `u${n}@example.org` }),
        ),
      );
      expect(added.filter(Boolean)).toHaveLength(1);
      expect(await accounts.userCount()).toBe(1);
    });

    test('have no first user once there is one', async () => {
      await accounts.addUser(leo);
      expect(await accounts.addFirstUser(ana)).toBe(false);
      expect(await accounts.userCount()).toBe(1);
    });

    test('know whose session it is until it expires or is ended', async () => {
      await accounts.addUser(ana);
      await accounts.addSession({ hash: 'h1', user: ana.id, expiresAt: start + 1_000 });
      await accounts.addSession({ hash: 'h2', user: ana.id, expiresAt: start + 2_000 });
      expect(await accounts.sessionUser('h1', start)).toEqual(ana);
      expect(await accounts.sessionUser('h1', start + 999)).toEqual(ana);
      expect(await accounts.sessionUser('h1', start + 1_000)).toBeNull();
      expect(await accounts.sessionUser('h2', start + 1_000)).toEqual(ana);
      await accounts.endSession('h2');
      await accounts.endSession('h2');
      expect(await accounts.sessionUser('h2', start)).toBeNull();
      expect(await accounts.sessionUser('unknown', start)).toBeNull();
    });

    test('let no disabled user in', async () => {
      await accounts.addUser(leo);
      await accounts.addSession({ hash: 'h1', user: leo.id, expiresAt: start + 1_000 });
      expect(await accounts.sessionUser('h1', start)).toBeNull();
    });

    test('hold tokens by their hash', async () => {
      await accounts.addToken({ hash: 't1', name: 'import', role: 'supervisor', createdAt: start });
      const known = { hash: 't1', name: 'import', role: 'supervisor', createdAt: start };
      expect(await accounts.token('t1')).toEqual({ ...known, expiresAt: null, usedAt: null });
      expect(await accounts.token('t2')).toBeNull();
      await accounts.addToken({ hash: 't2', name: 'x', role: 'agent', createdAt: start + 1, expiresAt: 9 });
      await accounts.usedToken('t1', start + 5);
      expect(await accounts.tokens()).toMatchObject([
        { hash: 't2', expiresAt: 9, usedAt: null },
        { hash: 't1', expiresAt: null, usedAt: start + 5 },
      ]);
      expect([await accounts.removeToken('t1'), await accounts.removeToken('t1')]).toEqual([true, false]);
      expect(await accounts.token('t1')).toBeNull();
    });

    test('change a user, and tell what they were', async () => {
      await accounts.addUser({ ...ana, brands: ['acme'] });
      expect(await accounts.userByEmail(ana.email)).toEqual({ ...ana, brands: ['acme'] });
      const made = await accounts.changeUser(ana.id, { role: 'supervisor', disabled: true });
      const after = { ...ana, brands: ['acme'], role: 'supervisor', disabled: true };
      expect(made).toEqual({ before: { ...ana, brands: ['acme'] }, after });
      expect(await accounts.userByEmail(ana.email)).toEqual(after);
      await accounts.changeUser(ana.id, { brands: ['acme', 'beta'], name: 'Ana María' });
      expect((await accounts.users())[0]).toMatchObject({ brands: ['acme', 'beta'], name: 'Ana María' });
      await accounts.changeUser(ana.id, { brands: null });
      expect((await accounts.users())[0]).not.toHaveProperty('brands');
      expect(await accounts.changeUser(ana.id, {})).toMatchObject({ before: { name: 'Ana María' } });
      expect(await accounts.changeUser('nobody', { disabled: true })).toBeNull();
    });

    test('know a user by what a sign-in provider calls them, one user each', async () => {
      const second = (await opened.another()).accounts;
      await accounts.addUser(ana);
      await accounts.addUser({ ...leo, identity: 'https://id.example 7' });
      const changed = await Promise.all(
        [accounts, second, accounts].map((one, n) =>
          one.replaceIdentity(ana.id, null, `https://id.example ${n}`),
        ),
      );
      expect(changed.filter(Boolean)).toHaveLength(1);
      const identity = `https://id.example ${changed.indexOf(true)}`;
      expect(await accounts.userByIdentity(identity)).toEqual({ ...ana, identity });
      expect(await accounts.userByEmail(ana.email)).toEqual({ ...ana, identity });
      expect(await accounts.userByIdentity('https://id.example 9')).toBeNull();
      expect(await accounts.replaceIdentity(ana.id, null, 'https://id.example 8')).toBe(false);
      expect(await accounts.replaceIdentity(ana.id, identity, 'https://id.example 7')).toBe(false);
      expect(await accounts.replaceIdentity('nobody', null, 'https://id.example 8')).toBe(false);
      expect((await accounts.changeUser(ana.id, { name: 'Ana María' }))?.after).toMatchObject({ identity });
      expect(await accounts.replaceIdentity(ana.id, identity, null)).toBe(true);
      expect(await accounts.userByIdentity(identity)).toBeNull();
      expect(await accounts.userByEmail(ana.email)).not.toHaveProperty('identity');
      await accounts.addUser({ ...ana, id: 'u3', email: 'eva@example.org' });
      const both = await Promise.all(
        [ana.id, 'u3'].map((id, n) =>
          (n ? accounts : second).replaceIdentity(id, null, 'https://id.example 5'),
        ),
      );
      expect(both.filter(Boolean)).toHaveLength(1);
    });

    test("list and end a user's sessions", async () => {
      await accounts.addUser(ana);
      await accounts.addUser(leo);
      const session = (hash: string, user: string, createdAt: number) =>
        accounts.addSession({ hash, user, createdAt, device: `browser ${hash}`, expiresAt: start + 9_000 });
      await session('h1', ana.id, start + 1);
      await session('h2', ana.id, start + 2);
      await session('h3', leo.id, start + 3);
      await accounts.sawSession('h1', start + 5);
      const own = await accounts.sessions(start, ana.id);
      expect(own.map(({ hash, seenAt, createdAt, device }) => [hash, seenAt, createdAt, device])).toEqual([
        ['h1', start + 5, start + 1, 'browser h1'],
        ['h2', start + 2, start + 2, 'browser h2'],
      ]);
      expect((await accounts.sessions(start)).map(({ user }) => user)).toEqual([ana.id, leo.id, ana.id]);
      expect(await accounts.sessions(start + 9_000)).toEqual([]);
      expect(await accounts.endSessions(ana.id, 'h2')).toBe(1);
      expect((await accounts.sessions(start)).map(({ hash }) => hash)).toEqual(['h3', 'h2']);
      expect(await accounts.endSessions(ana.id)).toBe(1);
      expect(await accounts.sessionUser('h2', start)).toBeNull();
    });

    test('hold who was asked to join until one of those who remove them does', async () => {
      const eva: Joiner = {
        id: 'j1',
        hash: 'h1',
        email: 'eva@example.org',
        name: 'Eva',
        role: 'supervisor',
        brands: ['acme'],
        by: 'Ana',
        createdAt: start,
        expiresAt: start + 1_000,
      };
      const { brands: _, ...everywhere } = eva;
      await accounts.putJoiner(eva);
      await accounts.putJoiner({ ...everywhere, id: 'j2', hash: 'h2', createdAt: start + 1 });
      expect(await accounts.joinerByHash('h1')).toEqual(eva);
      await accounts.putJoiner({ ...everywhere, hash: 'h3' });
      expect(await accounts.joinerByHash('h1')).toBeNull();
      expect(await accounts.joinerByHash('h3')).toEqual({ ...everywhere, hash: 'h3' });
      expect((await accounts.joiners()).map(({ id }) => id)).toEqual(['j2', 'j1']);
      const second = (await opened.another()).accounts;
      const removed = await Promise.all([accounts, second, accounts].map((one) => one.removeJoiner('j1')));
      expect(removed.filter(Boolean)).toHaveLength(1);
    });

    test('count tries over all processes', async () => {
      const second = (await opened.another()).accounts;
      const limit = { max: 10, windowMs: 900_000 };
      const waits = await Promise.all(
        Array.from({ length: 14 }, (_, n) => (n % 2 ? accounts : second).takeTry('k', start, limit)),
      );
      expect(waits.filter((ms) => ms === 0)).toHaveLength(10);
      expect(waits.filter((ms) => ms === 900_000)).toHaveLength(4);
      expect(await accounts.takeTry('k', start + 1_000, limit)).toBe(899_000);
      await second.giveBackTry('k');
      expect(await accounts.takeTry('k', start + 1_000, limit)).toBe(0);
      expect(await accounts.takeTry('k', start + 1_000, limit)).toBe(899_000);
      expect(await accounts.takeTry('other', start, limit)).toBe(0);
      expect(await second.takeTry('k', start + 900_000, limit)).toBe(0);
      await accounts.giveBackTry('unknown');
    });
  });
}
