import { createWebChat } from '../../src/channels/webchat/index.ts';
import type { ChatFiles } from '../../src/channels/webchat/visitor-files.ts';
import type { Clock } from '../../src/core/clock.ts';
import type { Ids } from '../../src/core/ids.ts';
import { randomIds } from '../../src/core/ids.ts';
import { createLanes } from '../../src/core/lanes.ts';
import { addressKey } from '../../src/core/message.ts';
import type { Rules } from '../../src/core/rules.ts';
import { createBrandsOf } from '../../src/escalation/agent-brands.ts';
import { createCases } from '../../src/escalation/cases.ts';
import { createClaims } from '../../src/escalation/claims.ts';
import { createPresence } from '../../src/escalation/presence.ts';
import { createStaff } from '../../src/escalation/staff.ts';
import { createMetrics } from '../../src/http/metrics.ts';
import type { Server, ServerDeps, ServerSettings } from '../../src/http/server.ts';
import { createServer } from '../../src/http/server.ts';
import { createSetup } from '../../src/http/setup.ts';
import { createToldPeople } from '../../src/inbox/told-people.ts';
import { createMemoryStore } from '../../src/simulation/memory-store.ts';
import type { Accounts } from '../../src/store/accounts.ts';
import type { Cases } from '../../src/store/cases.ts';
import { createConversations } from '../../src/store/conversations.ts';
import type { People } from '../../src/store/people.ts';
import { inletTo } from '../channels/inlet.ts';
import { rules as usualRules } from '../core/rules.ts';
import { silentLog } from '../log.ts';
import { createMemoryAccounts } from './memory-accounts.ts';
import { createMemoryBytes, createMemoryFiles } from './memory-files.ts';
import { createMemoryPeople } from './memory-people.ts';
import { createMemoryQuarantine } from './memory-quarantine.ts';
import { createMemorySignals } from './memory-signals.ts';

/** A time that stands still until a test moves it. */
export interface TestClock extends Clock {
  move(byMs: number): void;
}

/** The web interface over real rules and a store in memory. */
export interface Web {
  readonly server: Server;
  readonly accounts: Accounts;
  readonly signals: ReturnType<typeof createMemorySignals>;
  readonly conversations: ReturnType<typeof createConversations>;
  readonly log: ReturnType<typeof createMemoryStore>['log'];
  /** What the web chat reads of files. */
  readonly chatFiles: ChatFiles;
  readonly people: Pick<People, 'join' | 'part'>;
  readonly clock: TestClock;
  readonly setupToken: string;
  /** The bot gives up on a conversation, so that it becomes a case. */
  handOver(conversation: string): Promise<void>;
  /** The bot answers what it was asked. */
  botSays(conversation: string, ...texts: string[]): Promise<void>;
  stop(): Promise<void>;
}

/** Builds it. @param change what a test wants otherwise */
export async function startWeb(
  change: {
    settings?: Partial<ServerSettings>;
    deps?: Partial<ServerDeps>;
    ids?: Ids;
    rules?: Rules;
    /** For whom those work who do not work for all, by name in lower case. */
    agentBrands?: Readonly<Record<string, readonly string[]>>;
    /** Nothing that is published ever arrives at the web chat. */
    hintsAreLost?: boolean;
  } = {},
): Promise<Web> {
  const ids = change.ids ?? randomIds;
  const rules = change.rules ?? usualRules;
  const clock = createTestClock();
  const store = createMemoryStore();
  const signals = createMemorySignals();
  const accounts = createMemoryAccounts();
  const { log } = store;
  const conversations = createConversations({
    log,
    clock,
    rules: () => rules,
    readMeaning: () => null,
    defaultLanguage: 'es',
    onCommit: (commit, after) => {
      signals.publish(`case/${commit.conversation}`);
      signals.publish(`chat/${addressKey(after.address)}`);
    },
  });
  const people = createToldPeople(createMemoryPeople(), signals);
  const files = createMemoryFiles();
  const bytes = createMemoryBytes();
  const chatFiles: ChatFiles = { get: files.get, read: bytes.read };
  const chat = createWebChat({
    log,
    signals: change.hintsAreLost ? createMemorySignals() : signals,
    files: chatFiles,
    ownerOf: people.resolve,
    async stateOf(id, seq) {
      const snapshot = await conversations.peek(id, seq);
      if (snapshot === null) throw new Error(`there is no conversation ${id}`);
      return snapshot.state;
    },
  });
  await chat.start({
    ...inletTo((message) => conversations.receive(message)),
    async receive(message) {
      const receipt = await conversations.receive(message);
      const { gesture } = message;
      const content = gesture.kind === 'message' ? gesture.content : null;
      if (content?.kind === 'media') await files.own([content.media.id], receipt.conversation);
      return receipt;
    },
    async keep({ bytes: body, ...said }) {
      const id = ids.id();
      const kept = await bytes.write(id, body);
      const media = { id, ...said, bytes: kept.bytes };
      await files.addKept({ media, channel: 'webchat', kept, at: clock.now() });
      return media;
    },
  });
  const setup = await createSetup({ accounts, ids });
  const staff = createStaff({ accounts, slackAgents: () => [], boundTo: () => change.agentBrands ?? {} });
  const brandsOf = createBrandsOf(staff, clock);
  const server = await createServer({
    chat,
    brandsOf,
    boundTo: ({ name }) => change.agentBrands?.[name.toLowerCase()],
    cases: createCases({
      conversations,
      log,
      cases: casesOf(store),
      outbox: { ...store.outbox, again: async () => false },
      files,
      bytes,
      people,
      replyWindowMs: () => null,
      brandsOf,
      deliver: () => undefined,
      clock,
      ids,
      signals,
      rules: () => rules,
      claims: createClaims({
        staff,
        presence: createPresence({ get: async () => null, replace: async () => true }, signals),
        cases: store.cases,
        lanes: createLanes(),
        clock,
        rules: () => rules,
      }),
    }),
    conversations: log,
    outbox: {
      failed: async () => [
        {
          name: 'c.2.0',
          conversation: 'c',
          number: 1001,
          channel: 'test',
          given: true,
          error: 'blocked: the customer blocked us',
          at: clock.now(),
        },
      ],
    },
    accounts,
    signals,
    quarantine: createMemoryQuarantine(),
    setup,
    health: { store: async () => undefined, queue: async () => undefined },
    metrics: createMetrics({ process: false }),
    clock,
    ids,
    log: silentLog,
    ...change.deps,
    settings: {
      version: '0.0.0',
      publicUrl: null,
      trustProxy: false,
      metricsPublic: false,
      pagesFolder: null,
      ...change.settings,
    },
  });
  return {
    server,
    accounts,
    signals,
    conversations,
    log,
    chatFiles,
    people,
    clock,
    setupToken: setup.token ?? '',
    async handOver(conversation) {
      const snapshot = await log.load(conversation);
      await conversations.handle(
        conversation,
        { type: 'bot-failed', throughSeq: snapshot?.seq ?? 0, reason: 'error' },
        { kind: 'bot' },
      );
    },
    async botSays(conversation, ...texts) {
      const snapshot = await log.load(conversation);
      await conversations.handle(
        conversation,
        {
          type: 'bot-turn',
          throughSeq: snapshot?.seq ?? 0,
          decision: {
            language: 'es',
            say: texts.map((text) => ({
              text,
              options: [{ id: 'helped', label: 'Me sirvió' }],
              sources: [{ article: 'wifi', title: 'El wifi', version: 3 }],
            })),
            action: { kind: 'wait' },
            memory: null,
            outcome: { kind: 'answered' },
            intake: null,
          },
        },
        { kind: 'bot' },
      );
    },
    async stop() {
      await chat.stop();
      await server.stop(1_000);
    },
  };
}

/** A visitor's secret, different for each name. */
export function secretOf(name: string): string {
  return name.padEnd(40, '0');
}

function createTestClock(): TestClock {
  let now = Date.UTC(2026, 0, 5, 12);
  return {
    now: () => now,
    move(byMs) {
      now += byMs;
    },
  };
}

function casesOf(store: ReturnType<typeof createMemoryStore>): Cases {
  return {
    list: (filter) => store.cases.list(filter),
    held: () => store.cases.held(),
    counts: async () => [{ stage: 'queued', tier: 1, count: 1 }],
    unconfirmed: async () => [],
    moves: async () => ({ agent: 0, customer: 0, vendor: 0 }),
    withBot: async () => 0,
    async withQuestions(limit, brands) {
      return [...store.all()]
        .map(({ snapshot }) => snapshot)
        .filter(({ state }) => brands === undefined || brands.includes(state.brand ?? ''))
        .filter(({ state }) => state.questions.length > 0)
        .slice(0, limit);
    },
    async findNumber(number) {
      return [...store.all()].find(({ snapshot }) => snapshot.state.number === number)?.snapshot ?? null;
    },
  };
}
