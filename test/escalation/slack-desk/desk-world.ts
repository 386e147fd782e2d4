import { vi } from 'vitest';
import { customerText } from '../../../src/channels/slack/customer-text.ts';
import { createLanes } from '../../../src/core/lanes.ts';
import type { Address, Content } from '../../../src/core/message.ts';
import type { Rules } from '../../../src/core/rules.ts';
import { createCalls } from '../../../src/escalation/calls.ts';
import { createCases } from '../../../src/escalation/cases.ts';
import { createClaims } from '../../../src/escalation/claims.ts';
import { createSlackDesk } from '../../../src/escalation/desks/slack/index.ts';
import type { SlackDeskSettings } from '../../../src/escalation/desks/slack/settings.ts';
import { createNextCase } from '../../../src/escalation/next-case.ts';
import { createPresence } from '../../../src/escalation/presence.ts';
import { createStaff } from '../../../src/escalation/staff.ts';
import type { Knowledge } from '../../../src/kb/knowledge.ts';
import { createSlackApp } from '../../../src/slack/create-slack-app.ts';
import { createConversations } from '../../../src/store/conversations.ts';
import { createFencedCursors } from '../../../src/store/fenced-cursors.ts';
import { createLeadership } from '../../../src/store/leadership.ts';
import { createPostgresStore } from '../../../src/store/postgres/postgres-store.ts';
import type { Store } from '../../../src/store/store.ts';
import { appToken, botToken, signingSecret, startFakeSlack } from '../../channels/slack/fake-slack.ts';
import type { StoredMessage } from '../../channels/slack/fake-state.ts';
import { rules as usualRules } from '../../core/rules.ts';
import { createMemoryBytes } from '../../http/memory-files.ts';
import { hearLog } from '../../log.ts';
import { openDatabase } from '../../postgres-server.ts';
import { createDeskPeople } from './desk-people.ts';

export const level1 = 'C00000001';
export const level2 = 'C00000002';
export const ana = 'U0000ANA1';
export const leo = 'U0000LEO1';
export const level3 = 'C00000003';
export const stranger = 'U000NOONE';

/** What a world may differ in. */
export interface WorldOptions {
  readonly mode?: 'webhook' | 'socket';
  readonly answerMark?: SlackDeskSettings['answerMark'];
  /** Other rules than usual. */
  readonly rules?: Rules;
  /** Another Slack to call than the fake, which then only says what Slack says to us. */
  readonly slack?: {
    readonly apiUrl: string;
    readonly team: string;
    readonly settings: SlackDeskSettings;
  };
}

/** A desk on a fake Slack and a real PostgreSQL. */
export type DeskWorld = Awaited<ReturnType<typeof openDeskWorld>>;

const knowledge: Pick<Knowledge, 'ask' | 'article'> = {
  ask: () => ({
    decision: 'answer',
    confidence: 0.9,
    candidates: [{ article, probability: 0.9 }],
    version: 1,
  }),
  article: (id) => (id === article.id ? article : null),
};
const article = {
  id: 'wifi',
  language: 'es',
  title: 'El wifi no anda',
  examples: [],
  answer: 'Reinicie el módem.',
  tags: [],
} as const;

/** Opens such a world. Ten seconds pass when the test says so. */
export async function openDeskWorld({
  mode = 'webhook',
  answerMark = {},
  rules = usualRules,
  slack: other,
}: WorldOptions = {}) {
  const database = await openDatabase();
  const { log: logger, messages: logged } = hearLog();
  let aheadMs = 0;
  const clock = { now: () => Date.now() + aheadMs };
  const store: Store = await createPostgresStore({ url: database.url, log: logger, clock });
  const fake = await startFakeSlack({
    now: clock.now,
    ...(other === undefined ? {} : { team: other.team }),
  });
  for (const id of [level1, level2, level3]) fake.state.channels.set(id, { direct: false, messages: [] });
  const bytes = createMemoryBytes();
  const sent: { readonly to: Address; readonly text: string; readonly file: string | null }[] = [];
  const conversations = createConversations({
    log: store.log,
    clock,
    rules: () => rules,
    readMeaning: () => null,
    defaultLanguage: 'es',
    onCommit: ({ conversation, events }, { reach }) => {
      // What would go to the customer: exactly what the outbox would take.
      for (const event of events) {
        if (event.type === 'said' && event.from === 'agent')
          sent.push({ to: reach, text: event.text, file: event.attachment?.name ?? null });
      }
      store.signals.publish(`case/${conversation}`);
    },
  });
  let drawn = 0;
  const ids = {
    id: () => {
      drawn += 1;
      return String(drawn).padStart(32, 'f');
    },
  };
  const staff = createStaff({ accounts: store.accounts, slackAgents: () => settings?.agents ?? [] });
  const presence = createPresence(store.cursors, store.signals);
  const claims = createClaims({
    staff,
    presence,
    cases: store.cases,
    lanes: createLanes(),
    clock,
    rules: () => rules,
  });
  let invitations = 0;
  const calls = createCalls({
    conversations,
    cursors: store.cursors,
    door: {
      async issue({ role }) {
        invitations += 1;
        return { id: `inv-${invitations}`, url: `https://relevo.test/v/${role}-${invitations}` };
      },
      newRoom: () => `room-${invitations}`,
      cancel: async () => undefined,
    },
    phoneOf: () => null,
    keepCalendar: async () => null,
    rules: () => rules,
    clock,
    log: logger,
  });
  const cases = createCases({
    conversations,
    log: store.log,
    cases: store.cases,
    outbox: store.outbox,
    people: store.people,
    files: store.files,
    bytes,
    replyWindowMs: () => null,
    deliver: () => undefined,
    clock,
    ids,
    signals: store.signals,
    rules: () => rules,
    claims,
    calls,
  });
  const next = createNextCase({
    conversations,
    cases: store.cases,
    claims,
    staff,
    presence,
    clock,
    rules: () => rules,
  });
  let settings: SlackDeskSettings | null = other?.settings ?? {
    tiers: { 1: level1, 2: level2 },
    agents: [
      { slack: ana, name: 'Ana' },
      { slack: leo, name: 'Leo' },
    ],
    answerMark,
    brands: {},
  };

  const open = async (self: string) => {
    const waiting: (() => void)[] = [];
    const leadership = createLeadership('slack-desk', { leases: store.leases, clock, self });
    const slack = createSlackApp(
      {
        botToken,
        apiUrl: other?.apiUrl ?? fake.url,
        ...(mode === 'webhook' ? { signingSecret } : { appToken }),
      },
      { clock, log: logger, publicUrl: mode === 'webhook' ? 'https://relevo.test' : null },
    );
    const desk = createSlackDesk({
      slack,
      settings: () => settings,
      language: 'es',
      cases,
      next,
      log: store.log,
      cursors: store.cursors,
      accounts: store.accounts,
      signals: store.signals,
      knowledge,
      tiers: () => rules.tiers,
      asked: async () => (await store.cases.withQuestions(200)).map(({ state }) => state.id),
      channelTitle: (name) => (name === 'webchat' ? 'Chat web' : name),
      webAddress: (number) => `https://relevo.test/desk/cases/${number}`,
      readText: (text) => customerText(text, ''),
      leadership,
      cards: createFencedCursors(store.cursors, leadership),
      clock,
      logger,
      pace: {
        postMs: 0,
        sweepMs: 3_600_000,
        overdueMs: 3_600_000,
        homeMs: 10,
        later: (run) => void waiting.push(run),
      },
    });
    if (slack.webhook !== undefined) fake.connect(slack.webhook);
    await desk.start();
    return { slack, desk, waiting };
  };
  let process = await open('first');

  let written = 0;
  /** A customer's message to a case, or the one that opens it. */
  const writes = async (user: string, content: Content | string): Promise<string> => {
    written += 1;
    const key = `webchat/${user}/${written}`;
    const said: Content = typeof content === 'string' ? { kind: 'text', text: content } : content;
    const message = {
      key,
      externalId: key,
      address: { channel: 'webchat', account: 'main', user },
      customerName: 'Rita',
      gesture: { kind: 'message', content: said },
    } as const;
    return (await conversations.receive(message)).conversation;
  };

  const cards = (channel: string): StoredMessage[] =>
    (fake.state.channels.get(channel)?.messages ?? []).filter(
      ({ thread_ts: of, bot_id: bot }) => of === undefined && bot !== undefined,
    );

  return {
    fake,
    store,
    cases,
    conversations,
    sent,
    clock,
    logged,
    people: createDeskPeople(fake),
    writes,
    /** What a customer does to a message of theirs. */
    async does(
      user: string,
      gesture: { kind: 'edit'; of: string; content: Content } | { kind: 'deletion'; of: string },
    ) {
      written += 1;
      const key = `webchat/${user}/${written}`;
      await conversations.receive({
        key,
        externalId: key,
        address: { channel: 'webchat', account: 'main', user },
        gesture,
      });
    },
    /** A photo of a customer's, stored. */
    async photo(user: string, name: string): Promise<string> {
      const id = ids.id();
      const kept = await bytes.write(
        id,
        (async function* () {
          yield Buffer.from('\x89PNG photo', 'latin1');
        })(),
      );
      const media = { id, kind: 'image', name, bytes: kept.bytes } as const;
      await store.files.addKept({ media, channel: 'webchat', kept, at: clock.now() });
      const conversation = await writes(user, { kind: 'media', media, caption: 'mire la luz' });
      await store.files.own([id], conversation);
      store.signals.publish(`case/${conversation}`);
      return conversation;
    },
    /** The bot gives the case to people. @returns its id */
    async handsOver(user: string, question = 'no me anda el wifi'): Promise<string> {
      const id = await writes(user, question);
      const snapshot = await store.log.load(id);
      const command = { type: 'bot-failed', throughSeq: snapshot?.seq ?? 0, reason: 'error' } as const;
      await conversations.handle(id, command, { kind: 'bot' });
      return id;
    },
    cards,
    /** What a card says, all its blocks as one text. */
    card: (channel: string, place = -1): string => JSON.stringify(cards(channel).at(place)?.blocks ?? null),
    /** What was written under a card, ours only, each message as one text. */
    thread: (channel: string, ts: string): string[] =>
      (fake.state.channels.get(channel)?.messages ?? [])
        .filter(({ thread_ts: of, bot_id: bot }) => of === ts && bot !== undefined)
        .map(({ blocks, files }) => JSON.stringify(blocks ?? files)),
    /** Files shared under a card. */
    shared: (channel: string, ts: string): string[] =>
      (fake.state.channels.get(channel)?.messages ?? [])
        .filter(({ thread_ts: of, files }) => of === ts && files !== undefined)
        .flatMap(({ files = [] }) => files.map((file) => String((file as { name?: unknown }).name))),
    /** Waits for something to become true. */
    until: <T>(check: () => T) => vi.waitFor(check, { timeout: 20_000, interval: 25 }),
    /** The ten seconds are over. */
    async tenSecondsPass(): Promise<void> {
      aheadMs += 10_000;
      for (const run of process.waiting.splice(0)) run();
    },
    /** Waits until no card is being written. */
    idle: () => process.desk.idle(),
    pass(byMs: number): void {
      aheadMs += byMs;
    },
    /** relevo.yaml says something else. */
    setSettings(changed: SlackDeskSettings | null): void {
      settings = changed;
      process.desk.reload();
    },
    settings: () => settings,
    next,
    sweep: () => process.desk.sweep(),
    /** Another process of the same installation starts beside this one, and hears what Slack says from now on. */
    async joined() {
      const other = await open('beside');
      return {
        sweep: other.desk.sweep,
        stop: other.desk.stop,
        /** The ten seconds are over for what this process was to send. */
        async tenSecondsPass(): Promise<void> {
          aheadMs += 10_000;
          for (const run of other.waiting.splice(0)) run();
        },
      };
    },
    /** The process stops; nobody takes its place. */
    leaves: () => process.desk.stop(),
    /** The process dies with all that it had not stored, and another one starts. */
    async crash(): Promise<void> {
      process.waiting.splice(0);
      await process.desk.stop();
      process = await open('second');
    },
    async stop(): Promise<void> {
      await process.desk.stop();
      await store.stop();
      await fake.stop();
      await database.drop();
    },
  };
}
