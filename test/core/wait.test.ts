import { describe, expect, test } from 'vitest';
import { createSay } from '../../src/bot/phrases/say.ts';
import { usualRange, type Wait } from '../../src/core/wait.ts';
import { ana, createCase, type Driver } from './conversation-driver.ts';
import { rules as usual } from './rules.ts';

const minute = 60_000;
const rules = { ...usual, say: createSay() };

function tells(it: Driver, position: number, range: readonly [number, number] | null): string[] {
  const { stage } = it.state();
  const since = stage.kind === 'queued' ? stage.since : 0;
  const wait: Wait = {
    position,
    range: range === null ? null : { lowMs: range[0] * minute, highMs: range[1] * minute },
  };
  it.does({ type: 'tell-wait', since, wait });
  return it.last.length === 0 ? [] : it.told();
}

describe('the place in the queue', () => {
  test.each([
    [1, [5, 15], 'Eres la siguiente persona en la fila: la espera es de entre 5 y 15 minutos.'],
    [3, [0, 10], 'Tu lugar en la fila es el 3: la espera es de menos de 10 minutos.'],
    [2, [0, 1], 'Tu lugar en la fila es el 2: la espera es de menos de un minuto.'],
    [2, [60, 180], 'Tu lugar en la fila es el 2: la espera es de entre 1 y 3 horas.'],
    [4, null, 'Tu lugar en la fila es el 4.'],
  ] as const)('%i and %j is told', (position, range, words) => {
    expect(tells(createCase(rules), position, range)).toEqual([words]);
  });

  test('nothing is promised, and nothing said to the first, where there is no evidence', () => {
    expect(tells(createCase(rules), 1, null)).toEqual([]);
  });

  test('it is told again only when it changed enough to matter, and not at once', () => {
    const it = createCase(rules);
    tells(it, 5, [10, 20]);
    expect(tells(it, 5, [60, 90])).toEqual([]);
    it.now += 5 * minute;
    expect(tells(it, 4, [5, 20])).toEqual([]);
    expect(tells(it, 4, [30, 60])).toHaveLength(1);
    it.now += 5 * minute;
    expect(tells(it, 1, [0, 5])).toHaveLength(1);
  });

  test('where nothing can be promised, half of the places is news', () => {
    const it = createCase(rules);
    expect(tells(it, 9, null)).toEqual(['Tu lugar en la fila es el 9.']);
    it.now += 5 * minute;
    expect(tells(it, 5, null)).toEqual([]);
    expect(tells(it, 4, null)).toEqual(['Tu lugar en la fila es el 4.']);
  });

  test('a promise that was broken is taken back, once', () => {
    const it = createCase({ ...rules, tiers: [{ ...usual.tiers[0], acceptWithinMs: 600 * minute }] });
    tells(it, 3, [5, 10]);
    it.now += 9 * minute;
    expect(tells(it, 3, null)).toEqual([]);
    it.now += 2 * minute;
    expect(tells(it, 3, null)).toEqual(['Tu lugar en la fila es el 3.']);
    it.now += 20 * minute;
    expect(tells(it, 3, null)).toEqual([]);
  });

  test('a case that moved meanwhile is told nothing', () => {
    const it = createCase(rules);
    const { stage } = it.state();
    it.does({ type: 'claim', agent: ana });
    it.does({
      type: 'tell-wait',
      since: stage.kind === 'queued' ? stage.since : 0,
      wait: { position: 2, range: null },
    });
    expect(it.last).toEqual([]);
  });

  test.each([
    [
      [0, 0.5],
      [0, 1],
    ],
    [
      [4, 11],
      [3, 15],
    ],
    [
      [7, 7],
      [5, 10],
    ],
    [
      [46, 100],
      [45, 120],
    ],
  ])('a range of %j minutes is told as %j', ([low = 0, high = 0], [from = 0, to = 0]) => {
    expect(usualRange({ lowMs: low * minute, highMs: high * minute })).toEqual({
      lowMs: from * minute,
      highMs: to * minute,
    });
  });

  test('one longer than a working week is not told', () => {
    expect(usualRange({ lowMs: 0, highMs: 5_000 * minute })).toBeNull();
  });
});
