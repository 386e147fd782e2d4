import { expect, test } from 'vitest';
import type { ProposedGap } from '../../src/kb/gap-work.ts';
import { createKeptGaps } from '../../src/kb/workbench/kept-gaps.ts';

/** Gaps that are found only when the test says so. */
function setUp() {
  let now = 1_000_000;
  let made = 'first';
  const under: { resolve: (gaps: readonly ProposedGap[]) => void; reject: (error: Error) => void }[] = [];
  const warned: unknown[] = [];
  const kept = createKeptGaps({
    made: async () => made,
    find: () => new Promise((resolve, reject) => void under.push({ resolve, reject })),
    clock: { now: () => now },
    log: { warn: (...said: unknown[]) => void warned.push(said) },
  });
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return {
    async look() {
      const { gaps, at, finding } = await kept.look(30);
      return { ids: gaps.map(({ gap }) => gap.id), at, finding };
    },
    kept,
    under,
    warned,
    pass(ms: number, changed?: string) {
      now += ms;
      made = changed ?? made;
    },
    async finish(...ids: readonly string[]) {
      under.shift()?.resolve(ids.map((id) => ({ gap: { id } }) as unknown as ProposedGap));
      await settle();
    },
    async fail() {
      under.shift()?.reject(new Error('no engine'));
      await settle();
    },
  };
}

test('whoever asks is answered at once, and others do not make them be found twice', async () => {
  const { look, under, pass, finish } = setUp();
  const nothing = { ids: [], at: null, finding: true };
  expect(await Promise.all([look(), look()])).toEqual([nothing, nothing]);
  expect(under).toHaveLength(1);
  await finish('a');
  expect(await look()).toEqual({ ids: ['a'], at: 1_000_000, finding: false });

  // As long as nothing is new there is nothing to find.
  pass(3_600_000);
  expect(await look()).toMatchObject({ ids: ['a'], finding: false });
  expect(under).toHaveLength(0);

  pass(3_000, 'second');
  expect(await look()).toEqual({ ids: ['a'], at: 1_000_000, finding: true });
  expect(under).toHaveLength(1);
  await finish('a', 'b');
  expect(await look()).toEqual({ ids: ['a', 'b'], at: 4_603_000, finding: false });
});

test('what takes long is found anew less often', async () => {
  const { look, under, pass, finish } = setUp();
  await look();
  pass(20_000);
  await finish('a');
  pass(100_000, 'second');
  expect((await look()).finding).toBe(false);
  expect(under).toHaveLength(0);
  pass(100_000);
  expect((await look()).finding).toBe(true);
  expect(under).toHaveLength(1);
});

test('a gap that was decided about is gone at once, whatever was being found', async () => {
  const { look, kept, under, pass, finish } = setUp();
  await look();
  await finish('a', 'b');
  pass(3_000, 'second');
  await look();
  kept.drop('a');
  expect((await look()).ids).toEqual(['b']);
  await finish('a', 'b', 'c');
  expect((await look()).ids).toEqual(['b', 'c']);
  expect(under).toHaveLength(0);
});

test('what was taken back is found at once, also by whoever decides about it next', async () => {
  const { look, kept, under, finish } = setUp();
  await look();
  await finish();
  kept.forget();
  expect(await look()).toMatchObject({ ids: [], finding: true });
  const one = kept.one('a', 30);
  await finish('a');
  expect(await one).toMatchObject({ gap: { id: 'a' } });
  expect(await look()).toMatchObject({ ids: ['a'], finding: false });
  expect(under).toHaveLength(0);
});

test('what was being found when something was taken back is found once more', async () => {
  const { look, kept, under, finish } = setUp();
  await look();
  kept.forget();
  await finish('b');
  expect(await look()).toMatchObject({ ids: ['b'], finding: true });
  expect(under).toHaveLength(1);
  await finish('a', 'b');
  expect(await look()).toMatchObject({ ids: ['a', 'b'], finding: false });
});

test('one that nobody here knows yet is waited for; one that there is not is not found again and again', async () => {
  const { kept, under, pass, finish } = setUp();
  const first = kept.one('a', 30);
  await new Promise((resolve) => setImmediate(resolve));
  await finish('b');
  expect(await first).toBeUndefined();
  expect(await kept.one('a', 30)).toBeUndefined();
  expect(under).toHaveLength(0);
  pass(0, 'second');
  const second = kept.one('a', 30);
  await new Promise((resolve) => setImmediate(resolve));
  await finish('a', 'b');
  expect(await second).toMatchObject({ gap: { id: 'a' } });
});

test('a failure is told where there is nothing to show, and tried again', async () => {
  const { look, warned, pass, finish, fail } = setUp();
  const first = expect(look()).rejects.toThrow('no engine');
  await new Promise((resolve) => setImmediate(resolve));
  await fail();
  await first;
  expect(warned).toHaveLength(1);
  await look();
  await finish('a');
  expect((await look()).ids).toEqual(['a']);
  pass(3_000, 'second');
  await look();
  await fail();
  expect(await look()).toMatchObject({ ids: ['a'], finding: false });
});
