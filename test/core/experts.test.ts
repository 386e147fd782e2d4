import { describe, expect, test } from 'vitest';
import { deadlineOf, ownerOf } from '../../src/core/conversation.ts';
import type { Rules } from '../../src/core/rules.ts';
import { ana, createClaimed, logbook, luis } from './conversation-driver.ts';
import { limits, tiers, rules as usual } from './rules.ts';

const hour = 3_600_000;
const day = 24 * hour;
const [first, ...above] = tiers;
const expert: Rules = { ...usual, tiers: [{ ...first, assess: true }, ...above] };
const assessment = { solvable: true, missing: 'the serial number', howLong: 'a day', best: 'a new cable' };

describe('an expert', () => {
  test('records four answers before solving a case or giving it on', () => {
    const it = createClaimed(expert);
    const missing = { code: 'assessment_missing' };
    expect(it.does({ type: 'solve', agent: ana, logbook })).toEqual(missing);
    expect(it.does({ type: 'escalate', agent: ana, reason: 'hard', tier: null })).toEqual(missing);
    expect(it.does({ type: 'reply', agent: ana, text: 'one moment' })).toBeNull();
    expect(it.does({ type: 'assess', agent: luis, assessment })).toEqual({ code: 'not_yours', holder: ana });
    expect(it.does({ type: 'assess', agent: ana, assessment })).toBeNull();
    expect(it.told()).toEqual([]);
    expect(it.state().assessment).toEqual({ ...assessment, agent: ana, tier: 1 });
    expect(it.does({ type: 'solve', agent: ana, logbook })).toBeNull();
  });

  test('does so anew when the case comes back', () => {
    const it = createClaimed(expert);
    it.does({ type: 'assess', agent: ana, assessment });
    it.does({ type: 'solve', agent: ana, logbook });
    it.waits();
    it.writes('it is back');
    it.does({ type: 'claim', agent: ana });
    expect(it.does({ type: 'solve', agent: ana, logbook })).toEqual({ code: 'assessment_missing' });
  });

  test('gives the logbook as far as it is to the next tier', () => {
    const it = createClaimed();
    it.does({ type: 'escalate', agent: ana, reason: 'hard', tier: null, logbook });
    expect(it.state().logbook).toEqual(logbook);
  });
});

describe('with the vendor', () => {
  const asked = () => {
    const it = createClaimed();
    it.does({ type: 'to-vendor', agent: ana, reference: 'RMA-7', remindAt: it.now + day });
    return it;
  };

  test('the vendor owns the case and the agent is reminded, again and again', () => {
    const it = asked();
    const begun = it.now;
    expect(ownerOf(it.state().stage)).toEqual({ kind: 'vendor', agent: ana, reference: 'RMA-7' });
    expect(deadlineOf(it.state().stage)).toEqual({ kind: 'vendor', at: begun + day });
    it.waits();
    expect(it.told()).toEqual([]);
    expect(it.state().stage).toMatchObject({ vendor: { reminded: 1, remindAt: begun + 2 * day } });
    it.does({ type: 'note', agent: ana, text: 'they are on it' });
    expect(it.state().stage).toMatchObject({ vendor: { reminded: 0, remindAt: begun + 2 * day } });
  });

  test('whoever lets all reminders pass loses the case to the next, who sees the reference', () => {
    const it = asked();
    const left = tiers[0].solveWithinMs;
    for (let n = 0; n <= limits.reminders; n += 1) it.waits();
    expect(it.state().stage).toMatchObject({ solveBy: it.now + left });
    expect(it.state()).toMatchObject({
      stage: { kind: 'queued', tier: 1, letGoBy: ['ana'] },
      vendor: { reference: 'RMA-7', answered: false },
    });
  });

  test('the vendor’s time does not count, and their answer gives the word back to the agent', () => {
    const it = asked();
    const { stage } = it.state();
    it.now += 5 * hour;
    expect(it.does({ type: 'vendor-answered', agent: ana, answer: 'a new part' })).toBeNull();
    const solveBy = stage.kind === 'claimed' ? stage.solveBy + 5 * hour : 0;
    expect(it.state()).toMatchObject({ stage: { vendor: null, solveBy }, vendor: { answered: true } });
    expect(ownerOf(it.state().stage)).toEqual({ kind: 'agent', agent: ana });
    expect(it.does({ type: 'vendor-answered', agent: ana, answer: 'x' })).toEqual({
      code: 'not_with_vendor',
    });
  });

  test('a customer who writes meanwhile is seen to within a lease; a reply leaves it with the vendor', () => {
    const it = asked();
    it.writes('any news?');
    expect(deadlineOf(it.state().stage)).toEqual({ kind: 'vendor', at: it.now + limits.leaseMs });
    it.does({ type: 'reply', agent: ana, text: 'not yet' });
    expect(it.told()).toEqual(['not yet']);
    expect(ownerOf(it.state().stage)).toMatchObject({ kind: 'vendor' });
  });

  test('it can be solved and given on from there', () => {
    expect(asked().does({ type: 'solve', agent: ana, logbook })).toBeNull();
    expect(asked().does({ type: 'escalate', agent: ana, reason: 'hard', tier: null })).toBeNull();
  });
});

describe('a plan', () => {
  test('changes the deadlines that are set from then on, and none that are', () => {
    const hasty = { ...first, solveWithinMs: hour };
    const rules: Rules = {
      ...usual,
      plans: ['free', 'special'],
      ladderOf: ({ plan }) => (plan === 'special' ? [hasty, ...above] : usual.tiers),
    };
    const it = createClaimed(rules);
    const before = it.state().stage;
    expect(it.does({ type: 'set-plan', agent: luis, plan: 'gold' })).toEqual({ code: 'no_such_plan' });
    expect(it.does({ type: 'set-plan', agent: luis, plan: 'special' })).toBeNull();
    expect(it.state()).toMatchObject({ plan: 'special', stage: before });
    it.does({ type: 'solve', agent: ana, logbook });
    it.writes('no', { kind: 'no' });
    expect(it.state().stage).toMatchObject({ solveBy: it.now + hour });
  });
});
