import PQueue from 'p-queue';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BotDecision } from '../../src/core/command.ts';
import type { Agent } from '../../src/core/conversation.ts';
import { type Conversations, createConversations } from '../../src/store/conversations.ts';
import { createPostgresStore } from '../../src/store/postgres/postgres-store.ts';
import type { Store } from '../../src/store/store.ts';
import { ana, luis } from '../core/conversation-driver.ts';
import { faultsOfLog } from '../core/laws.ts';
import { rules } from '../core/rules.ts';
import { silentLog } from '../log.ts';
import { openDatabase, type TestDatabase } from '../postgres-server.ts';

const races = 1_000;
/** Cases raced for side by side. */
const sideBySide = 24;

const clock = { now: () => 1_800_000_000_000 };
const late: BotDecision = {
  language: 'es',
  say: [{ text: 'un momento', options: [], sources: [] }],
  action: { kind: 'wait' },
  memory: null,
  outcome: { kind: 'answered' },
  intake: null,
};

let database: TestDatabase;
let store: Store;
beforeAll(async () => {
  database = await openDatabase();
  store = await createPostgresStore({ url: database.url, log: silentLog, clock });
});
afterAll(async () => {
  await store.stop();
  await database.drop();
});

/** A process of its own: it remembers states that the other one makes stale. */
function openProcess(): Conversations {
  return createConversations({
    log: store.log,
    clock,
    rules: () => rules,
    readMeaning: () => null,
    defaultLanguage: 'es',
    onCommit: () => undefined,
  });
}

/** One case: two agents take it in two processes while its customer writes and the bot, late, answers. */
async function race(n: number, one: Conversations, other: Conversations): Promise<void> {
  const writes = (process: Conversations, place: number) =>
    process.receive({
      key: `test/${n}/${place}`,
      externalId: `${place}`,
      address: { channel: 'test', account: 'a', user: `u${n}` },
      gesture: { kind: 'message', content: { kind: 'text', text: 'hola' } },
    });
  const { conversation: id } = await writes(one, 1);
  const bot = { kind: 'bot' } as const;
  // Every other process has seen the case as it is now, and must not believe it for long.
  await other.peek(id, 0);
  const claim = (process: Conversations, agent: Agent) =>
    process.handle(id, { type: 'claim', agent }, { kind: 'agent', agent });
  const answers = (process: Conversations) =>
    process.handle(id, { type: 'bot-turn', throughSeq: 1, decision: late }, bot);
  const handOver = { ...late, say: [], action: { kind: 'hand-over', reason: 'asked' } } as const;
  await one.handle(id, { type: 'bot-turn', throughSeq: 1, decision: handOver }, bot);

  const [first, , second] = await Promise.all([
    claim(one, ana),
    writes(other, 2),
    claim(other, luis),
    answers(other),
    writes(one, 3),
  ]);
  const [winner, loser] = first.kind === 'done' ? [ana, second] : [luis, first];
  expect([first.kind, second.kind].sort()).toEqual(['done', 'refused']);
  expect(loser).toMatchObject({ refusal: { code: 'already_claimed', holder: winner } });

  const commits = await store.log.commits(id, 0, 100);
  const events = commits.flatMap((commit) => commit.events);
  expect(events.filter(({ type }) => type === 'claimed')).toHaveLength(1);
  expect(events.filter(({ type }) => type === 'customer-wrote')).toHaveLength(3);
  expect(events.filter((event) => event.type === 'said' && event.from === 'bot')).toEqual([]);
  expect(faultsOfLog(commits)).toEqual([]);
  expect((await store.log.load(id))?.state.stage).toMatchObject({ kind: 'claimed', agent: winner });
}

test(`of two claims at once one wins and the other is told who, ${races} times`, {
  timeout: 180_000,
}, async () => {
  const [one, other] = [openProcess(), openProcess()];
  const queue = new PQueue({ concurrency: sideBySide });
  await queue.addAll(Array.from({ length: races }, (_, n) => () => race(n, one, other)));
  expect(await store.cases.held()).toEqual(
    expect.arrayContaining([
      { agent: 'ana', tier: 1, count: expect.any(Number) },
      { agent: 'luis', tier: 1, count: expect.any(Number) },
    ]),
  );
  expect((await store.cases.held()).reduce((sum, { count }) => sum + count, 0)).toBe(races);
});
