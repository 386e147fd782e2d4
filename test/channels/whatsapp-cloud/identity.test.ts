import { beforeEach, describe, expect, test } from 'vitest';
import { createIdentities, type Who } from '../../../src/channels/whatsapp-cloud/identity.ts';
import { createGate } from '../../gate.ts';
import { inletTo } from '../inlet.ts';

const phone = '5215511112222';
const userId = 'MX.13491208655302741918';

const who = (more: Partial<Who>): Who => ({ phone: null, userId: null, at: 100, ...more });

let it: ReturnType<typeof createIdentities>;
beforeEach(() => {
  it = createIdentities(
    inletTo(async () => ({ conversation: 'c', duplicate: false })),
    '1',
  );
});

describe('one customer stays one', () => {
  test('known by user id, whose phone shows later', async () => {
    const user = await it.userOf(who({ userId }));
    expect(await it.userOf(who({ userId, phone, at: 101 }))).toBe(user);
    expect(await it.userOf(who({ phone, at: 102 }))).toBe(user);
    expect(await it.routeOf(user)).toEqual({ phone, userId });
  });

  test('known by phone, whose user id shows later and whose phone is then hidden', async () => {
    const user = await it.userOf(who({ phone }));
    expect(await it.userOf(who({ phone, userId, at: 101 }))).toBe(user);
    expect(await it.userOf(who({ userId, at: 102 }))).toBe(user);
    expect(await it.routeOf(user)).toEqual({ phone, userId });
  });

  test('whose user id only a status told', async () => {
    const user = await it.userOf(who({ phone }));
    expect(await it.knownUserOf(who({ phone, userId, at: 101 }))).toBe(user);
    expect(await it.userOf(who({ userId, at: 102 }))).toBe(user);
  });

  test('who takes a new number, and is reached there', async () => {
    const user = await it.userOf(who({ phone, userId }));
    const after = who({ phone: '5215533334444', userId: 'MX.2', at: 200 });
    await it.renew(who({ phone, userId, at: 200 }), after);
    expect(await it.routeOf(user)).toEqual({ phone: '5215533334444', userId: 'MX.2' });
    expect(await it.userOf({ ...after, at: 300 })).toBe(user);
    // What was sent before the change and comes late is still theirs, and changes nothing.
    expect(await it.userOf(who({ phone, userId, at: 150 }))).toBe(user);
    expect(await it.routeOf(user)).toEqual({ phone: '5215533334444', userId: 'MX.2' });
  });

  test('whose new user id came without a number: the old number holds no longer', async () => {
    const user = await it.userOf(who({ phone, userId }));
    await it.renew(who({ userId, at: 200 }), who({ userId: 'MX.2', at: 200 }));
    expect(await it.routeOf(user)).toEqual({ phone: null, userId: 'MX.2' });
  });

  test('whose first messages come all at once', async () => {
    const shown = [{ phone, userId }, { phone }, { userId }];
    const users = await Promise.all([...shown, ...shown, ...shown].map((ids) => it.userOf(who(ids))));
    expect(new Set(users).size).toBe(1);
  });
});

describe('two customers stay two', () => {
  test('and neither waits until the other is found', async () => {
    const gate = createGate();
    const memory = inletTo(async () => ({ conversation: 'c', duplicate: false }));
    const slow = createIdentities(
      {
        ...memory,
        async cursor(name) {
          if (name.endsWith(phone)) await gate.opened;
          return memory.cursor(name);
        },
      },
      '1',
    );
    const held = slow.userOf(who({ phone, userId }));
    const same = slow.userOf(who({ userId }));
    expect(await slow.userOf(who({ phone: '5215599998888' }))).toBe('5215599998888');
    expect(await Promise.race([same, 'still waits'])).toBe('still waits');
    gate.open();
    expect(await same).toBe(await held);
  });

  test('when a number is given to somebody else', async () => {
    const former = await it.userOf(who({ phone, userId }));
    const now = await it.userOf(who({ phone, userId: 'MX.9', at: 500 }));
    expect(now).not.toBe(former);
    expect(await it.userOf(who({ phone, at: 501 }))).toBe(now);
    // Nothing meant for the former owner goes to the number any more.
    expect(await it.routeOf(former)).toEqual({ phone: null, userId });
    expect(await it.userOf(who({ userId, at: 502 }))).toBe(former);
  });

  test('when the former owner was known by the number first', async () => {
    const former = await it.userOf(who({ phone }));
    await it.userOf(who({ phone, userId, at: 101 }));
    const now = await it.userOf(who({ phone, userId: 'MX.9', at: 500 }));
    expect(now).not.toBe(former);
    expect(await it.routeOf(former)).toEqual({ phone: null, userId });
    expect(await it.routeOf(now)).toEqual({ phone, userId: 'MX.9' });
  });
});

test('a status about a stranger makes nobody known', async () => {
  expect(await it.knownUserOf(who({ phone, userId }))).toBeNull();
  await it.renew(who({ phone }), who({ phone: '1', at: 200 }));
  expect(await it.knownUserOf(who({ phone: '1' }))).toBeNull();
});
