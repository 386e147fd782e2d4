import { describe, expect, test } from 'vitest';
import type { Conversation, QueuedStage } from '../../src/core/conversation.ts';
import type { Rules } from '../../src/core/rules.ts';
import { createNextCase } from '../../src/escalation/next-case.ts';
import { offerTo, skillsOf } from '../../src/escalation/routing.ts';
import { createMemoryStore } from '../../src/simulation/memory-store.ts';
import { createConversations } from '../../src/store/conversations.ts';
import { ana, createCase, luis } from '../core/conversation-driver.ts';
import { rules as usual } from '../core/rules.ts';

const minute = 60_000;
const now = 1_000_000;
const [first, ...above] = usual.tiers;
const routing = {
  skills: { redes: ['wifi', 'router'], facturación: ['factura'] },
  agents: { 'ana@example.com': ['redes'] },
  preferSkillMs: 10 * minute,
  preferAgentMs: 15 * minute,
};
const rules: Rules = {
  ...usual,
  tiers: [{ ...first, members: ['ana@example.com', 'luis'], capacity: 2 }, ...above],
  routing,
};

function waits(id: string, more: Partial<Conversation> = {}, stage: Partial<QueuedStage> = {}): Conversation {
  const state = createCase(rules, now).state();
  if (state.stage.kind !== 'queued') throw new Error('it does not wait');
  return { ...state, id, ...more, stage: { ...state.stage, ...stage } };
}

const asAna = { agent: ana, email: 'Ana@example.com', holds: [] };
const asLuis = { agent: luis, email: null, holds: [] };

function offered(seeker: Parameters<typeof offerTo>[0], queue: readonly Conversation[], at = now): unknown {
  const found = offerTo(seeker, queue, rules, at);
  return 'cases' in found ? found.cases.map(({ id }) => id) : found.none;
}

describe('the next case', () => {
  test('is the one with the nearest deadline', () => {
    const queue = [
      waits('b', {}, { acceptBy: 3 }),
      waits('a', {}, { acceptBy: 2 }),
      waits('c', {}, { acceptBy: 9, solveBy: 1 }),
    ];
    expect(offered(asAna, queue)).toEqual(['c', 'a', 'b']);
  });

  test('is of a tier that one works in, by e-mail or by name', () => {
    expect(offered(asAna, [waits('a')])).toEqual(['a']);
    expect(offered(asLuis, [waits('a')])).toEqual(['a']);
    const eva = { agent: { id: 'eva', name: 'Eva' }, email: 'eva@example.com', holds: [] };
    expect(offered(eva, [waits('a')])).toBe('nothing_waits');
    expect(offered(eva, [waits('a'), waits('b', {}, { tier: 2 })])).toEqual(['b']);
  });

  test('is never one that they let go', () => {
    expect(offered(asAna, [waits('a', {}, { letGoBy: ['ana'] })], now + 99 * minute)).toBe('nothing_waits');
  });

  test('is none for whoever has as many as the tier allows', () => {
    const held = (id: string): Conversation => ({
      ...waits(id),
      stage: {
        kind: 'claimed',
        tier: 1,
        agent: ana,
        leaseUntil: 1,
        solveBy: 1,
        waiting: null,
        vendor: null,
        alarms: 0,
        letGoBy: [],
      },
    });
    expect(offered({ ...asAna, holds: [held('x')] }, [waits('a')])).toEqual(['a']);
    expect(offered({ ...asAna, holds: [held('x'), held('y')] }, [waits('a')])).toBe('at_capacity');
  });

  test('asks for its skill first, and after a while for anybody', () => {
    const wifi = waits('w', { subject: 'El Wi-Fi... mi ROUTER no enciende' });
    expect(skillsOf(wifi, routing)).toEqual(['redes']);
    expect(skillsOf(waits('r', { subject: 'los routers' }), routing)).toEqual([]);
    expect(offered(asAna, [wifi])).toEqual(['w']);
    expect(offered(asLuis, [wifi])).toBe('nothing_waits');
    expect(offered(asLuis, [wifi], now + 10 * minute)).toEqual(['w']);
  });

  test('goes to the same agent when the customer comes back, for a while', () => {
    const back = waits('back', { reopenings: 1, lastAgent: ana }, { acceptBy: 99 });
    const other = waits('other', {}, { acceptBy: 2 });
    expect(offered(asAna, [other, back])).toEqual(['back', 'other']);
    expect(offered(asLuis, [other, back])).toEqual(['other']);
    expect(offered(asLuis, [other, back], now + 15 * minute)).toEqual(['other', 'back']);
    const silent = waits('back', { reopenings: 1, lastAgent: ana }, { letGoBy: ['ana'] });
    expect(offered(asLuis, [silent])).toEqual(['back']);
  });

  test('is not one that is to be called back later', () => {
    const later = waits('later', {}, { callback: { at: now + minute, words: '' } });
    expect(offered(asAna, [later])).toBe('nothing_waits');
    expect(offered(asAna, [later], now + minute)).toEqual(['later']);
  });
});

describe('taking it', () => {
  async function desk(cases: number) {
    const store = createMemoryStore(async () => {
      for (let turns = Math.floor(Math.random() * 3); turns > 0; turns -= 1) await Promise.resolve();
    });
    const process = () =>
      createConversations({
        log: store.log,
        clock: { now: () => now },
        rules: () => usual,
        readMeaning: () => null,
        defaultLanguage: 'es',
        onCommit: () => undefined,
      });
    const away = new Map<string, string>();
    const heard: string[] = [];
    const next = (conversations = process()) =>
      createNextCase({
        conversations,
        cases: store.cases,
        cursors: {
          get: async (name) => away.get(name) ?? null,
          set: async (name, value) => void away.set(name, value),
        },
        signals: { publish: (topic) => void heard.push(topic) },
        clock: { now: () => now },
        rules: () => usual,
      });
    const first = process();
    for (let n = 0; n < cases; n += 1) {
      const { conversation } = await first.receive({
        key: `k${n}`,
        externalId: `${n}`,
        address: { channel: 'test', account: 'a', user: `u${n}` },
        gesture: { kind: 'message', content: { kind: 'text', text: 'hola' } },
      });
      await first.handle(
        conversation,
        { type: 'bot-failed', throughSeq: 1, reason: 'error' },
        { kind: 'bot' },
      );
    }
    return { store, process, next, heard };
  }

  test('two who ask at the same moment get two cases', async () => {
    const { next } = await desk(2);
    const [one, other] = await Promise.all([next().takeNext(ana, null), next().takeNext(luis, null)]);
    expect('taken' in one && 'taken' in other && one.taken !== other.taken).toBe(true);
    expect(await next().takeNext(ana, null)).toEqual({ refused: { code: 'nothing_waits' } });
  });

  test('nobody who is away is given one', async () => {
    const { next, heard } = await desk(1);
    await next().setAvailability(ana, 'away');
    expect(heard).toEqual(['agent/ana']);
    expect(await next().takeNext(ana, null)).toEqual({ refused: { code: 'away' } });
    await next().setAvailability(ana, 'available');
    expect(await next().takeNext(ana, null)).toHaveProperty('taken');
  });

  test('of two claims at once exactly one wins and the other sees who, a thousand times', async () => {
    const races = 1_000;
    const { store, process } = await desk(races);
    const [mine, theirs] = [process(), process()];
    const queued = await store.cases.list({ stages: ['queued'], limit: races });
    expect(queued).toHaveLength(races);
    for (const { state } of queued) {
      const claim = (conversations: typeof mine, agent: typeof ana) =>
        conversations.handle(state.id, { type: 'claim', agent }, { kind: 'agent', agent });
      const both = await Promise.all([claim(mine, ana), claim(theirs, luis)]);
      const winner = both[0].kind === 'done' ? ana : luis;
      expect(both.map(({ kind }) => kind).sort()).toEqual(['done', 'refused']);
      expect(both.find(({ kind }) => kind === 'refused')).toMatchObject({
        refusal: { code: 'already_claimed', holder: winner },
      });
    }
  });
});
