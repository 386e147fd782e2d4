import { describe, expect, test } from 'vitest';
import { createFaults } from '../src/app-faults.ts';
import type { BotTurn } from '../src/bot/bot.ts';
import { readConfig } from '../src/config.ts';
import type { BotDecision } from '../src/core/command.ts';
import { parseFaults } from '../src/fault-settings.ts';
import type { Queue } from '../src/queue/queue.ts';

describe('a process that is to break', () => {
  test('breaks at a named point, at its pass, in the way it was told', async () => {
    const settings = parseFaults('before-queue:2:stop, after-queue:3,lease:2000,poison:1');
    if (typeof settings === 'string') throw new Error(settings);
    const seen: string[] = [];
    const faults = createFaults(settings, (signal) => seen.push(signal));
    const queue = faults.queue({ add: async () => void seen.push('added') } as unknown as Queue);
    for (let seq = 1; seq <= 4; seq += 1) await queue.add({ kind: 'turn', conversation: 'c', seq });
    expect(seen).toEqual(['added', 'SIGSTOP', 'added', 'added', 'SIGKILL', 'added']);
    expect(settings.leaseMs).toBe(2_000);
    const bot = await faults.bot(async () => ({ take: async () => ({}) as BotDecision }))();
    const turn = (text: string) => ({ messages: [{ kind: 'text', text }] }) as unknown as BotTurn;
    const { signal } = new AbortController();
    expect(() => bot.take(turn('hola ☠'), signal)).toThrow('told to fail');
    await expect(bot.take(turn('hola'), signal)).resolves.toEqual({});
  });

  test('is told by one variable, and no process breaks without it', () => {
    expect(readConfig({}).faults).toBeNull();
    const queue = { add: async () => undefined } as unknown as Queue;
    expect(createFaults(null).queue(queue)).toBe(queue);
    expect(readConfig({ RELEVO_FAULTS: 'after-send:3' }).faults).toEqual({
      breaks: [{ point: 'after-send', pass: 3, signal: 'SIGKILL' }],
      leaseMs: null,
      poison: false,
    });
  });

  test.each(['', 'after-send', 'after-send:0', 'somewhere:1', 'after-send:1:later', 'lease:x'])(
    '%j is no such thing',
    (text) => {
      expect(parseFaults(text)).toContain('after-send:3');
    },
  );
});
