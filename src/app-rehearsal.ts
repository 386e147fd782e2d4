import type { Logger } from 'pino';
import { createBotkitBot } from './bot/create-bot.ts';
import { readMeaning } from './bot/meaning.ts';
import { createBotSay } from './bot/phrases/say.ts';
import type { Commit, Event } from './core/event.ts';
import type { Rules } from './core/rules.ts';
import { createTurns } from './inbox/turn.ts';
import type { Happened, OpenStage } from './kb/rehearsal/play.ts';
import { createMemoryStore } from './simulation/memory-store.ts';
import { createConversations } from './store/conversations.ts';

const hourMs = 3_600_000;
/** A turn takes no longer than this. */
const turnMs = 10_000;
/** A Monday at noon: the same whenever a rehearsal is played. */
const noon = Date.UTC(2026, 0, 5, 12);

/** Where nothing says otherwise: people who are always there. */
const usualRules: Omit<Rules, 'say'> = {
  tiers: [{ level: 1, name: 'people', acceptWithinMs: hourMs, solveWithinMs: hourMs }],
  limits: {
    turnMs: 60_000,
    turnAttempts: 2,
    idleMs: 24 * hourMs,
    leaseMs: hourMs,
    confirmMs: hourMs,
    rateMs: hourMs,
    remindMs: hourMs,
    reminders: 1,
    reopenMs: hourMs,
  },
};

/**
 * Opens stages for rehearsals: conversations, turns and the bot as they are live, on a log in memory that nobody else sees.
 */
export function createStages(log: Logger): OpenStage {
  return async (knowledge, phrases, { language, brand }) => {
    const say = createBotSay({ phrases });
    const rules: Rules = { ...usualRules, say, brandOf: () => brand };
    const commits: Commit[] = [];
    let now = noon;
    const clock = { now: () => now };
    const conversations = createConversations({
      log: createMemoryStore().log,
      clock,
      rules: () => rules,
      readMeaning,
      defaultLanguage: language,
      onCommit: (commit) => void commits.push(commit),
    });
    const bot = await createBotkitBot({ knowledge, log, wordsOf: () => say });
    const turns = createTurns({
      conversations,
      bot: async () => bot,
      timeoutMs: turnMs,
      typing: () => undefined,
      handheld: () => false,
      pauseMs: () => 0,
      clock,
      log,
    });
    const address = { channel: 'rehearsal', account: 'main', user: 'customer' };
    return {
      async take(said) {
        const from = commits.length;
        now += 1_000;
        const content =
          'text' in said
            ? ({ kind: 'text', text: said.text } as const)
            : ({ kind: 'choice', option: said.option } as const);
        const { conversation } = await conversations.receive({
          key: `rehearsal/${from}`,
          externalId: String(from),
          address,
          gesture: { kind: 'message', content },
          languageHint: language,
        });
        await turns.take(conversation, 0);
        return happenedIn(commits.slice(from).flatMap(({ events }) => events));
      },
    };
  };
}

function happenedIn(events: readonly Event[]): Happened {
  const turn = events.findLast((event) => event.type === 'bot-took-turn');
  const outcome = turn?.type === 'bot-took-turn' ? turn.outcome : null;
  const over = events.find((event) => event.type === 'handed-over');
  const said = events.filter((event) => event.type === 'said');
  return {
    said: said.map(({ text }) => text),
    options: said.at(-1)?.options ?? [],
    answers: outcome?.kind === 'answered' ? (outcome.article ?? null) : null,
    asks: outcome?.kind === 'clarified',
    handsOver: over?.reason ?? null,
  };
}
