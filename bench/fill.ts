import { randomBytes } from 'node:crypto';
import PQueue from 'p-queue';
import { pino } from 'pino';
import { systemClock } from '../src/core/clock.ts';
import type { BotDecision } from '../src/core/command.ts';
import { effectName } from '../src/core/event.ts';
import type { Rules } from '../src/core/rules.ts';
import { type Conversations, createConversations } from '../src/store/conversations.ts';
import { createPostgresStore } from '../src/store/postgres/postgres-store.ts';

const hourMs = 3_600_000;

const rules: Rules = {
  tiers: [{ level: 1, name: 'Nivel 1', acceptWithinMs: hourMs, solveWithinMs: hourMs }],
  limits: {
    turnMs: hourMs,
    turnAttempts: 2,
    idleMs: 24 * hourMs,
    leaseMs: hourMs,
    confirmMs: hourMs,
    rateMs: hourMs,
    remindMs: hourMs,
    reminders: 0,
    reopenMs: hourMs,
  },
  say: (_language, key) => key,
};

/** Of ten conversations nine are over, and one waits for its customer. */
const openOne = 10;

/**
 * Puts conversations into a store as if they had been held: a question, an answer with its source, mostly an end.
 * @param questions what the customers ask
 */
export async function fillStore(
  databaseUrl: string,
  count: number,
  questions: readonly string[],
): Promise<void> {
  const url = new URL(databaseUrl);
  // These need not survive a crash: nobody was told that they were stored.
  url.searchParams.set('options', '-c synchronous_commit=off');
  const log = pino({ level: 'silent' });
  const store = await createPostgresStore({ url: url.href, log, poolSize: 16 });
  const conversations = createConversations({
    log: store.log,
    clock: systemClock,
    rules: () => rules,
    readMeaning: () => null,
    defaultLanguage: 'es',
    onCommit: () => undefined,
  });
  const work = new PQueue({ concurrency: 32 });
  try {
    for (let n = 0; n < count; n += 1) {
      await work.onSizeLessThan(100);
      void work.add(async () => {
        const said = await hold(conversations, questions[n % questions.length] ?? '', n % openOne === 0);
        await store.outbox.markDone(said);
      });
    }
    await work.onIdle();
  } finally {
    await store.stop();
  }
}

/** @returns the names of the effects of what the bot said */
async function hold(conversations: Conversations, question: string, staysOpen: boolean): Promise<string[]> {
  const user = randomBytes(32).toString('hex');
  const { conversation } = await conversations.receive({
    key: `webchat/${user}/1`,
    externalId: '1',
    address: { channel: 'webchat', account: 'default', user },
    gesture: { kind: 'message', content: { kind: 'text', text: question } },
  });
  const decision: BotDecision = {
    language: 'es',
    say: [{ text: `${question}\n\n${'Pruebe esto. '.repeat(50)}`, options: [], sources: [] }],
    action: { kind: staysOpen ? 'wait' : 'resolve' },
    memory: null,
    outcome: { kind: 'answered' },
    intake: null,
  };
  const command = { type: 'bot-turn', throughSeq: 1, decision } as const;
  const done = await conversations.handle(conversation, command, { kind: 'bot' });
  if (done.kind !== 'done' || done.commit === null) throw new Error(`the answer was ${done.kind}`);
  const { commit } = done;
  return commit.effects.map((_, index) => effectName(commit, index));
}
