import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Invitation } from '../../src/core/invitation.ts';
import type { Invitations } from '../../src/store/invitations.ts';
import { start } from './story.ts';

/** Two processes on the same data. */
export interface OpenInvitations {
  readonly one: Invitations;
  readonly two: Invitations;
  cleanup(): Promise<void>;
}

const used = { kind: 'used', at: start, holder: 'h', tokenId: 't', arrivedAt: null } as const;

/** One-time links, wherever they are kept. */
export function describeInvitations(open: () => Promise<OpenInvitations>): void {
  describe('invitations', () => {
    let opened: OpenInvitations;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened.cleanup());

    const invitation = (): Invitation => ({
      id: randomBytes(16).toString('hex'),
      codeHash: randomBytes(32).toString('hex'),
      conversationId: 'c1',
      room: randomBytes(16).toString('hex'),
      role: 'customer',
      name: 'Ñuño "O\'Hara" 🙂',
      opensAt: start,
      closesAt: start + 60_000,
      stage: { kind: 'issued' },
      version: 1,
    });

    test('are found by their code and by their name, by every process', async () => {
      const { one, two } = opened;
      const first = invitation();
      expect(await one.put(first)).toBe(true);
      expect(await two.byCode(first.codeHash)).toEqual(first);
      expect(await two.byId(first.id)).toEqual(first);
      expect(await two.byRoom(first.room)).toEqual(first);
      expect(await two.byRoom('b'.repeat(32))).toBeNull();
      expect(await two.byId(first.codeHash)).toBeNull();
      expect(await two.byCode(first.id)).toBeNull();
    });

    test('are never stored over another: neither a name nor a code twice', async () => {
      const { one, two } = opened;
      const first = invitation();
      await one.put(first);
      expect(await two.put({ ...first, name: 'Eva' })).toBe(false);
      expect(await two.put({ ...invitation(), codeHash: first.codeHash })).toBe(false);
      expect(await two.put({ ...invitation(), version: 2 })).toBe(false);
      expect(await one.byId(first.id)).toEqual(first);
    });

    test('of many who write the next version one wins', async () => {
      const { one, two } = opened;
      const first = invitation();
      await one.put(first);
      const tries = ['a', 'b', 'c', 'd', 'e', 'f'].map((holder, n) =>
        (n % 2 === 0 ? one : two).put({ ...first, stage: { ...used, holder }, version: 2 }),
      );
      const won = (await Promise.all(tries)).flatMap((stored, n) => (stored ? ['abcdef'[n]] : []));
      expect(won).toHaveLength(1);
      expect(await two.byId(first.id)).toMatchObject({ version: 2, stage: { holder: won[0] } });
      expect(await one.put({ ...first, stage: used, version: 2 })).toBe(false);
      const cancelled = { ...first, stage: { kind: 'cancelled', at: start }, version: 3 } as const;
      expect(await one.put(cancelled)).toBe(true);
      expect(await two.byCode(first.codeHash)).toEqual(cancelled);
    });
  });
}
