import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Accounts, User } from '../../src/store/accounts.ts';
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
      expect(await accounts.token('t1')).toEqual({ name: 'import', role: 'supervisor' });
      expect(await accounts.token('t2')).toBeNull();
    });
  });
}
