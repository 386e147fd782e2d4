import { describe, expect, test } from 'vitest';
import type { Conversation, QueuedStage } from '../../src/core/conversation.ts';
import type { Rules } from '../../src/core/rules.ts';
import { claimRefusal, type Floor, firstFor, offerTo, skillsOf } from '../../src/escalation/routing.ts';
import type { Colleague } from '../../src/escalation/staff.ts';
import { ana as anaAgent, createCase } from '../core/conversation-driver.ts';
import { rules as usual } from '../core/rules.ts';

const minute = 60_000;
const now = 1_000_000;
const [first, ...above] = usual.tiers;
const routing = {
  skills: { redes: ['wifi', 'router'], facturación: ['factura'] },
  agents: { 'ana@example.com': ['redes'] },
  preferSkillMs: 2 * minute,
  preferAgentMs: 2 * minute,
};
const rules: Rules = {
  ...usual,
  tiers: [{ ...first, members: ['ana@example.com', 'luis'], capacity: 2 }, ...above],
  routing,
};

const ana: Colleague = { ids: ['ana', 'slack-U1'], name: 'Ana', email: 'ana@example.com', role: 'agent' };
const luis: Colleague = { ids: ['luis'], name: 'Luis', email: null, role: 'agent' };
const eva: Colleague = { ids: ['eva'], name: 'Eva', email: 'eva@example.com', role: 'agent' };
const boss: Colleague = { ids: ['boss'], name: 'Boss', email: 'boss@example.com', role: 'supervisor' };
const everybody = [ana, luis, eva, boss];

function floor(held: Record<string, number> = {}, present: readonly Colleague[] = everybody): Floor {
  const counts = Object.entries(held).map(([agent, count]) => ({ agent, tier: 1, count }));
  return { staff: everybody, present, held: counts };
}

function waits(id: string, more: Partial<Conversation> = {}, stage: Partial<QueuedStage> = {}): Conversation {
  const state = createCase(rules, now).state();
  if (state.stage.kind !== 'queued') throw new Error('it does not wait');
  return { ...state, id, ...more, stage: { ...state.stage, ...stage } };
}

function offered(who: Colleague, queue: readonly Conversation[], at = now, on = floor()): unknown {
  const found = offerTo(who, queue, on, rules, at);
  return 'cases' in found ? found.cases.map(({ id }) => id) : found.none;
}

function names(state: Conversation, on: Floor, at = now): string[] {
  return firstFor(state, on, rules, at).map(({ name }) => name);
}

describe('the next case', () => {
  test('is the one with the nearest deadline', () => {
    const queue = [
      waits('b', {}, { acceptBy: 3 }),
      waits('a', {}, { acceptBy: 2 }),
      waits('c', {}, { acceptBy: 9, solveBy: 1 }),
    ];
    expect(offered(ana, queue)).toEqual(['c', 'a', 'b']);
  });

  test('is of a tier that one works in, by e-mail or by name', () => {
    expect(offered(ana, [waits('a')])).toEqual(['a']);
    expect(offered(luis, [waits('a')])).toEqual(['a']);
    expect(offered(eva, [waits('a')])).toBe('nothing_waits');
    expect(offered(eva, [waits('a'), waits('b', {}, { tier: 2 })])).toEqual(['b']);
  });

  test.each(['ana', 'slack-U1'])('is never one that they let go, as %s', (agent) => {
    expect(offered(ana, [waits('a', {}, { letGoBy: [agent] })], now + 99 * minute)).toBe('nothing_waits');
  });

  test('is none for whoever has as many as the tier allows, on whatever desk they took them', () => {
    expect(offered(ana, [waits('a')], now, floor({ ana: 1, luis: 7 }))).toEqual(['a']);
    expect(offered(ana, [waits('a')], now, floor({ ana: 1, 'slack-U1': 1 }))).toBe('at_capacity');
  });

  test('asks for its skill first, and after a while for anybody', () => {
    const wifi = waits('w', { subject: 'El Wi-Fi... mi ROUTER no enciende' });
    expect(skillsOf(wifi, routing)).toEqual(['redes']);
    expect(skillsOf(waits('r', { subject: 'los routers' }), routing)).toEqual([]);
    expect(offered(ana, [wifi])).toEqual(['w']);
    expect(offered(luis, [wifi])).toBe('nothing_waits');
    expect(offered(luis, [wifi], now + 2 * minute)).toEqual(['w']);
  });

  test('does not wait for a skill that nobody who is there has', () => {
    const wifi = waits('w', { subject: 'mi router' });
    expect(offered(luis, [wifi], now, floor({}, [luis, eva]))).toEqual(['w']);
    expect(offered(luis, [waits('w', { subject: 'mi router' }, { letGoBy: ['ana'] })])).toEqual(['w']);
  });

  test('goes to the same agent when the customer comes back, for a while', () => {
    const back = waits('back', { reopenings: 1, lastAgent: anaAgent }, { acceptBy: 99 });
    const other = waits('other', {}, { acceptBy: 2 });
    expect(offered(ana, [other, back])).toEqual(['back', 'other']);
    expect(offered(luis, [other, back])).toEqual(['other']);
    expect(offered(luis, [other, back], now + 2 * minute)).toEqual(['other', 'back']);
  });

  test('is kept for nobody who is away, full, or in another tier', () => {
    const back = waits('back', { reopenings: 1, lastAgent: anaAgent });
    expect(offered(luis, [back], now, floor({}, [luis]))).toEqual(['back']);
    expect(offered(luis, [back], now, floor({ ana: 2 }))).toEqual(['back']);
    const byEva = waits('back', { reopenings: 1, lastAgent: { id: 'eva', name: 'Eva' } });
    expect(offered(luis, [byEva])).toEqual(['back']);
  });

  test('is kept for nobody longer than half of the time to accept it', () => {
    const slow: Rules = { ...rules, routing: { ...routing, preferAgentMs: 60 * minute } };
    const back = waits('back', { reopenings: 1, lastAgent: anaAgent });
    const half = now + first.acceptWithinMs / 2;
    expect(offerTo(luis, [back], floor(), slow, half - 1)).toEqual({ none: 'nothing_waits' });
    expect(offerTo(luis, [back], floor(), slow, half)).toHaveProperty('cases');
  });

  test('is not one that is to be called back later', () => {
    const later = waits('later', {}, { callback: { at: now + minute, words: '' } });
    expect(offered(ana, [later])).toBe('nothing_waits');
    expect(offered(ana, [later], now + minute)).toEqual(['later']);
  });
});

describe('a case that waits', () => {
  test('is first for whoever of its tier is there and holds fewest', () => {
    expect(names(waits('a'), floor())).toEqual(['Ana', 'Luis']);
    expect(names(waits('a'), floor({ ana: 1 }))).toEqual(['Luis']);
    expect(names(waits('a'), floor({ 'slack-U1': 1 }))).toEqual(['Luis']);
    expect(names(waits('a'), floor({ ana: 1 }, [ana, eva]))).toEqual(['Ana']);
    expect(names(waits('a'), floor({ ana: 2 }, [ana, eva]))).toEqual([]);
  });

  test('is for all who may take it once half of its time has passed', () => {
    expect(names(waits('a'), floor({ ana: 1 }), now + first.acceptWithinMs / 2)).toEqual(['Ana', 'Luis']);
  });

  test('is first for whoever had it, and for nobody who let it go', () => {
    expect(names(waits('a', { lastAgent: anaAgent }), floor({ ana: 1 }))).toEqual(['Ana']);
    expect(names(waits('a', { lastAgent: anaAgent }, { letGoBy: ['ana'] }), floor({ luis: 1 }))).toEqual([
      'Luis',
    ]);
  });

  test('in a tier that names nobody it is for agents before supervisors', () => {
    const higher = waits('a', {}, { tier: 2 });
    expect(names(higher, floor({ ana: 1, luis: 1, eva: 1 }))).toEqual(['Ana', 'Luis', 'Eva']);
    expect(names(higher, floor({}, [boss]))).toEqual(['Boss']);
  });
});

describe('taking a case by hand', () => {
  test.each([
    ['a member', ana, {}, null],
    ['a stranger to the tier', eva, {}, { code: 'not_a_member', members: ['Ana', 'Luis'] }],
    ['a supervisor', boss, {}, null],
    ['whoever tries Relevo out', { ids: ['demo'], name: 'Demo', email: null, role: null }, {}, null],
    ['a member with as many as the tier allows', ana, { 'slack-U1': 2 }, { code: 'at_capacity' }],
  ] as const)('%s', (_, who, held, refusal) => {
    expect(claimRefusal(who, waits('a'), floor(held), rules)).toEqual(refusal);
  });

  test('neither who had it nor who let it go nor a skill forbids it', () => {
    const state = waits('a', { subject: 'router', lastAgent: anaAgent }, { letGoBy: ['luis'] });
    expect(claimRefusal(luis, state, floor(), rules)).toBeNull();
  });

  test('where nobody of a tier is known, its members are named as they are written', () => {
    const refusal = claimRefusal(eva, waits('a'), { staff: [eva], held: [] }, rules);
    expect(refusal).toMatchObject({ members: ['ana@example.com', 'luis'] });
  });
});
