import { expect, test } from 'vitest';
import { createGatheredReads } from '../../src/store/postgres/gathered-reads.ts';

test('what is asked for at once is read at once, each key once; what is asked for later is read anew', async () => {
  const asked: (readonly string[])[] = [];
  const values = new Map([['a', 1]]);
  const known = createGatheredReads(async (keys) => {
    asked.push(keys);
    return new Map(values);
  });
  expect(await Promise.all([known('a'), known('b'), known('a')])).toEqual([1, undefined, 1]);
  values.set('b', 2);
  expect(await known('b')).toBe(2);
  expect(asked).toEqual([['a', 'b'], ['b']]);
});

test('a read that fails fails for all who asked, and for nobody afterwards', async () => {
  let broken = true;
  const known = createGatheredReads(async () => {
    if (broken) throw new Error('away');
    return new Map([['a', 1]]);
  });
  const answers = await Promise.allSettled([known('a'), known('b')]);
  expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  broken = false;
  expect(await known('a')).toBe(1);
});
