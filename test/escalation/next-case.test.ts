import { describe, expect, test } from 'vitest';
import { createLanes } from '../../src/core/lanes.ts';
import type { Rules } from '../../src/core/rules.ts';
import { createClaims } from '../../src/escalation/claims.ts';
import { createNextCase } from '../../src/escalation/next-case.ts';
import { createPresence } from '../../src/escalation/presence.ts';
import { createStaff, type SlackAgent } from '../../src/escalation/staff.ts';
import { createMemoryCursors } from '../../src/simulation/memory-cursors.ts';
import { createMemoryStore } from '../../src/simulation/memory-store.ts';
import type { User } from '../../src/store/accounts.ts';
import { createConversations } from '../../src/store/conversations.ts';
import { ana, luis } from '../core/conversation-driver.ts';
import { rules as usual } from '../core/rules.ts';

const now = 1_000_000;
const [first, ...above] = usual.tiers;

/** Some cases that wait, two agents with accounts, and Ana in Slack too. */
async function desk(cases: number, rules: Rules = usual) {
  let at = now;
  const clock = { now: () => at };
  const store = createMemoryStore();
  const cursors = createMemoryCursors();
  const heard: string[] = [];
  const users: User[] = [ana, luis].map(({ id, name }) => {
    return { id, name, email: `${id}@example.com`, role: 'agent', passwordHash: '', disabled: false };
  });
  const slackAgents: SlackAgent[] = [{ slack: 'U1', name: 'Ana', email: 'Ana@Example.com' }];
  const staff = createStaff({ accounts: { users: async () => users }, slackAgents: () => slackAgents });
  const conversations = createConversations({
    log: store.log,
    clock,
    rules: () => rules,
    readMeaning: () => null,
    defaultLanguage: 'es',
    onCommit: () => undefined,
  });
  const presence = createPresence(cursors, { publish: (topic) => void heard.push(topic) });
  const lanes = createLanes();
  const claims = createClaims({ staff, presence, cases: store.cases, lanes, clock, rules: () => rules });
  const next = createNextCase({
    conversations,
    cases: store.cases,
    claims,
    staff,
    presence,
    clock,
    rules: () => rules,
  });
  for (let n = 0; n < cases; n += 1) {
    const { conversation } = await conversations.receive({
      key: `k${n}`,
      externalId: `${n}`,
      address: { channel: 'test', account: 'a', user: `u${n}` },
      gesture: { kind: 'message', content: { kind: 'text', text: 'hola' } },
    });
    const failed = { type: 'bot-failed', throughSeq: 1, reason: 'error' } as const;
    await conversations.handle(conversation, failed, { kind: 'bot' });
  }
  const pass = (ms: number) => {
    at += ms;
  };
  const waiting = () => store.cases.list({ stages: ['queued'], limit: 100 });
  return { users, conversations, claims, next, heard, waiting, pass };
}

const inSlack = { id: 'slack-U1', name: 'Ana' };

describe('taking the next case', () => {
  test('two who ask at the same moment get two cases', async () => {
    const { next } = await desk(2);
    const [one, other] = await Promise.all([next.takeNext(ana), next.takeNext(luis)]);
    expect('taken' in one && 'taken' in other && one.taken !== other.taken).toBe(true);
    expect(await next.takeNext(ana)).toEqual({ refused: { code: 'nothing_waits' } });
  });

  test('nobody is given more than they may hold, however fast they press', async () => {
    const { next } = await desk(5, { ...usual, tiers: [{ ...first, capacity: 2 }, ...above] });
    const taken = await Promise.all(Array.from({ length: 5 }, () => next.takeNext(ana)));
    expect(taken.filter((one) => 'taken' in one)).toHaveLength(2);
    expect(taken.at(-1)).toEqual({ refused: { code: 'at_capacity' } });
  });

  test('a case that went up meanwhile is not taken by those who might have taken it below', async () => {
    const { conversations, waiting } = await desk(1);
    const [case1] = await waiting();
    const claim = { type: 'claim', agent: ana, tier: 2 } as const;
    const handled = await conversations.handle(case1?.state.id ?? '', claim, { kind: 'agent', agent: ana });
    expect(handled).toMatchObject({ kind: 'refused', refusal: { code: 'superseded' } });
  });

  test.each([
    [ana, inSlack],
    [inSlack, ana],
  ])('away is away on every desk: said as $id', async (here, there) => {
    const { next, heard } = await desk(1);
    await next.setAvailability(here, 'away');
    expect(heard.sort()).toEqual(['agent/ana', 'agent/slack-U1']);
    expect(await next.availability(there)).toBe('away');
    expect(await next.takeNext(there)).toEqual({ refused: { code: 'away' } });
    await next.setAvailability(there, 'available');
    expect(await next.availability(here)).toBe('available');
    expect(await next.takeNext(here)).toHaveProperty('taken');
  });

  test('many who come and go at once forget nobody', async () => {
    const { next } = await desk(0);
    await Promise.all([ana, luis].map((agent) => next.setAvailability(agent, 'away')));
    expect(await Promise.all([ana, luis].map(next.availability))).toEqual(['away', 'away']);
  });
});

describe('whom a case is for', () => {
  test('whoever holds fewest, under the name that they ask by, and nobody who is away', async () => {
    const { claims, next, waiting, pass } = await desk(3);
    const ids = async (asking = luis) => {
      pass(2_000);
      const [offered = []] = [...(await claims.firstFor(await waiting(), asking)).values()];
      return offered.map(({ id }) => id);
    };
    expect(await ids()).toEqual(['ana', 'luis']);
    expect(await ids(inSlack)).toEqual(['slack-U1', 'luis']);
    await next.takeNext(inSlack);
    expect(await ids()).toEqual(['luis']);
    await next.setAvailability(luis, 'away');
    expect(await ids()).toEqual(['ana']);
  });
});

describe('one person with two names', () => {
  test('acts on what they hold under the other one', async () => {
    const { claims, next, conversations } = await desk(1);
    const taken = await next.takeNext(inSlack);
    const snapshot = 'taken' in taken ? await conversations.peek(taken.taken, 0) : null;
    if (snapshot === null) throw new Error('nothing was taken');
    expect(await claims.actingOn(snapshot.state, ana)).toEqual(inSlack);
    expect(await claims.actingOn(snapshot.state, luis)).toEqual(luis);
    expect(await claims.idsOf(ana)).toEqual(['ana', 'slack-U1']);
  });

  test('ends with the account', async () => {
    const { claims, users } = await desk(0);
    users[0] = { ...(users[0] as User), disabled: true };
    const { staff } = await claims.floor();
    expect(staff.map(({ name }) => name)).toEqual(['Luis']);
  });
});
