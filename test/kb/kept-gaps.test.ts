import { expect, test } from 'vitest';
import type { ProposedGap } from '../../src/kb/gap-work.ts';
import { createKeptGaps } from '../../src/kb/workbench/kept-gaps.ts';

/** Gaps that are found only when the test says so. */
function setUp() {
  let now = 1_000_000;
  const under: ((ids: readonly string[]) => void)[] = [];
  const warned: unknown[] = [];
  const kept = createKeptGaps({
    find: () =>
      new Promise<readonly ProposedGap[]>((resolve) => {
        under.push((ids) => resolve(ids.map((id) => ({ gap: { id } }) as unknown as ProposedGap)));
      }),
    clock: { now: () => now },
    log: { warn: (...said: unknown[]) => void warned.push(said) },
  });
  return {
    ids: async () => (await kept.of(30)).map(({ gap }) => gap.id),
    kept,
    under,
    warned,
    pass: (ms: number) => {
      now += ms;
    },
    finish: async (ids: readonly string[]) => {
      under.shift()?.(ids);
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

test('whoever asks waits the first time only, and others do not make it be found twice', async () => {
  const { ids, under, pass, finish } = setUp();
  const both = Promise.all([ids(), ids()]);
  expect(under).toHaveLength(1);
  await finish(['a']);
  expect(await both).toEqual([['a'], ['a']]);
  pass(29_000);
  expect(await ids()).toEqual(['a']);
  expect(under).toHaveLength(0);
  pass(2_000);
  expect(await ids()).toEqual(['a']);
  expect(under).toHaveLength(1);
  await finish(['a', 'b']);
  expect(await ids()).toEqual(['a', 'b']);
});

test('what takes long is found anew less often', async () => {
  const { ids, under, pass, finish } = setUp();
  const first = ids();
  pass(20_000);
  await finish(['a']);
  await first;
  pass(100_000);
  await ids();
  expect(under).toHaveLength(0);
  pass(100_000);
  await ids();
  expect(under).toHaveLength(1);
});

test('a gap that was decided about is gone at once, whatever was being found', async () => {
  const { ids, kept, under, pass, finish } = setUp();
  const first = ids();
  await finish(['a', 'b']);
  await first;
  pass(31_000);
  await ids();
  kept.drop('a');
  await finish(['a', 'b']);
  expect(await ids()).toEqual(['b']);
  expect(under).toHaveLength(1);
  await finish(['b', 'c']);
  expect(await ids()).toEqual(['b', 'c']);
});

test('a decision that was taken back makes whoever asks next wait for what is true', async () => {
  const { ids, kept, finish } = setUp();
  const first = ids();
  await finish([]);
  await first;
  kept.forget();
  const next = ids();
  await finish(['a']);
  expect(await next).toEqual(['a']);
});
