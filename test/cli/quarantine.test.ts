import { Command } from 'commander';
import { beforeEach, expect, test } from 'vitest';
import { addQuarantine } from '../../src/cli/quarantine.ts';
import type { Store } from '../../src/store/store.ts';
import { createMemoryQuarantine } from '../http/memory-quarantine.ts';

let printed: string[];
let quarantine: ReturnType<typeof createMemoryQuarantine>;
beforeEach(() => {
  printed = [];
  quarantine = createMemoryQuarantine([
    { key: 'slack/1', channel: 'slack', at: 1_000, reason: 'no type', raw: '{"a":\n\t1}' },
    {
      key: 'telegram/2',
      channel: 'telegram',
      at: 2_000,
      reason: 'no chat',
      raw: 'x\u001b]0;mine\u0007\u009b2J',
    },
  ]);
});

async function run(...words: string[]): Promise<readonly string[]> {
  const program = new Command('relevo');
  addQuarantine(program, {
    print: (line) => printed.push(line),
    withStore: (use) => use({ quarantine } as unknown as Store),
  });
  await program.parseAsync(['quarantine', ...words], { from: 'user' });
  return printed;
}

test.each([[[]], [['list']]])('%j lists, newest first', async (words) => {
  expect(await run(...words)).toEqual([
    '1970-01-01T00:00:02.000Z  telegram/2  13 characters  no chat',
    '1970-01-01T00:00:01.000Z  slack/1  9 characters  no type',
  ]);
});

test('says that there is nothing', async () => {
  await quarantine.drop('slack/1');
  await quarantine.drop('telegram/2');
  expect(await run()).toEqual(['Nothing is in quarantine.']);
});

test('shows one as it came, without letting it at the terminal', async () => {
  await run('show', 'slack/1');
  await run('show', 'telegram/2');
  expect(printed).toEqual(['{"a":\n\t1}', 'x\\u001b]0;mine\\u0007\\u009b2J']);
});

test('drops one, once', async () => {
  expect(await run('drop', 'slack/1')).toEqual(['Dropped.']);
  expect(await quarantine.count()).toBe(1);
  for (const action of ['drop', 'show']) {
    await expect(run(action, 'slack/1')).rejects.toMatchObject({ code: 'no_such_quarantine' });
  }
});
