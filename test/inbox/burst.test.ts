import { expect, test } from 'vitest';
import type { Bot, BotTurn } from '../../src/bot/bot.ts';
import type { Content } from '../../src/core/message.ts';
import { createTurns } from '../../src/inbox/turn.ts';
import { createMemoryStore } from '../../src/simulation/memory-store.ts';
import { createConversations } from '../../src/store/conversations.ts';
import { rules } from '../core/rules.ts';
import { silentLog } from '../log.ts';
import { createVirtualTime } from '../outbox/virtual-time.ts';

const pauseMs = 1_500;

/** A customer who writes in bursts, and a bot that notes what it was asked in each turn. */
function talk() {
  const time = createVirtualTime(1_800_000_000_000);
  const store = createMemoryStore();
  const turns: string[][] = [];
  const bot: Bot = {
    async take({ messages, language }: BotTurn) {
      turns.push(messages.map((content: Content) => (content.kind === 'text' ? content.text : content.kind)));
      return {
        language,
        say: [{ text: 'una respuesta', options: [], sources: [] }],
        action: { kind: 'wait' },
        memory: null,
        outcome: { kind: 'answered' },
        intake: null,
      };
    },
  };
  const conversations = createConversations({
    log: store.log,
    clock: time.clock,
    rules: () => rules,
    readMeaning: () => null,
    defaultLanguage: 'es',
    onCommit: ({ conversation, seq }, after) => {
      if (after.stage.kind === 'bot' && after.stage.turn !== null) {
        time.after(pauseMs, () => taking.take(conversation, seq));
      }
    },
  });
  const taking = createTurns({
    conversations,
    bot: async () => bot,
    timeoutMs: 10_000,
    typing: () => undefined,
    handheld: () => true,
    pauseMs: () => pauseMs,
    clock: time.clock,
    log: silentLog,
  });
  let messages = 0;
  return {
    time,
    turns,
    writesAt(ms: number, text: string): void {
      messages += 1;
      const externalId = `m${messages}`;
      const message = {
        key: `test/${externalId}`,
        externalId,
        address: { channel: 'test', account: 'a', user: 'ana' },
        gesture: { kind: 'message', content: { kind: 'text', text } },
      } as const;
      time.after(ms, () => conversations.receive(message));
    },
  };
}

test('several messages within a short pause are one turn', async () => {
  const { time, turns, writesAt } = talk();
  writesAt(0, 'hola');
  writesAt(800, 'no me anda');
  writesAt(1_900, 'el internet');
  writesAt(20_000, 'otra cosa');
  await time.run();
  expect(turns).toEqual([['hola', 'no me anda', 'el internet'], ['otra cosa']]);
});

test('whoever never stops is answered all the same', async () => {
  const { time, turns, writesAt } = talk();
  for (let n = 0; n < 20; n += 1) writesAt(n * 1_000, `${n}`);
  await time.run();
  expect(turns.length).toBeGreaterThan(1);
  expect(turns.flat()).toEqual(Array.from({ length: 20 }, (_, n) => `${n}`));
});
