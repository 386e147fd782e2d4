import { describe, expect, test } from 'vitest';
import { relevo } from './command.ts';

describe.concurrent('every command explains itself', () => {
  test.each([
    ['', 'doctor'],
    ['start', 'Ctrl-C'],
    ['doctor', 'Check the settings'],
    ['kb', 'rollback'],
    ['kb import', '--publish'],
    ['kb rollback', '<version>'],
    ['store rebuild', 'logs'],
    ['token create', '--role'],
    ['simulate', '--seed'],
  ])('relevo %s --help', async (words, says) => {
    const { code, out, err } = await relevo([...words.split(' ').filter(Boolean), '--help']);
    expect(out).toContain(`Usage: ${['relevo', words].join(' ').trim()}`);
    expect(out).toContain(says);
    expect([code, err]).toEqual([0, '']);
  });
});

describe.concurrent('wrong usage is one clear line and exit code 2', () => {
  test.each([
    ['', 'needs a command: start, doctor'],
    ['kb', 'needs a command: import'],
    ['nonsense', "unknown command 'nonsense' (see relevo --help)"],
    ['strat', 'Did you mean start?'],
    ['start --port 80', "unknown option '--port' (see relevo start --help)"],
    ['kb import', "missing required argument 'path' (see relevo kb --help)"],
    ['doctor now', 'too many arguments'],
    ['token create --role boss', 'Allowed choices are agent, supervisor, administrator'],
    ['simulate --cases abc', "'abc' is invalid. expected a whole number"],
  ])('relevo %s', async (words, says) => {
    const { code, out, err } = await relevo(words.split(' ').filter(Boolean));
    expect(err).toContain(says);
    expect(err).toMatch(/^relevo: [^\n]+\n$/u);
    expect([code, out]).toEqual([2, '']);
  });
});

test('relevo --version is the version alone', async () => {
  expect(await relevo(['--version'])).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/u),
  });
});

test('relevo simulate plays the same month for the same seed', async () => {
  const play = (seed: number) => relevo(['simulate', '--cases', '50', '--seed', String(seed)]);
  const [one, again, other] = await Promise.all([play(1), play(1), play(2)]);
  expect(one.code).toBe(0);
  expect(one.out).toMatch(/^stranded\s+0$/mu);
  expect(again).toEqual(one);
  expect(other.out).not.toBe(one.out);
});
