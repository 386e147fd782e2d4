import { expect, test } from 'vitest';
import type { Commit, Event } from '../../src/core/event.ts';
import { createMissedKeeper } from '../../src/kb/missed-keeper.ts';
import { createLogReading } from '../../src/kb/missed-question.ts';
import { started, turn, wrote } from '../conversation-steps.ts';
import { createMemoryMissed, logOf } from '../store/memory-missed.ts';

const ana = { id: 'ana', name: 'Ana' };
const begin = 1_000_000;

const begun = started({ brand: 'acme' });
const closed: Event = { type: 'closed', outcome: { how: 'confirmed', by: 'bot' } };
const answered = turn({ kind: 'answered', article: 'a', confidence: 0.9 });
const feedback = turn({ kind: 'feedback', article: 'a' });
const unknown = turn({ kind: 'unknown' });
const handedOver: Event = { type: 'handed-over', reason: 'asked', tier: 1, acceptBy: 0 };

const helped = [[begun, wrote('¿dónde está mi pedido?')], [answered], [feedback, closed]];
const disliked = [[begun, wrote('¿hacen envíos a Canarias?')], [answered], [feedback]];
const unanswered = [[begun, wrote('¿tienen tienda en Valparaíso?')], [unknown]];
const thenAnswered = [
  [begun, wrote('mi vale')],
  [turn({ kind: 'clarified' })],
  [wrote('caducado'), answered],
];
const person = [
  [begun, wrote('el contrato de mi padre')],
  [answered],
  [handedOver],
  [{ type: 'claimed', agent: ana, leaseUntil: 0, solveBy: 0 } as Event],
  [closed],
];

/** A log that grows, and what is kept of it. */
function setUp() {
  const commits: Commit[] = [];
  let now = begin;
  let reads = 0;
  const log = logOf(() => commits);
  const missed = createMemoryMissed();
  const deps = {
    log: {
      since: log.since,
      commits: (...asked: Parameters<typeof log.commits>) => {
        reads += 1;
        return log.commits(...asked);
      },
    },
    missed,
    clock: { now: () => now },
  };
  return {
    keeper: createMissedKeeper(deps),
    another: (store = missed) => createMissedKeeper({ ...deps, missed: store }),
    missed,
    reads: () => reads,
    pass(ms: number) {
      now += ms;
    },
    /** Each of these happened a second after the one before. */
    happen(conversation: string, ...steps: readonly (readonly Event[])[]) {
      for (const events of steps) {
        now += 1_000;
        const seq = commits.filter((one) => one.conversation === conversation).length + 1;
        commits.push({ conversation, seq, at: now, by: { kind: 'bot' }, key: null, events, effects: [] });
      }
    },
    /** What reading all of the log says. */
    truth() {
      const reading = createLogReading();
      for (const commit of commits) reading.add(commit);
      return reading.missed();
    },
  };
}

test('what is kept says the same as all of the log, whenever it was read', async () => {
  const stories = { helped, disliked, unanswered, thenAnswered, person };
  const { keeper, happen, truth, pass } = setUp();
  const most = Math.max(...Object.values(stories).map(({ length }) => length));
  // Turn by turn, so that every place in every story is once the last one that was read.
  for (let step = 0; step < most; step += 1) {
    for (const [name, steps] of Object.entries(stories)) {
      const events = steps[step];
      if (events !== undefined) happen(name, events);
      await keeper.refresh();
    }
    pass(60_000);
    expect(await keeper.read(0, 100)).toEqual(truth());
  }
  expect(truth().map(({ conversation, happened }) => [conversation, happened])).toEqual([
    ['disliked', 'disliked'],
    ['unanswered', 'unanswered'],
    ['person', 'person'],
  ]);
});

test('conversations that the bot settled are not read, and others once for what is new', async () => {
  const { keeper, happen, reads, missed } = setUp();
  happen('helped', ...helped);
  await keeper.refresh();
  expect(reads()).toBe(0);
  happen('disliked', ...disliked);
  const first = await keeper.refresh();
  expect(reads()).toBe(1);
  expect(await keeper.refresh()).toBe(first);
  expect(reads()).toBe(1);
  expect(JSON.stringify(await missed.since(0, 10))).not.toContain('Canarias');
  expect(await missed.since(0, 10)).toMatchObject([
    {
      conversation: 'disliked',
      seq: 3,
      marks: [{ name: 'disliked.1', brand: 'acme', happened: 'disliked' }],
    },
  ]);
  happen('disliked', [wrote('otra cosa')]);
  expect(await keeper.refresh()).toBeGreaterThan(first);
});

test('several processes at once keep each question once, and what was forgotten is found again', async () => {
  const { keeper, another, happen, truth, missed } = setUp();
  for (let n = 0; n < 30; n += 1) happen(`c${n}`, ...(n % 2 === 0 ? unanswered : helped));
  await Promise.all([keeper.refresh(), another().refresh(), keeper.refresh()]);
  expect(await keeper.read(0, 100)).toEqual(truth());
  const before = (await missed.place()).changes;
  await missed.forget();
  expect(await keeper.read(0, 100)).toEqual([]);
  expect(await keeper.refresh()).toBeGreaterThan(before);
  expect(await keeper.read(0, 100)).toEqual(truth());
  expect(await keeper.read(0, 3)).toEqual(truth().slice(-3));
});

test('what is forgotten while it is being read is found all the same', async () => {
  const { another, happen, truth, missed, keeper } = setUp();
  happen('disliked', ...disliked);
  let begun = false;
  const interrupted = another({
    ...missed,
    async save(...saved) {
      if (!begun) await missed.forget();
      begun = true;
      return missed.save(...saved);
    },
  });
  await interrupted.refresh();
  expect(await keeper.read(0, 100)).toEqual(truth());
  expect(truth()).toHaveLength(1);
});
