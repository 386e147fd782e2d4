import { expect, test } from 'vitest';
import type { Bot } from '../../src/bot/bot.ts';
import { createTurns } from '../../src/inbox/turn.ts';
import { createMemoryStore } from '../../src/simulation/memory-store.ts';
import { createConversations } from '../../src/store/conversations.ts';
import { rules } from '../core/rules.ts';
import { silentLog } from '../log.ts';

const clock = { now: () => 1_800_000_000_000 };
const forever = new Promise<never>(() => undefined);

/** A customer's message whose turn is taken by a process that is then stopped. @returns how the conversation stands */
async function stopped(bot: () => Promise<Bot>) {
  const store = createMemoryStore();
  const conversations = createConversations({
    log: store.log,
    clock,
    rules: () => rules,
    readMeaning: () => null,
    defaultLanguage: 'es',
    onCommit: () => undefined,
  });
  const { conversation } = await conversations.receive({
    key: 'test/1',
    externalId: '1',
    address: { channel: 'test', account: 'a', user: 'ana' },
    gesture: { kind: 'message', content: { kind: 'text', text: 'hola' } },
  });
  const turns = createTurns({
    conversations,
    bot,
    timeoutMs: 10_000,
    typing: () => undefined,
    handheld: () => false,
    pauseMs: () => 0,
    clock,
    log: silentLog,
  });
  const taken = turns.take(conversation, 1);
  await new Promise((resolve) => setImmediate(resolve));
  turns.abort();
  await taken;
  return (await store.log.load(conversation))?.state.stage;
}

test('a turn for which the bot was not loaded yet is left to the next process', async () => {
  expect(await stopped(() => forever)).toMatchObject({ kind: 'bot', turn: { throughSeq: 1 } });
});

test('a turn that is cut off in its middle goes to a person', async () => {
  expect(await stopped(async () => ({ take: () => forever }))).toMatchObject({ kind: 'queued' });
});
