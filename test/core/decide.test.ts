import { describe, expect, test } from 'vitest';
import { deadlineOf, ownerOf } from '../../src/core/conversation.ts';
import { ana, createCase, createClaimed, createDriver, logbook, luis } from './conversation-driver.ts';
import { limits, tiers } from './rules.ts';

describe('with the bot', () => {
  test('a first message makes the bot owe an answer', () => {
    const it = createDriver();
    it.writes('hola');
    expect(ownerOf(it.state().stage)).toEqual({ kind: 'bot' });
    expect(deadlineOf(it.state().stage)).toEqual({ kind: 'turn', at: it.now + limits.turnMs });
  });

  test('an answer leaves the word to the customer; much later the conversation is closed as assumed', () => {
    const it = createDriver();
    it.writes('hola');
    it.botSays('hola, ¿qué pasa?');
    expect(ownerOf(it.state().stage)).toEqual({ kind: 'customer' });
    it.waits();
    expect(it.state().stage).toMatchObject({ kind: 'closed', outcome: { how: 'assumed', by: 'bot' } });
  });

  test('what the customer wrote during the answer is a turn of its own', () => {
    const it = createDriver();
    it.writes('one');
    it.writes('two');
    it.does({
      type: 'bot-turn',
      throughSeq: 1,
      decision: {
        language: 'es',
        say: [],
        action: { kind: 'resolve' },
        memory: null,
        outcome: { kind: 'answered' },
        intake: null,
      },
    });
    expect(it.state().stage).toMatchObject({ kind: 'bot', turn: { throughSeq: 2, attempt: 1 } });
    expect(it.state().pending).toHaveLength(1);
  });

  test('a turn that nobody takes is tried once more and then handed over, with an apology', () => {
    const it = createDriver();
    it.writes('hola');
    it.waits();
    expect(it.state().stage).toMatchObject({ kind: 'bot', turn: { attempt: 2 } });
    it.waits();
    expect(it.state().stage).toMatchObject({ kind: 'queued', tier: 1 });
    expect(it.told()).toEqual(['handed-over-failure']);
  });

  test.each(['error', 'timeout', 'shutdown'] as const)('a turn that ends in %s is handed over', (reason) => {
    const it = createDriver();
    it.writes('hola');
    it.does({ type: 'bot-failed', throughSeq: 1, reason });
    expect(it.state().stage).toMatchObject({ kind: 'queued', tier: 1 });
    expect(it.told()).toEqual(['handed-over-failure']);
  });

  test('its words are dropped once people have the case', () => {
    const it = createCase();
    expect(it.botSays('me again')).toEqual({ code: 'superseded' });
  });

  test('after a close a message goes to the bot again where no person ever had the case', () => {
    const it = createDriver();
    it.writes('hola');
    it.botSays('de nada', { kind: 'resolve' });
    expect(it.state().stage).toMatchObject({ kind: 'closed', outcome: { how: 'confirmed', by: 'bot' } });
    it.writes('gracias', { kind: 'thanks' });
    expect(it.state().stage.kind).toBe('closed');
    it.writes('otra cosa');
    expect(ownerOf(it.state().stage)).toEqual({ kind: 'bot' });
  });
});

describe('in the queue', () => {
  test('the first claim wins, the second is told who has it, the winner may claim again', () => {
    const it = createCase();
    expect(it.does({ type: 'claim', agent: ana })).toBeNull();
    expect(it.told()).toEqual(['claimed']);
    expect(it.does({ type: 'claim', agent: luis })).toEqual({ code: 'already_claimed', holder: ana });
    expect(it.does({ type: 'claim', agent: ana })).toBeNull();
    expect(it.last).toEqual([]);
  });

  test('a case that nobody accepts climbs, and rings at the top until somebody comes', () => {
    const it = createCase();
    it.waits();
    expect(it.state().stage).toMatchObject({ kind: 'queued', tier: 2 });
    expect(it.told()).toEqual(['escalated']);
    it.waits();
    it.waits();
    expect(it.state().stage).toMatchObject({ kind: 'queued', tier: 3, alarms: 1 });
    expect(it.told()).toEqual(['still-looking']);
    it.waits();
    expect(it.state().stage).toMatchObject({ alarms: 2 });
    expect(it.told()).toEqual([]);
  });

  test('a deadline that is no longer the case’s own does nothing, nor one that rings early', () => {
    const it = createCase();
    const deadline = { kind: 'accept', at: it.now + tiers[0].acceptWithinMs } as const;
    it.does({ type: 'timer', deadline });
    expect(it.last).toEqual([]);
    it.does({ type: 'claim', agent: ana });
    it.now = deadline.at;
    it.does({ type: 'timer', deadline });
    expect(it.last).toEqual([]);
    expect(it.state().stage.kind).toBe('claimed');
  });

  test('only who holds a case acts on it; a note may come from anybody', () => {
    const it = createCase();
    expect(it.does({ type: 'reply', agent: ana, text: 'hi' })).toEqual({ code: 'not_claimed' });
    it.does({ type: 'claim', agent: ana });
    for (const type of ['reply', 'note'] as const) {
      const refused = it.does({ type, agent: luis, text: 'hi' });
      expect(refused).toEqual(type === 'note' ? null : { code: 'not_yours', holder: ana });
    }
    expect(it.does({ type: 'solve', agent: luis, logbook })).toEqual({ code: 'not_yours', holder: ana });
  });

  test('before the hand-over there is nothing for people to do', () => {
    const it = createDriver();
    it.writes('hola');
    expect(it.does({ type: 'claim', agent: ana })).toEqual({ code: 'not_open_to_people' });
    expect(it.does({ type: 'reply', agent: ana, text: 'hi' })).toEqual({ code: 'not_open_to_people' });
  });
});

describe('with an agent', () => {
  test('who falls silent loses the case to the queue, and the deadline to solve goes on', () => {
    const it = createClaimed();
    const solveBy = it.now + tiers[0].solveWithinMs;
    it.waits();
    expect(it.state().stage).toMatchObject({ kind: 'queued', tier: 1, solveBy, letGoBy: ['ana'] });
    expect(it.told()).toEqual(['released']);
    it.does({ type: 'claim', agent: luis });
    expect(it.state().stage).toMatchObject({ kind: 'claimed', solveBy });
  });

  test('who lets it go is not forgotten, wherever it goes until it is reopened', () => {
    const it = createClaimed();
    const letGo = () => {
      const { stage } = it.state();
      return stage.kind === 'queued' || stage.kind === 'claimed' ? stage.letGoBy : null;
    };
    it.waits();
    it.does({ type: 'claim', agent: luis });
    it.does({ type: 'solve', agent: luis, logbook });
    it.writes('no', { kind: 'no' });
    expect(letGo()).toEqual(['ana']);
    it.does({ type: 'escalate', agent: luis, reason: 'too hard', tier: null });
    expect(letGo()).toEqual(['ana', 'luis']);
  });

  test('a note extends the lease, and says nothing to the customer', () => {
    const it = createClaimed();
    it.now += limits.leaseMs - 1;
    it.does({ type: 'note', agent: ana, text: 'thinking' });
    expect(it.told()).toEqual([]);
    expect(deadlineOf(it.state().stage)).toEqual({ kind: 'lease', at: it.now + limits.leaseMs });
  });

  test('a reply leaves the word to the customer, whose time does not count against the tier', () => {
    const it = createClaimed();
    const solveBy = it.now + tiers[0].solveWithinMs;
    it.does({ type: 'reply', agent: ana, text: 'try this' });
    expect(ownerOf(it.state().stage)).toEqual({ kind: 'customer', agent: ana });
    it.now += 3_600_000;
    it.writes('no change');
    expect(it.state().stage).toMatchObject({ solveBy: solveBy + 3_600_000, waiting: null });
    expect(ownerOf(it.state().stage)).toEqual({ kind: 'agent', agent: ana });
  });

  test('a customer who never answers is reminded, reminded again, and let go politely', () => {
    const it = createClaimed();
    it.does({ type: 'reply', agent: ana, text: 'try this' });
    it.waits();
    expect(it.told()).toEqual(['reminder']);
    it.waits();
    expect(it.told()).toEqual(['reminder']);
    it.waits();
    expect(it.told()).toEqual(['closed-abandoned']);
    expect(it.state().stage).toMatchObject({ kind: 'closed', outcome: { how: 'abandoned', by: 'person' } });
  });

  test('a case that is not solved in time climbs, and the old owner loses it', () => {
    const it = createClaimed();
    const solveBy = it.now + tiers[0].solveWithinMs;
    while (it.state().stage.kind === 'claimed' && it.now < solveBy) {
      it.now = Math.min(solveBy, it.now + limits.leaseMs / 2);
      if (it.now < solveBy) it.does({ type: 'note', agent: ana, text: 'still on it' });
      else it.does({ type: 'timer', deadline: { kind: 'solve', at: solveBy } });
    }
    expect(it.state().stage).toMatchObject({ kind: 'queued', tier: 2 });
    expect(it.does({ type: 'reply', agent: ana, text: 'wait' })).toEqual({ code: 'not_claimed' });
  });

  test('escalating goes one up, or to a named tier above, and nowhere else', () => {
    const it = createClaimed();
    const to = (tier: number | null) => it.does({ type: 'escalate', agent: ana, reason: 'hard', tier });
    expect(to(1)).toEqual({ code: 'no_such_tier' });
    expect(to(9)).toEqual({ code: 'no_such_tier' });
    expect(to(3)).toBeNull();
    expect(it.state().stage).toMatchObject({ kind: 'queued', tier: 3 });
    it.does({ type: 'claim', agent: ana });
    expect(to(null)).toEqual({ code: 'no_higher_tier' });
  });

  test('given back to the bot, the next message is the bot’s, with a fresh memory', () => {
    const it = createClaimed();
    it.does({ type: 'return-to-bot', agent: ana });
    expect(it.told()).toEqual(['returned-to-bot']);
    expect(ownerOf(it.state().stage)).toEqual({ kind: 'customer' });
    it.writes('and now?');
    expect(ownerOf(it.state().stage)).toEqual({ kind: 'bot' });
    it.botSays('a person again', { kind: 'hand-over', reason: 'asked' });
    expect(it.state().stage).toMatchObject({ kind: 'queued', tier: 1 });
  });
});

describe('solved', () => {
  const solved = () => {
    const it = createClaimed();
    it.does({ type: 'solve', agent: ana, logbook });
    return it;
  };

  test('the customer is asked with two choices', () => {
    const it = solved();
    expect(it.last.at(-1)).toMatchObject({
      type: 'said',
      options: [{ id: 'solved-yes' }, { id: 'solved-no' }],
    });
    expect(it.state().logbook).toEqual(logbook);
  });

  test.each([
    [{ kind: 'choice', option: 'solved-yes' } as const, null],
    ['sí', { kind: 'yes' } as const],
    ['gracias', { kind: 'thanks' } as const],
    ['1', { kind: 'rating', stars: 1 } as const],
  ])('%j is a yes, and asks for a rating', (content, meaning) => {
    const it = solved();
    it.writes(content, meaning);
    expect(it.state().stage).toMatchObject({ kind: 'solved', step: 'rate' });
    expect(it.last.at(-1)).toMatchObject({ options: [1, 2, 3, 4, 5].map((n) => ({ id: `rate-${n}` })) });
  });

  test.each([
    [{ kind: 'choice', option: 'solved-no' } as const, null],
    ['no', { kind: 'no' } as const],
    ['2', { kind: 'rating', stars: 2 } as const],
    ['it broke again', null],
  ])('%j goes back to the same agent', (content, meaning) => {
    const it = solved();
    it.writes(content, meaning);
    expect(ownerOf(it.state().stage)).toEqual({ kind: 'agent', agent: ana });
  });

  test('a rating closes it; another one afterwards changes nothing and reopens nothing', () => {
    const it = solved();
    it.writes('sí', { kind: 'yes' });
    it.writes({ kind: 'choice', option: 'rate-4' });
    expect(it.state()).toMatchObject({
      stars: 4,
      stage: { kind: 'closed', outcome: { how: 'confirmed', by: 'person' } },
    });
    it.writes({ kind: 'choice', option: 'rate-1' });
    expect(it.state()).toMatchObject({ stars: 4, stage: { kind: 'closed' } });
  });

  test('a second solution is rated for itself', () => {
    const it = solved();
    it.writes('sí', { kind: 'yes' });
    it.writes({ kind: 'choice', option: 'rate-5' });
    it.writes('it is back');
    it.does({ type: 'claim', agent: luis });
    it.does({ type: 'solve', agent: luis, logbook });
    expect(it.state().stars).toBeNull();
    it.writes('sí', { kind: 'yes' });
    it.writes({ kind: 'choice', option: 'rate-2' });
    expect(it.state()).toMatchObject({ stars: 2, stage: { kind: 'closed' } });
  });

  test.each(['no', 'thanks', 'yes'] as const)(
    '"%s" to the rating leaves it unrated and reopens nothing',
    (kind) => {
      const it = solved();
      it.writes('sí', { kind: 'yes' });
      it.writes(kind, { kind });
      expect(it.state()).toMatchObject({ stars: null, stage: { kind: 'solved', step: 'rate' } });
      it.waits();
      expect(it.state().stage).toMatchObject({ kind: 'closed', outcome: { how: 'confirmed', by: 'person' } });
    },
  );

  test('silence is an assumption, not a confirmation; a late rating still counts', () => {
    const it = solved();
    it.waits();
    expect(it.state().stage).toMatchObject({ kind: 'closed', outcome: { how: 'assumed', by: 'person' } });
    it.writes('5', { kind: 'rating', stars: 5 });
    expect(it.state()).toMatchObject({ stars: 5, stage: { kind: 'closed' } });
  });

  test('other words instead of a rating close it as confirmed and reopen it', () => {
    const it = solved();
    it.writes('sí', { kind: 'yes' });
    it.writes('ahora falla otra cosa');
    expect(it.last.map(({ type }) => type)).toEqual(['customer-wrote', 'closed', 'reopened', 'said']);
    expect(it.state().stage).toMatchObject({ kind: 'queued', tier: 1 });
  });

  test('the first reopening goes to the last tier, the second one up', () => {
    const it = solved();
    it.waits();
    it.writes('it is back');
    expect(it.state().stage).toMatchObject({ kind: 'queued', tier: 1 });
    it.does({ type: 'claim', agent: luis });
    it.does({ type: 'solve', agent: luis, logbook });
    it.waits();
    it.writes('and again');
    expect(it.state().stage).toMatchObject({ kind: 'queued', tier: 2 });
  });
});
