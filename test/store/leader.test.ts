import { expect, test } from 'vitest';
import type { Leadership } from '../../src/core/leadership.ts';
import { createLeader } from '../../src/store/leader.ts';
import { createGate } from '../gate.ts';
import { hearLog } from '../log.ts';

/** A leadership whose claims end as a test says, with the looks fired by hand. */
function setup(begin: () => Promise<void> = async () => undefined, newsLevel?: 'debug') {
  const seen: string[] = [];
  let wins: boolean | Error = true;
  let leads = false;
  let look: () => void = () => undefined;
  const leadership: Leadership = {
    leads: () => leads,
    fence: () => 1,
    everyMs: 5,
    async claim() {
      seen.push('claim');
      if (wins instanceof Error) throw wins;
      leads = wins;
      return wins;
    },
    async leave() {
      leads = false;
      seen.push('leave');
    },
  };
  const heard = hearLog();
  const leader = createLeader({
    leadership,
    name: 'mail',
    log: heard.log,
    ...(newsLevel === undefined ? {} : { newsLevel }),
    duties: {
      async begin() {
        seen.push('begin');
        await begin();
      },
      async end() {
        seen.push('end');
      },
    },
    every(run) {
      look = run;
      return () => seen.push('no more looks');
    },
  });
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  return {
    leader,
    seen,
    news: () => heard.messages(30),
    async looks(next: boolean | Error = wins) {
      wins = next;
      look();
      await settled();
    },
    expires() {
      leads = false;
    },
  };
}

test('duties begin and end as the lead is gained and lost', async () => {
  const { leader, seen, looks } = setup();
  await leader.start();
  await looks(true);
  await looks(false);
  await looks(true);
  expect(seen).toEqual(['claim', 'begin', 'claim', 'claim', 'end', 'claim', 'begin']);
});

test('a store that is away ends the duties only once others could lead', async () => {
  const { leader, seen, looks, expires } = setup();
  await leader.start();
  await looks(new Error('away'));
  expect(seen).not.toContain('end');
  expires();
  await looks();
  expect(seen.at(-1)).toBe('end');
});

test('a stop ends the duties while nobody else can lead, then hands the lead on', async () => {
  const { leader, seen } = setup();
  await leader.start();
  await leader.stop();
  await leader.stop();
  expect(seen).toEqual(['claim', 'begin', 'end', 'no more looks', 'leave']);
});

test('duties that take long to begin do not cost the lead', async () => {
  const gate = createGate();
  const { leader, seen, looks } = setup(() => gate.opened);
  const started = leader.start();
  await looks();
  await looks();
  expect(seen.filter((one) => one === 'begin')).toHaveLength(1);
  expect(seen.filter((one) => one === 'claim')).toHaveLength(3);
  gate.open();
  await started;
});

test('who leads is news, but not where a process is alone', async () => {
  const [one, alone] = [setup(), setup(undefined, 'debug')];
  for (const { leader } of [one, alone]) {
    await leader.start();
    await leader.stop();
  }
  expect(one.news()).toEqual(['this process leads now', 'this process leads no more']);
  expect(alone.news()).toEqual([]);
});
