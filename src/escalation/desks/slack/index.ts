import type { Logger } from 'pino';
import type { Clock } from '../../../core/clock.ts';
import type { Language } from '../../../core/language.ts';
import type { Leadership } from '../../../core/leadership.ts';
import type { Knowledge } from '../../../kb/knowledge.ts';
import type { SlackApp, SlackObject } from '../../../slack/slack-app.ts';
import type { Accounts, ConversationLog, Cursors, Signals } from '../../../store/store.ts';
import type { CaseDesk } from '../../case-view.ts';
import type { Desk } from '../desk.ts';
import { createAnswering } from './answer/answering.ts';
import { createWaitingReplies } from './answer/waiting-replies.ts';
import { createCardKeeper } from './card/card-keeper.ts';
import { createCardRecords } from './card/card-records.ts';
import { createCardSync } from './card/card-sync.ts';
import { commandName, createCommand } from './command.ts';
import { createDeskAgents } from './desk-agents.ts';
import type { DeskContext } from './desk-context.ts';
import { renderHome } from './home.ts';
import { textAt } from './payload.ts';
import { createPoster } from './poster.ts';
import { createPress } from './press.ts';
import type { SlackDeskSettings } from './settings.ts';
import { createSubmit } from './submit.ts';
import { createThreadKeeper } from './thread/thread-keeper.ts';
import { createTyped } from './thread/typed.ts';
import { wordsOf } from './words/words.ts';

/** What the desk in Slack is made of. */
export interface SlackDeskDeps {
  /** The app that the customers' channel talks through too. */
  readonly slack: SlackApp;
  readonly settings: SlackDeskSettings;
  /** What agents are spoken to in. */
  readonly language: Language;
  readonly cases: CaseDesk;
  readonly log: Pick<ConversationLog, 'commits'>;
  readonly cursors: Cursors;
  /** Where cards are: written by the leader alone. */
  readonly cards: Pick<Cursors, 'get' | 'set'>;
  readonly accounts: Pick<Accounts, 'userByEmail'>;
  readonly signals: Pick<Signals, 'subscribe'>;
  readonly knowledge: Pick<Knowledge, 'ask' | 'article'>;
  /** The tiers by their levels. */
  readonly tiers: () => readonly { readonly level: number; readonly name: string }[];
  /** Turns Slack's text into what its author saw. */
  readonly readText: (text: string) => string;
  /** Which of several processes writes the cards: two would post each card twice. */
  readonly leadership: Leadership;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Other times than Slack's and ours, for tests. */
  readonly pace?: SlackDeskPace;
}

/** The desk's times, in milliseconds. */
export interface SlackDeskPace {
  /** Between two messages in one channel. Default 1,000. */
  readonly postMs?: number;
  /** Between two looks at all cards. Default 60,000. */
  readonly sweepMs?: number;
  /** Between two looks for answers that a crash left unsent. Default 5,000. */
  readonly overdueMs?: number;
  /** Calls back after a while; `setTimeout` when left out. */
  readonly later?: (run: () => void, delayMs: number) => void;
}

/** The agents' desk in Slack. */
export interface SlackDesk extends Desk {
  /** Begins to keep the cards. @throws RelevoError when Slack refuses our tokens */
  start(): Promise<void>;
  /** Looks at all cards at once. */
  sweep(): Promise<void>;
  /** Waits until no card is being written. */
  idle(): Promise<void>;
  /** Twice is fine. */
  stop(): Promise<void>;
}

const casesShown = 20;
const caseTopic = 'case/';

/** Makes the desk in Slack: cards in the tiers' channels, and what agents do with them. */
export function createSlackDesk(deps: SlackDeskDeps): SlackDesk {
  const { slack, settings, cases, cursors, leadership, clock, logger, pace = {} } = deps;
  const words = wordsOf(deps.language);
  const poster = createPoster({ slack, log: logger, everyMs: pace.postMs ?? 1_000 });
  const records = createCardRecords(deps.cards);
  const agents = createDeskAgents({ settings, accounts: deps.accounts, cursors });
  const keeper = createCardKeeper({
    slack,
    poster,
    cases,
    records,
    settings,
    look: { words, video: false, ask: true },
    clock,
    logger,
  });
  const tellThread = createThreadKeeper({ poster, cases, log: deps.log, records, settings, words, logger });
  const sweepMs = pace.sweepMs ?? 60_000;
  const sync = createCardSync({ keeper, tellThread, cases, records, leadership, sweepMs, logger });
  const answering = createAnswering({
    replies: createWaitingReplies(cursors, clock),
    poster,
    slack,
    cases,
    words,
    logger,
    everyMs: pace.overdueMs ?? 5_000,
    ...(pace.later === undefined ? {} : { later: pace.later }),
  });
  const desk: DeskContext = {
    slack,
    poster,
    cases,
    log: deps.log,
    knowledge: deps.knowledge,
    agents,
    answering,
    records,
    sync,
    settings,
    words,
    readText: deps.readText,
    tiers: deps.tiers,
    logger,
  };

  async function showHome(user: string): Promise<void> {
    const agent = await agents.of(user);
    const view = agent === null ? strangerHome(user) : await homeOf(agent);
    await slack.call('views.publish', { user_id: user, view });
  }

  const strangerHome = (user: string): SlackObject => ({
    type: 'home',
    blocks: [{ type: 'section', text: { type: 'mrkdwn', text: words.stranger(user), verbatim: true } }],
  });

  async function homeOf(agent: { readonly id: string; readonly name: string }): Promise<SlackObject> {
    const [mine, queue, away] = await Promise.all([
      cases.list({ view: 'mine', agent, limit: casesShown }),
      cases.list({ view: 'queue', agent, limit: casesShown }),
      agents.isAway(agent),
    ]);
    return renderHome({ mine: mine.cases, queue: queue.cases, away, faults: poster.faults() }, words);
  }

  for (const channel of Object.values(settings.tiers)) slack.reserve(channel);
  slack.onEvent('message', createTyped(desk));
  slack.onEvent('app_home_opened', async (event) => {
    if (textAt(event, 'tab') !== 'messages') await showHome(textAt(event, 'user'));
  });
  slack.onAction(/^relevo\.desk\./u, createPress(desk, showHome));
  slack.onView(/^relevo\.desk\./u, createSubmit(desk));
  slack.onCommand(commandName, createCommand(desk));
  const sweepSoon = (): void => {
    sync.sweep().catch((error: unknown) => logger.warn({ err: error }, 'the cards could not be looked at'));
  };
  slack.onGap(sweepSoon);

  let unsubscribe: (() => void) | null = null;

  return {
    name: 'slack',
    async offer({ state }) {
      sync.wake(state.id);
    },
    async start() {
      if (unsubscribe !== null) return;
      await slack.start();
      unsubscribe = deps.signals.subscribe((topic) => {
        if (topic.startsWith(caseTopic)) sync.wake(topic.slice(caseTopic.length));
      });
      await sync.start();
      answering.start();
    },
    sweep: sync.sweep,
    idle: sync.idle,
    async stop() {
      if (unsubscribe === null) return;
      unsubscribe();
      unsubscribe = null;
      await Promise.all([poster.stop(), answering.stop(), sync.stop()]);
      await slack.stop();
    },
  };
}
