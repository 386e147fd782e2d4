import type { Logger } from 'pino';
import type { Clock } from '../../../core/clock.ts';
import type { Language } from '../../../core/language.ts';
import type { Leadership } from '../../../core/leadership.ts';
import type { BrandKnowledge } from '../../../kb/knowledge.ts';
import type { SlackApp } from '../../../slack/slack-app.ts';
import type { Accounts } from '../../../store/accounts.ts';
import type { ConversationLog } from '../../../store/conversation-log.ts';
import type { Cursors } from '../../../store/cursors.ts';
import type { Signals } from '../../../store/signals.ts';
import type { CaseDesk } from '../../case-view.ts';
import type { NextCase } from '../../next-case.ts';
import type { Desk } from '../desk.ts';
import { createAnswering } from './answer/answering.ts';
import { createWaitingReplies } from './answer/waiting-replies.ts';
import { createCardKeeper } from './card/card-keeper.ts';
import { createCardRecords } from './card/card-records.ts';
import { createCardSync } from './card/card-sync.ts';
import { createDeskAgents } from './desk-agents.ts';
import type { DeskContext } from './desk-context.ts';
import { createAgentsCases } from './home/agents-cases.ts';
import { commandName, createCommand } from './home/command.ts';
import { createHomeKeeper } from './home/home-keeper.ts';
import { textAt } from './payload.ts';
import { createPoster } from './poster.ts';
import { createPress } from './press.ts';
import { createQuestionKeeper } from './question/question-keeper.ts';
import type { SlackDeskSettings } from './settings.ts';
import { createSubmit } from './submit/submit.ts';
import { createThreadKeeper } from './thread/thread-keeper.ts';
import { createTyped } from './thread/typed.ts';
import { levelOf } from './tier-channels.ts';
import { wordsOf } from './words/words.ts';

/** What the desk in Slack is made of. */
export interface SlackDeskDeps {
  /** The app that the customers' channel talks through too. */
  readonly slack: SlackApp;
  /** As relevo.yaml says now; null: it has no desk in Slack. */
  readonly settings: () => SlackDeskSettings | null;
  /** What stands in channels, and what agents are spoken to in of whom no other language is known. */
  readonly language: Language;
  readonly cases: CaseDesk;
  readonly next: NextCase;
  readonly log: Pick<ConversationLog, 'commits'>;
  readonly cursors: Cursors;
  /** Where cards are: written by the leader alone. */
  readonly cards: Pick<Cursors, 'get' | 'set'>;
  readonly accounts: Pick<Accounts, 'userByEmail'>;
  readonly signals: Pick<Signals, 'subscribe'>;
  readonly knowledge: Pick<BrandKnowledge, 'ask' | 'article' | 'of'>;
  /** The conversations with questions to tiers that nobody has answered. */
  readonly asked: () => Promise<readonly string[]>;
  /** The tiers by their levels, with those who work in them; left out: everybody does. */
  readonly tiers: () => readonly {
    readonly level: number;
    readonly name: string;
    readonly members?: readonly string[];
  }[];
  /** What people call a channel of the customers'. */
  readonly channelTitle: (name: string) => string;
  /** Where a case is in the web desk, by its number; null: nobody knows its address. */
  readonly webAddress: (number: number) => string | null;
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
  /** The least between two rounds over the agents' own pages. Default 20,000. */
  readonly homeMs?: number;
  /** Calls back after a while; `setTimeout` when left out. */
  readonly later?: (run: () => void, delayMs: number) => void;
}

/** The agents' desk in Slack. */
export interface SlackDesk extends Desk {
  /** Begins to keep the cards. @throws RelevoError when Slack refuses our tokens */
  start(): Promise<void>;
  /** relevo.yaml has changed: cards go where it says now. */
  reload(): void;
  /** Looks at all cards at once. */
  sweep(): Promise<void>;
  /** Waits until no card is being written. */
  idle(): Promise<void>;
  /** Twice is fine. */
  stop(): Promise<void>;
}

const caseTopic = 'case/';
const agentTopic = 'agent/';
const noDesk: SlackDeskSettings = { tiers: {}, brands: {}, agents: [], answerMark: {} };

/** Makes the desk in Slack: cards in the tiers' channels, and what agents do with them. */
export function createSlackDesk(deps: SlackDeskDeps): SlackDesk {
  const { slack, cases, next, cursors, leadership, webAddress, tiers, clock, logger, pace = {} } = deps;
  const settings = () => deps.settings() ?? noDesk;
  const words = wordsOf(deps.language);
  const poster = createPoster({ slack, log: logger, everyMs: pace.postMs ?? 1_000 });
  const records = createCardRecords(deps.cards);
  const { accounts, language } = deps;
  const agents = createDeskAgents({ slack, settings, accounts, next, language, clock });
  const look = {
    words,
    channelTitle: deps.channelTitle,
    webAddress,
  };
  const keeper = createCardKeeper({ slack, poster, cases, records, settings, look, clock, logger });
  const tellThread = createThreadKeeper({
    poster,
    cases,
    log: deps.log,
    records,
    settings,
    userOf: agents.userOf,
    words,
    logger,
  });
  const sweepMs = pace.sweepMs ?? 60_000;
  const sync = createCardSync({
    keeper,
    tellThread,
    questions: createQuestionKeeper({
      slack,
      poster,
      cursors: deps.cards,
      records,
      settings,
      words,
      clock,
    }),
    asked: deps.asked,
    cases,
    records,
    settings,
    leadership,
    clock,
    sweepMs,
    logger,
  });
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
  const agentsCases = createAgentsCases({ cases, records, tiers, addressOf, webAddress });
  const home = createHomeKeeper({
    slack,
    agents,
    agentsCases,
    poster,
    clock,
    logger,
    everyMs: pace.homeMs ?? 20_000,
  });
  const desk: DeskContext = {
    slack,
    poster,
    cases,
    next,
    log: deps.log,
    knowledge: deps.knowledge,
    agents,
    answering,
    records,
    sync,
    home,
    settings,
    words,
    readText: deps.readText,
    clock,
    logger,
  };

  async function addressOf(channel: string, ts: string): Promise<string | null> {
    const { url } = await slack.identity();
    return url === null ? null : `${url}archives/${channel}/p${ts.replace('.', '')}`;
  }

  slack.reserve((channel) => levelOf(settings(), channel) !== null);
  slack.onEvent('message', createTyped(desk));
  slack.onEvent('app_home_opened', async (event) => {
    if (deps.settings() !== null && textAt(event, 'tab') !== 'messages')
      await home.show(textAt(event, 'user'));
  });
  slack.onAction(/^relevo\.desk\./u, createPress(desk));
  slack.onView(/^relevo\.desk\./u, createSubmit(desk));
  slack.onCommand(commandName, createCommand(desk, agentsCases));
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
        if (topic.startsWith(caseTopic) || topic.startsWith(agentTopic)) home.changed();
      });
      await sync.start();
      answering.start();
    },
    reload() {
      if (unsubscribe === null) return;
      sweepSoon();
      home.changed();
    },
    sweep: sync.sweep,
    idle: sync.idle,
    async stop() {
      if (unsubscribe === null) return;
      unsubscribe();
      unsubscribe = null;
      await Promise.all([poster.stop(), answering.stop(), sync.stop(), home.stop()]);
      await slack.stop();
    },
  };
}
