import type { Logger } from 'pino';
import { openRounds } from './app-rounds.ts';
import { customerText } from './channels/slack/customer-text.ts';
import type { Clock } from './core/clock.ts';
import { RelevoError } from './core/errors.ts';
import type { Ids } from './core/ids.ts';
import { createLanes } from './core/lanes.ts';
import type { Duties, Leader, Leadership } from './core/leadership.ts';
import type { Rules } from './core/rules.ts';
import { createBrandsOf } from './escalation/agent-brands.ts';
import type { CaseDesk } from './escalation/case-view.ts';
import { type CasesDeps, createCases } from './escalation/cases.ts';
import { createClaims } from './escalation/claims.ts';
import { createSlackDesk, type SlackDesk } from './escalation/desks/slack/index.ts';
import { createWebDesk } from './escalation/desks/web/index.ts';
import { createNextCase, type NextCase } from './escalation/next-case.ts';
import { createOffer } from './escalation/offer.ts';
import { createPresence, type Presence } from './escalation/presence.ts';
import { createStaff, type Staff } from './escalation/staff.ts';
import { createWaits } from './escalation/waits.ts';
import type { BrandKnowledge } from './kb/knowledge.ts';
import type { Ladder } from './ladder-file.ts';
import type { SlackApp } from './slack/slack-app.ts';
import type { Conversations } from './store/conversations.ts';
import { createFencedCursors } from './store/fenced-cursors.ts';
import type { Store } from './store/store.ts';

/** What the desks are made of. */
export interface AppDesksDeps {
  readonly store: Store;
  readonly conversations: Conversations;
  readonly bytes: CasesDeps['bytes'];
  readonly calls: CasesDeps['calls'];
  readonly replyWindowMs: CasesDeps['replyWindowMs'];
  readonly deliver: CasesDeps['deliver'];
  readonly knowledge: Pick<BrandKnowledge, 'ask' | 'article' | 'of'>;
  /** What people call a channel of the customers'. */
  readonly channelTitle: (name: string) => string;
  /** Where browsers reach us, without a slash at the end; null: nobody said. */
  readonly publicUrl: string | null;
  /** The app of the customers' channel; null: Slack is not set up. */
  readonly slackApp: SlackApp | null;
  /** As relevo.yaml says now. */
  readonly ladder: () => Ladder;
  readonly rules: () => Rules;
  /** Who does what only one process may do. */
  readonly leadershipOf: (name: string) => Leadership;
  /** Leads with duties; null where this process never leads. */
  readonly leaderOf: (name: string, duties: Duties) => Leader | null;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Logger;
}

/** Where agents work. */
export interface AppDesks {
  readonly cases: CaseDesk;
  readonly next: NextCase;
  readonly staff: Staff;
  readonly presence: Presence;
  /** Puts a waiting case before every desk. */
  readonly offer: (conversation: string) => Promise<void>;
  /** Begins to keep the desks that are kept, and to tell customers in the queue their place. */
  start(): Promise<void>;
  /** relevo.yaml has changed. */
  reload(): void;
  stop(): Promise<void>;
}

/** Conversations with open questions that are looked at now and then. */
const maxAsked = 200;

/** How often customers in the queue are looked at, for news about their wait. */
const waitRoundMs = 20_000;

/** Makes the cases as agents work on them, and the desks. @throws RelevoError when a desk cannot be as relevo.yaml wants it */
export function openDesks(deps: AppDesksDeps): AppDesks {
  const { store, conversations, slackApp, ladder, rules, clock, ids, log } = deps;
  const staff = createStaff({
    accounts: store.accounts,
    slackAgents: () => ladder().slackDesk?.agents ?? [],
    boundTo: () => ladder().agentBrands,
  });
  const presence = createPresence(store.cursors, store.signals);
  const lanes = createLanes();
  const claims = createClaims({ staff, presence, cases: store.cases, lanes, clock, rules });
  const cases = createCases({
    brandsOf: createBrandsOf(staff, clock),
    conversations,
    log: store.log,
    cases: store.cases,
    outbox: store.outbox,
    files: store.files,
    bytes: deps.bytes,
    calls: deps.calls,
    replyWindowMs: deps.replyWindowMs,
    deliver: deps.deliver,
    people: store.people,
    clock,
    ids,
    signals: store.signals,
    rules,
    claims,
  });
  const next = createNextCase({ conversations, cases: store.cases, claims, staff, presence, clock, rules });
  const waits = createWaits({ log: store.log, cases: store.cases, conversations, clock, rules });
  const slackDesk = openSlackDesk();
  const desks = [createWebDesk(store.signals), ...(slackDesk === null ? [] : [slackDesk])];

  /** The agents' desk in Slack; it talks through the app of the customers' channel, and is there as soon as relevo.yaml says. */
  function openSlackDesk(): SlackDesk | null {
    if (slackApp === null) {
      if (ladder().slackDesk === null) return null;
      throw new RelevoError('slack_missing', 'relevo.yaml has a desk in Slack, and Slack is not set up', {
        hint: 'Set SLACK_BOT_TOKEN and what belongs to it (docs/slack-desk.md), or take desk: slack: out.',
      });
    }
    const leadership = deps.leadershipOf('slack-desk');
    return createSlackDesk({
      slack: slackApp,
      settings: () => ladder().slackDesk,
      language: ladder().language,
      cases,
      next,
      log: store.log,
      cursors: store.cursors,
      accounts: store.accounts,
      signals: store.signals,
      knowledge: deps.knowledge,
      tiers: () => rules().tiers,
      asked: async () => (await store.cases.withQuestions(maxAsked)).map(({ state }) => state.id),
      channelTitle: deps.channelTitle,
      webAddress: (number) => (deps.publicUrl === null ? null : `${deps.publicUrl}/desk/cases/${number}`),
      readText: (text) => customerText(text, ''),
      leadership,
      cards: createFencedCursors(store.cursors, leadership),
      clock,
      logger: log.child({ desk: 'slack' }),
    });
  }

  /** Customers in the queue hear their place: soon after they entered it, and when it changes. */
  const waitRounds = openRounds(
    {
      name: 'waits',
      work: waits.refresh,
      failure: 'nobody could be told their place in the queue',
      everyMs: waitRoundMs,
      later: true,
    },
    deps,
    log,
  );

  return {
    cases,
    next,
    staff,
    presence,
    offer: createOffer({ conversations, desks, log }),
    async start() {
      await slackDesk?.start().catch((error: unknown) => {
        log.error({ err: error }, 'the desk in Slack could not be started: the web desk has all cases');
      });
      await waitRounds.start();
    },
    reload() {
      if (slackApp === null && ladder().slackDesk !== null) {
        log.error(
          'relevo.yaml has a desk in Slack now, and Slack is not set up: set SLACK_BOT_TOKEN and start anew',
        );
      }
      slackDesk?.reload();
    },
    async stop() {
      await waitRounds.stop();
      await slackDesk?.stop();
    },
  };
}
