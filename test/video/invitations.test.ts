import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { randomIds } from '../../src/core/ids.ts';
import { clockNotice } from '../../src/video/clock-notice.ts';
import { createVideo } from '../../src/video/create-video.ts';
import { createGuessLock } from '../../src/video/guess-lock.ts';
import { createInvitations, type Invited } from '../../src/video/invitations.ts';
import { newRoom } from '../../src/video/room.ts';
import { createVerifyToken } from '../../src/video/verify-token.ts';
import { memoryInvitations } from './memory-invitations.ts';
import { servers, settingsOf, startMs, testClock, tokenIn } from './video-world.ts';

const minuteMs = 60_000;

function world() {
  const clock = testClock();
  const store = memoryInvitations();
  const settings = settingsOf(servers.HS256);
  const closed = new Set<string>();
  const invitations = createInvitations({
    store,
    provider: createVideo(settings),
    verify: createVerifyToken({ settings, clock }),
    caseOpen: async (id) => !closed.has(id),
    guesses: createGuessLock({ clock }),
    clock,
    ids: randomIds,
  });
  const invited: Invited = {
    conversationId: 'k',
    room: newRoom(randomIds),
    role: 'customer',
    name: 'Ana',
    opensAt: startMs,
    closesAt: startMs + 60 * minuteMs,
  };
  const invite = async (more: Partial<Invited> = {}) => {
    const { path, invitation } = await invitations.issue({ ...invited, ...more });
    return { code: path.replace('/v/', ''), path, invitation };
  };
  return { clock, store, closed, invitations, invited, invite };
}

const at = (code: string, browser = 'ana', from = '198.51.100.7') => ({ code, browser, from });

describe('one-time links', () => {
  test('lead one person into one room, by a token made on the click', async () => {
    const { invitations, invited, invite, store, clock } = world();
    const { code, path, invitation } = await invite();
    expect(path).toMatch(/^\/v\/[0-9a-f]{32}$/u);
    expect(JSON.stringify([...store.all.values()])).not.toContain(code);
    clock.pass(5 * minuteMs);
    expect(await invitations.open(at(code))).toMatchObject({ next: { stage: { kind: 'opened' } } });
    clock.pass(5 * minuteMs);
    const entered = await invitations.enter(at(code));
    if ('refused' in entered) throw new Error(entered.refused.code);
    expect(entered.link.url).toContain(`/${invited.room}?jwt=`);
    expect(entered.link.enterBy).toBe(Math.floor((startMs + 20 * minuteMs) / 1_000) * 1_000);
    expect(await invitations.arrive(tokenIn(entered.link.url))).toMatchObject({
      next: { id: invitation.id },
    });
  });

  test('two customers on one link: one gets in, whoever clicks at the same moment too', async () => {
    const { invitations, invite } = world();
    const { code } = await invite();
    const both = await Promise.all(['ana', 'bea'].map((browser) => invitations.enter(at(code, browser))));
    expect(both.filter((one) => 'link' in one)).toHaveLength(1);
    expect(both.filter((one) => 'refused' in one)).toEqual([{ refused: { code: 'forwarded' } }]);
  });

  test('a double click, or an answer that was lost, gets the same token', async () => {
    const { invitations, invite, clock } = world();
    const { code } = await invite();
    const [one, two] = await Promise.all([invitations.enter(at(code)), invitations.enter(at(code))]);
    clock.pass(9 * minuteMs);
    const three = await invitations.enter(at(code));
    const links = [one, two, three].map((entered) => ('link' in entered ? entered.link.url : 'refused'));
    expect(new Set(links).size).toBe(1);
    clock.pass(minuteMs);
    expect(await invitations.enter(at(code))).toEqual({ refused: { code: 'used' } });
  });

  test('a token that comes back is taken once, and never after the close', async () => {
    const { invitations, invite, closed } = world();
    const token = async (): Promise<string> => {
      const entered = await invitations.enter(at((await invite()).code));
      return 'link' in entered ? tokenIn(entered.link.url) : '';
    };
    const first = await token();
    expect(await invitations.arrive(first)).toHaveProperty('next');
    expect(await invitations.arrive(first)).toEqual({ refused: { code: 'replayed' } });
    expect(await invitations.arrive(`${first}=`)).toEqual({ refused: 'not-canonical' });
    const second = await token();
    closed.add('k');
    expect(await invitations.arrive(second)).toEqual({ refused: { code: 'closed' } });
  });

  test('cancelled, closed, too early and too late', async () => {
    const { invitations, invite, clock, closed } = world();
    const early = await invite({ opensAt: startMs + minuteMs });
    expect(await invitations.enter(at(early.code))).toEqual({
      refused: { code: 'too-early', opensAt: startMs + minuteMs },
    });
    const taken = await invite();
    expect(await invitations.cancel(taken.invitation.id)).toHaveProperty('next');
    expect(await invitations.open(at(taken.code))).toEqual({ refused: { code: 'cancelled' } });
    const late = await invite();
    clock.pass(60 * minuteMs);
    expect(await invitations.open(at(late.code))).toEqual({ refused: { code: 'expired' } });
    closed.add('k');
    expect(await invitations.open(at(late.code))).toEqual({ refused: { code: 'closed' } });
  });

  test('no room that a customer named', async () => {
    const { invite } = world();
    await expect(invite({ room: 'ana-y-soporte' })).rejects.toMatchObject({ code: 'bad_room' });
  });

  test('10,000 guesses: turned away politely, with waits that grow, and hardly any looked up', async () => {
    const { invitations, invite, store, clock } = world();
    const { code } = await invite();
    const waits: number[] = [];
    for (let guess = 0; guess < 10_000; guess += 1) {
      const answer = await invitations.open(at(randomBytes(16).toString('hex'), 'eve', '203.0.113.9'));
      if (!('refused' in answer)) throw new Error('guessed');
      if (answer.refused.code === 'too-many-tries') waits.push(answer.refused.waitMs);
      else expect(answer.refused.code).toBe('unknown');
      clock.pass(100);
    }
    expect(store.looked).toBeLessThan(20);
    expect(waits.length).toBeGreaterThan(9_900);
    expect(Math.max(...waits)).toBeGreaterThan(8 * minuteMs);
    clock.set(startMs + 30 * minuteMs);
    expect(await invitations.open(at(code))).toHaveProperty('next');
  });

  test('what is no code at all is a guess too, and is never looked up', async () => {
    const { invitations, store } = world();
    const bad = [
      '',
      '../..',
      'A'.repeat(32),
      'x'.repeat(100_000),
      '0'.repeat(31),
      '<script>',
      `${'0'.repeat(32)}\n`,
    ];
    const codes = [];
    for (const code of bad) {
      const answer = await invitations.enter(at(code));
      codes.push('refused' in answer ? answer.refused.code : 'entered');
    }
    expect(codes).toEqual([...Array(6).fill('unknown'), 'too-many-tries']);
    expect(store.looked).toBe(0);
  });
});

test('waits double from a second to a quarter of an hour, and a quiet hour forgets', () => {
  const clock = testClock();
  const lock = createGuessLock({ clock });
  const waits = Array.from({ length: 17 }, () => lock.missed('a'));
  expect(waits.slice(4, 9)).toEqual([0, 1_000, 2_000, 4_000, 8_000]);
  expect(waits.at(-1)).toBe(15 * minuteMs);
  expect([lock.waitMs('a'), lock.waitMs('b')]).toEqual([15 * minuteMs, 0]);
  clock.pass(60 * minuteMs);
  expect([lock.waitMs('a'), lock.missed('a')]).toEqual([0, 0]);
});

test.each([
  [0, null],
  [9_000, null],
  [-9_000, null],
  [11_000, { offsetMs: 11_000, wholeHours: null }],
  [60 * minuteMs, { offsetMs: 60 * minuteMs, wholeHours: 1 }],
  [-61 * minuteMs, { offsetMs: -61 * minuteMs, wholeHours: -1 }],
  [-40 * minuteMs, { offsetMs: -40 * minuteMs, wholeHours: null }],
  [48 * 60 * minuteMs, { offsetMs: 48 * 60 * minuteMs, wholeHours: null }],
])('a clock that is %i ms off', (offsetMs, expected) => {
  expect(clockNotice(startMs + offsetMs, startMs, 10_000)).toEqual(expected);
});
