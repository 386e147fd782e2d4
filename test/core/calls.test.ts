import { beforeEach, describe, expect, test } from 'vitest';
import type { CallSetting } from '../../src/core/call.ts';
import { deadlineOf, ownerOf } from '../../src/core/conversation.ts';
import { ana, createDriver, type Driver, logbook, luis } from './conversation-driver.ts';
import { rules } from './rules.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** A call at a moment, or at once. */
function setting(startsAt: number | null): CallSetting {
  return {
    startsAt,
    room: 'room',
    links: [
      { who: 'agent', invitation: 'a', url: 'https://relevo.test/v/a' },
      { who: 'customer', invitation: 'c', url: 'https://relevo.test/v/c' },
    ],
    timeZone: 'America/Bogota',
  };
}

describe('a call in a claimed case', () => {
  let it: Driver;
  beforeEach(() => {
    it = createDriver({ ...rules, video: true });
    it.writes('hola');
    it.botSays('', { kind: 'hand-over', reason: 'asked', call: 'customer' });
    expect(it.told()).toContain('call-noted');
    expect(it.does({ type: 'claim', agent: ana })).toBeNull();
  });
  const call = () => {
    const { stage } = it.state();
    return stage.kind === 'claimed' ? stage.call : null;
  };
  const deadline = () => deadlineOf(it.state().stage);
  const set = (startsAt: number | null) =>
    it.does({ type: 'set-call', agent: ana, setting: setting(startsAt) });
  const seen = (who: 'agent' | 'customer', what: 'waiting' | 'entered' | 'left') =>
    it.does({ type: 'call-seen', who, what, checks: null });

  test('begins as a wish, which whoever takes the case finds', () => {
    expect(call()).toMatchObject({ phase: 'requested', by: 'customer' });
    expect(it.state().callWish).toBeNull();
    expect(deadline()?.kind).toBe('lease');
  });

  test('rings a day before, ten minutes before, and when nobody has come', () => {
    const startsAt = it.now + 3 * day;
    set(startsAt);
    expect(call()).toMatchObject({ phase: 'scheduled', startsAt });
    expect(it.told()).toContain('call-scheduled');
    const rings: [string, number][] = [];
    for (let ring = 0; ring < 3; ring += 1) {
      expect(deadline()?.kind).toBe('call');
      const at = deadline()?.at ?? 0;
      it.waits();
      rings.push([it.told().at(-1) ?? '', at - startsAt]);
    }
    expect(rings).toEqual([
      ['call-reminder', -day],
      ['call-soon', -10 * minute],
      ['call-missed', 10 * minute],
    ]);
    expect(call()).toBeNull();
    expect(ownerOf(it.state().stage)).toMatchObject({ kind: 'customer' });
    expect(deadline()?.kind).toBe('remind');
  });

  test('stops the time to solve, as waiting for the customer does', () => {
    const { stage } = it.state();
    const solveBy = stage.kind === 'claimed' ? stage.solveBy : 0;
    const before = it.now;
    set(it.now + 2 * day);
    it.now += day;
    it.does({ type: 'cancel-call', agent: ana });
    const after = it.state().stage;
    expect(after.kind === 'claimed' && after.solveBy).toBe(solveBy + (it.now - before));
  });

  test('obliges the agent to answer what is written meanwhile, and not what is tapped', () => {
    set(it.now + 2 * day);
    it.writes({ kind: 'choice', option: 'call-move' });
    expect(deadline()?.kind).toBe('call');
    it.writes('¿tengo que preparar algo?');
    expect(deadline()).toEqual({ kind: 'lease', at: it.now + rules.limits.leaseMs });
    expect(ownerOf(it.state().stage)).toMatchObject({ kind: 'agent' });
    it.does({ type: 'reply', agent: ana, text: 'no, nada' });
    expect(deadline()?.kind).toBe('call');
  });

  test('goes with no agent who lets the case go: the wish stays for the next', () => {
    set(it.now + 2 * day);
    it.writes('¿hola?');
    it.waits();
    expect(it.told()).toEqual(['call-off', 'released']);
    expect(it.state().stage.kind).toBe('queued');
    expect(it.state().callWish).toMatchObject({ by: 'customer' });
    it.does({ type: 'claim', agent: luis });
    expect(call()).toMatchObject({ phase: 'requested', links: [] });
  });

  test('is live when both are in, ends, and is counted from then to then', () => {
    set(null);
    expect(call()?.phase).toBe('invited');
    seen('customer', 'waiting');
    expect(call()).toMatchObject({ phase: 'waiting', customer: 'waiting' });
    expect(ownerOf(it.state().stage)).toMatchObject({ kind: 'customer' });
    seen('customer', 'entered');
    expect(ownerOf(it.state().stage)).toMatchObject({ kind: 'agent' });
    it.now += 2 * minute;
    seen('agent', 'entered');
    expect(call()).toMatchObject({ phase: 'live', liveAt: it.now });
    it.now += 12 * minute;
    const report = { summary: 'era el cable', advice: 'no lo doble' };
    it.does({ type: 'end-call', agent: ana, report, followUpDays: null });
    expect(it.state().lastCall).toMatchObject({ outcome: 'held', heldMs: 12 * minute, ...report });
    expect(it.last).toContainEqual(expect.objectContaining({ type: 'said', from: 'agent' }));
    expect(deadline()?.kind).toBe('lease');
  });

  test('that both have left is over after a while, and ended when they left', () => {
    set(null);
    seen('customer', 'entered');
    seen('agent', 'entered');
    it.now += 5 * minute;
    seen('agent', 'left');
    seen('customer', 'left');
    const left = it.now;
    it.waits();
    expect(it.state().lastCall).toMatchObject({ outcome: 'held', at: left, heldMs: 5 * minute });
  });

  test('to which the agent does not come goes to somebody else', () => {
    set(null);
    seen('customer', 'entered');
    it.waits();
    expect(it.told()).toEqual(['call-missed-by-us', 'released']);
    expect(it.state().stage.kind).toBe('queued');
    expect(it.state().callWish).not.toBeNull();
  });

  test('ends with the case, whatever ends it', () => {
    set(it.now + day);
    it.does({ type: 'escalate', agent: ana, reason: 'difícil', tier: null });
    expect(it.last.map(({ type }) => type)).toEqual(['call-ended', 'said', 'escalated', 'said']);
    it.does({ type: 'claim', agent: luis });
    it.does({ type: 'set-call', agent: luis, setting: setting(null) });
    seen('agent', 'entered');
    seen('customer', 'entered');
    it.does({ type: 'solve', agent: luis, logbook });
    expect(it.state()).toMatchObject({ stage: { kind: 'solved' }, lastCall: { outcome: 'held' } });
    it.writes('sí', { kind: 'yes' });
    expect(it.told()).toEqual(['ask-rating-call']);
  });

  test('is cancelled by the customer with one tap, also by its number', () => {
    set(it.now + day);
    it.writes('2', { kind: 'rating', stars: 2 });
    expect(it.told()).toEqual(['call-cancelled']);
    expect(call()).toBeNull();
    it.writes({ kind: 'choice', option: `call-at-${it.now - 1}` });
    expect(it.last.some(({ type }) => type === 'call-times-wanted')).toBe(true);
  });

  test('is refused to who has no minutes, and to nobody else who holds the case', () => {
    it.does({ type: 'refuse-call' });
    expect(it.told()).toEqual(['call-no-minutes']);
    expect(call()).toBeNull();
    expect(it.does({ type: 'set-call', agent: luis, setting: setting(null) })).toMatchObject({
      code: 'not_yours',
    });
    expect(set(it.now - 1)).toMatchObject({ code: 'call_in_the_past' });
    it.rules = rules;
    expect(set(null)).toMatchObject({ code: 'no_video' });
  });
});

describe('some days after', () => {
  test('the customer is asked once whether all is well, and reopens it with a no', () => {
    const it = createDriver({ ...rules, video: true });
    it.writes('hola');
    it.botSays('', { kind: 'hand-over', reason: 'asked' });
    it.does({ type: 'claim', agent: ana });
    it.does({ type: 'solve', agent: ana, logbook, followUpDays: 3 });
    it.writes('sí', { kind: 'yes' });
    it.writes('5', { kind: 'rating', stars: 5 });
    expect(deadlineOf(it.state().stage)).toEqual({ kind: 'follow-up', at: it.now + 3 * day });
    it.writes('gracias', { kind: 'thanks' });
    expect(it.state().stage).toMatchObject({ kind: 'solved', step: 'later' });
    it.waits();
    expect(it.told()).toEqual(['follow-up']);
    it.writes('no', { kind: 'no' });
    expect(it.state()).toMatchObject({ stage: { kind: 'queued' }, reopenings: 1, followUpDays: null });
  });

  test('an article asks for it too, and silence is taken for well', () => {
    const it = createDriver(rules);
    it.writes('hola');
    it.does({
      type: 'bot-turn',
      throughSeq: it.state().pending[0]?.seq ?? 0,
      decision: {
        language: 'es',
        say: [{ text: 'a', options: [], sources: [{ article: 'a', title: 'A', followUpDays: 2 }] }],
        action: { kind: 'hand-over', reason: 'disliked' },
        memory: null,
        outcome: { kind: 'answered' },
        intake: null,
      },
    });
    it.does({ type: 'claim', agent: ana });
    it.does({ type: 'solve', agent: ana, logbook });
    it.waits();
    expect(it.state().stage).toMatchObject({ kind: 'solved', step: 'later', confirmed: false });
    it.waits();
    it.waits();
    expect(it.state().stage).toMatchObject({ kind: 'closed', outcome: { how: 'assumed', by: 'person' } });
  });
});
