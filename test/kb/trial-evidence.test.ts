import { xoroshiro128plus } from 'pure-rand';
import { describe, expect, test } from 'vitest';
import { alpha, evidenceOf, shareRange, verdictOf } from '../../src/kb/trial/evidence.ts';
import { sideOf } from '../../src/kb/trial/side.ts';
import type { SideCounts } from '../../src/kb/trial/trial.ts';

const most = 1_000;

/** One trial looked at after every customer. @returns after how many it stopped and why; null: not at all */
function play(random: () => number, share: number, resolvedOf: { live: number; candidate: number }) {
  const none = { customers: 0, resolved: 0, disliked: 0, handedOver: 0, open: 0 };
  const counts = { live: { ...none }, candidate: { ...none } };
  for (let customers = 1; customers <= most; customers += 1) {
    const side = random() < share ? 'candidate' : 'live';
    counts[side].customers += 1;
    if (random() < resolvedOf[side]) counts[side].resolved += 1;
    const why = verdictOf(counts, share);
    if (why !== null) return { customers, why };
  }
  return null;
}

function randomOf(seed: number): () => number {
  const generator = xoroshiro128plus(seed);
  return () => (generator.unsafeNext() >>> 0) / 2 ** 32;
}

function plays(share: number, resolvedOf: { live: number; candidate: number }, times: number) {
  const random = randomOf(7);
  return Array.from({ length: times }, () => play(random, share, resolvedOf));
}

describe('a trial that is looked at after every customer', () => {
  test.each([
    [0.5, 0.6],
    [0.1, 0.6],
    [0.5, 0.95],
  ])('stops in at most 5 of 100: a share of %s, both resolve %s', (share, resolved) => {
    const times = 200;
    const stopped = plays(share, { live: resolved, candidate: resolved }, times).filter(Boolean).length;
    expect(stopped / times).toBeLessThanOrEqual(alpha);
  });

  test('stops soon, and says which, when one is clearly worse', () => {
    const worse = plays(0.5, { live: 0.7, candidate: 0.45 }, 100);
    expect(worse.filter((one) => one?.why === 'candidate-worse').length).toBeGreaterThanOrEqual(97);
    expect(worse.filter((one) => one?.why === 'live-worse')).toEqual([]);
    const stops = worse.map((one) => one?.customers ?? most).sort((a, b) => a - b);
    expect(stops[50]).toBeLessThan(250);
    const better = plays(0.5, { live: 0.45, candidate: 0.7 }, 50);
    expect(better.filter((one) => one?.why === 'live-worse').length).toBeGreaterThanOrEqual(48);
  });
});

test('evidence begins at 1 and is what a fair bet would win on average', () => {
  const none: SideCounts = { customers: 0, resolved: 0, disliked: 0, handedOver: 0, open: 0 };
  expect(evidenceOf({ live: none, candidate: none }, 0.3)).toBeCloseTo(1, 9);
  const after = (side: 'live' | 'candidate', resolved: number) =>
    evidenceOf({ live: none, candidate: none, [side]: { ...none, customers: 1, resolved } }, 0.3);
  for (const resolved of [0, 1])
    expect(0.3 * after('candidate', resolved) + 0.7 * after('live', resolved)).toBeCloseTo(1, 9);
});

test.each([
  [0, 0, null],
  [0, 10, [0, 0.217]],
  [10, 10, [0.783, 1]],
  [5, 10, [0.224, 0.776]],
  [700, 1000, [0.671, 0.728]],
])('%d of %d', (count, of, range) => {
  const found = shareRange(count, of);
  expect(found === null ? null : [found.low, found.high].map((one) => Number(one.toFixed(3)))).toEqual(range);
});

describe('the side of a customer', () => {
  const trial = { seed: 's', share: 0.2, brands: null };
  const customers = Array.from({ length: 2_000 }, (_, n) => `telegram/main/${n}`);

  test('is always the same, in the share that was wished, and another one in another trial', () => {
    const sides = customers.map((one) => sideOf(trial, one, null));
    expect(customers.map((one) => sideOf(trial, one, null))).toEqual(sides);
    const part = sides.filter((side) => side === 'candidate').length / customers.length;
    expect(Math.abs(part - 0.2)).toBeLessThan(0.03);
    const other = customers.map((one) => sideOf({ ...trial, seed: 't' }, one, null));
    const both = sides.filter((side, n) => side === 'candidate' && other[n] === 'candidate').length;
    expect(Math.abs(both / customers.length - 0.04)).toBeLessThan(0.015);
  });

  test('is the live one for companies that take no part', () => {
    const some = { ...trial, share: 0.999, brands: ['acme'] };
    expect(sideOf(some, 'x', 'acme')).toBe('candidate');
    expect(sideOf(some, 'x', 'beta')).toBe('live');
    expect(sideOf(some, 'x', null)).toBe('live');
  });
});
