import { describe, expect, test } from 'vitest';
import { deadlineOf, maxQuestions, ownerOf } from '../../src/core/conversation.ts';
import { botMayAsk } from '../../src/core/decide-question.ts';
import { effectsOf } from '../../src/core/event.ts';
import type { Rules } from '../../src/core/rules.ts';
import { ana, createCase, createClaimed, createDriver, type Driver, luis } from './conversation-driver.ts';
import { officeHours } from './office-hours.ts';
import { limits, tiers, rules as usual } from './rules.ts';

const asking: Rules = {
  ...usual,
  botAsks: 2,
  say: (language, key, values) => (key === 'question-answered' ? `${values?.answer}` : `${language}:${key}`),
};
const ask = { type: 'ask', agent: ana, tier: 3, text: 'which cable?' } as const;
const answer = { type: 'answer-question', agent: luis, question: 1, answer: 'the blue one' } as const;

/** A conversation whose bot did not know and asked. */
function asked(rules: Rules = asking): Driver {
  const it = createDriver(rules);
  it.writes('which cable?');
  expect(it.botSays('hm', { kind: 'ask', text: 'which cable?' })).toBeNull();
  return it;
}

describe('an agent asks a tier', () => {
  test('and keeps the case, its deadlines and the silence towards the customer', () => {
    const it = createClaimed();
    it.now += 1_000;
    const { solveBy } = it.state().stage as { solveBy: number };
    expect(it.does(ask)).toBeNull();
    expect(ownerOf(it.state().stage)).toEqual({ kind: 'agent', agent: ana });
    expect(it.state().stage).toMatchObject({ solveBy, leaseUntil: it.now + limits.leaseMs });
    expect(it.state().questions).toEqual([{ number: 1, tier: 3, by: ana, text: 'which cable?', at: it.now }]);
    expect(it.does(answer)).toBeNull();
    expect(it.last).toEqual([
      { type: 'question-answered', question: 1, agent: luis, answer: 'the blue one' },
    ]);
    expect(effectsOf(it.last)).toEqual([]);
    expect(it.state().questions).toEqual([]);
    expect(it.does(answer)).toEqual({ code: 'no_such_question' });
  });

  test('only while they hold it, only tiers there are, and not without end', () => {
    expect(createCase().does(ask)).toEqual({ code: 'not_claimed' });
    const it = createClaimed();
    expect(it.does({ ...ask, agent: luis })).toEqual({ code: 'not_yours', holder: ana });
    expect(it.does({ ...ask, tier: 9 })).toEqual({ code: 'no_such_tier' });
    for (let n = 0; n < maxQuestions; n += 1) expect(it.does(ask)).toBeNull();
    expect(it.does(ask)).toEqual({ code: 'too_many_questions' });
  });

  test('and whoever gets the case next still hears the answer; a closed case asks nothing', () => {
    const it = createClaimed();
    it.does(ask);
    it.does({ type: 'escalate', agent: ana, reason: 'hard', tier: null });
    expect(it.state().questions).toHaveLength(1);
    it.does({ type: 'claim', agent: luis });
    it.does({ type: 'reply', agent: luis, text: 'a moment' });
    for (let n = 0; n <= limits.reminders; n += 1) it.waits();
    expect(it.state()).toMatchObject({ stage: { kind: 'closed' }, questions: [] });
    expect(it.does(answer)).toEqual({ code: 'no_such_question' });
  });
});

describe('the bot asks a tier', () => {
  test('the customer hears of it, and the conversation stays the bot’s until the tier’s deadline', () => {
    const it = asked();
    expect(it.told()).toEqual(['hm', 'question-asked']);
    expect(ownerOf(it.state().stage)).toEqual({ kind: 'bot' });
    expect(deadlineOf(it.state().stage)).toEqual({ kind: 'question', at: it.now + tiers[1].acceptWithinMs });
    expect(it.state().lastTier).toBeNull();
  });

  test('the bot says the answer as the person’s own, and then the customer is to speak', () => {
    const it = asked();
    it.now += 60_000;
    expect(it.does(answer)).toBeNull();
    expect(it.last.at(-1)).toMatchObject({ type: 'said', from: 'bot', text: 'the blue one' });
    expect(it.last.at(-1)).toMatchObject({ options: [{ id: 'helped' }, { id: 'not-helped' }] });
    expect(ownerOf(it.state().stage)).toEqual({ kind: 'customer' });
    expect(deadlineOf(it.state().stage)).toEqual({ kind: 'idle', at: it.now + limits.idleMs });
    it.writes('and the red one?');
    expect(botMayAsk(it.state(), asking, it.now)).toBe(false);
    it.botSays('hm', { kind: 'ask', text: 'and the red one?' });
    expect(it.state().stage).toMatchObject({ kind: 'queued', tier: 1 });
  });

  test('nobody answers in time: a person gets the case, and a late answer reaches nobody', () => {
    const it = asked();
    it.waits();
    expect(it.last.map(({ type }) => type)).toEqual(['question-expired', 'handed-over', 'said']);
    expect(it.told()).toEqual(['handed-over']);
    expect(it.does(answer)).toEqual({ code: 'no_such_question' });
  });

  test('the customer asks for a person meanwhile: the question ends, and its answer is dropped', () => {
    const it = asked();
    it.writes('I want a person');
    expect(it.botSays('of course', { kind: 'hand-over', reason: 'asked' })).toBeNull();
    expect(it.state()).toMatchObject({ stage: { kind: 'queued' }, questions: [], botAsked: 'unanswered' });
    expect(it.does(answer)).toEqual({ code: 'no_such_question' });
  });

  test('what the customer adds is added to the question, and the deadline stays', () => {
    const it = asked();
    const until = deadlineOf(it.state().stage);
    it.now += 60_000;
    it.writes('it is for the router');
    expect(deadlineOf(it.state().stage)?.kind).toBe('turn');
    expect(botMayAsk(it.state(), asking, it.now)).toBe(true);
    it.botSays('hm', { kind: 'ask', text: 'it is for the router' });
    expect(it.told()).toEqual(['hm', 'question-added']);
    expect(it.state().questions).toMatchObject([{ number: 1, text: 'which cable?\nit is for the router' }]);
    expect(deadlineOf(it.state().stage)).toEqual(until);
    it.writes('thank you');
    it.botSays('you are welcome');
    expect(deadlineOf(it.state().stage)).toEqual(until);
    it.writes('it works again');
    it.botSays('good', { kind: 'resolve' });
    expect(it.state()).toMatchObject({ stage: { kind: 'closed' }, questions: [], botAsked: null });
  });

  test('an answer that comes while the bot reads on is said, and the bot still owes its own', () => {
    const it = asked();
    it.writes('it is for the router');
    expect(it.does(answer)).toBeNull();
    expect(deadlineOf(it.state().stage)?.kind).toBe('turn');
    expect(it.botSays('fine')).toBeNull();
    expect(ownerOf(it.state().stage)).toEqual({ kind: 'customer' });
  });

  test.each([
    ['nobody is to be asked', usual, 1_000_000],
    ['the ladder has no such tier', { ...asking, botAsks: 9 }, 1_000_000],
    [
      'the tier is away',
      { ...asking, tiers: [tiers[0], { ...tiers[1], hours: officeHours }, tiers[2]] } satisfies Rules,
      1_000_000,
    ],
  ])('it hands over as usual where %s', (_, rules: Rules, now) => {
    const it = createDriver(rules);
    it.now = now;
    it.writes('which cable?');
    expect(botMayAsk(it.state(), rules, it.now)).toBe(false);
    it.botSays('hm', { kind: 'ask', text: 'which cable?' });
    expect(it.told()).toEqual(['hm', 'handed-over']);
    expect(it.state().stage).toMatchObject({ kind: 'queued', tier: 1 });
  });
});
