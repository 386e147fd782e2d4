import { join } from 'node:path';
import type { Logger } from 'pino';
import { openBot } from './app-bot.ts';
import { openChannels } from './app-channels.ts';
import { createAfterCommit, horizonMs } from './app-commits.ts';
import { openConsole, openConsoleRounds } from './app-console.ts';
import { openDesks } from './app-desks.ts';
import { withEngines } from './app-engines.ts';
import { createFaults, type Faults } from './app-faults.ts';
import { openHttp } from './app-http.ts';
import { openInbox } from './app-inbox.ts';
import { openInsight } from './app-insight.ts';
import { openOutbox } from './app-outbox.ts';
import { openRoles } from './app-roles.ts';
import { createAppRules } from './app-rules.ts';
import { openSettings } from './app-settings.ts';
import { openTurns } from './app-turns.ts';
import { openVideo } from './app-video.ts';
import type { Bot } from './bot/bot.ts';
import { readMeaning } from './bot/meaning.ts';
import type { ChannelState } from './channels/listening.ts';
import type { Config } from './config.ts';
import type { Clock } from './core/clock.ts';
import type { Conversation } from './core/conversation.ts';
import { RelevoError } from './core/errors.ts';
import type { Ids } from './core/ids.ts';
import { type Address, addressKey } from './core/message.ts';
import type { Say } from './core/phrase.ts';
import { createMetrics } from './http/metrics.ts';
import type { Server } from './http/server.ts';
import { createBrandPeople } from './inbox/brand-people.ts';
import { createRing } from './inbox/deadline.ts';
import { createToldPeople } from './inbox/told-people.ts';
import { ensureSampleBase } from './kb/sample-base.ts';
import { type LadderWatch, watchLadder } from './ladder/watch.ts';
import { createMediaFolder } from './media/media-folder.ts';
import { createDispatch } from './queue/dispatch.ts';
import type { Queue } from './queue/queue.ts';
import { createSweeper } from './queue/sweeper.ts';
import { createWorkers } from './queue/workers.ts';
import type { Role } from './role.ts';
import { createConversations } from './store/conversations.ts';
import type { Store } from './store/store.ts';

/** What an app is made of. */
export interface AppOptions {
  readonly config: Config;
  /** The store's address: the configured server or the embedded one. */
  readonly databaseUrl: string;
  readonly log: Logger;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly version: string;
  /** What this process of the installation does; all of it when left out. */
  readonly role?: Role;
  /** Another bot than the product's own, for tests of what happens when a bot fails. */
  readonly bot?: () => Promise<Bot>;
}

/** A whole Relevo in this process. */
export interface App {
  readonly server: Server;
  /** What is on, for people. */
  readonly description: {
    readonly store: string;
    readonly queue: string;
  };
  /** How each channel is doing now. */
  channelStates(): readonly ChannelState[];
  /** The one-time token with which the first administrator signs up; null when there are users. */
  readonly setupToken: string | null;
  /** The base that was published when the app was made. */
  readonly base: { readonly version: number; readonly articles: number };
  /** Begins to take messages and work. */
  start(): Promise<void>;
  /** Takes nothing new, finishes what runs (at most `graceMs`), closes everything. Twice is fine. */
  stop(graceMs?: number): Promise<void>;
}

/** Conversations that one process works on at once, for each kind of work. */
const concurrency = 32;

/** The largest file that is kept, of customers or agents: what mail servers usually take. */
const maxFileBytes = 25 * 1024 * 1024;

/**
 * Builds a Relevo; what was opened is closed again when the building fails.
 * @throws RelevoError when an engine cannot be reached
 */
export async function createApp(options: AppOptions): Promise<App> {
  const faults = createFaults(options.config.faults);
  return await withEngines({ ...options, faults }, (store, queue) => assemble(options, store, queue, faults));
}

/** The only place that builds parts and hands them to each other. */
async function assemble(options: AppOptions, opened: Store, queue: Queue, faults: Faults): Promise<App> {
  const { config, log, clock, ids } = options;
  const fixed = { video: config.video !== null };
  const { ladder, rules, ...inForce } = createAppRules(config.ladder, fixed, (name) => channel(name)?.title);
  const say: Say = (...phrase) => rules().say(...phrase);
  const brandOf = (address: Address) => rules().brandOf?.(address) ?? null;
  const store: Store = {
    ...opened,
    people: createBrandPeople(createToldPeople(opened.people, opened.signals), brandOf),
  };
  const metrics = createMetrics();
  const commitCount = metrics.counter('relevo_commits_total', 'Steps stored in conversations.', ['by']);

  await ensureSampleBase({ bases: store.bases, clock, log });
  const base = await store.bases.current();

  const folder = createMediaFolder(join(config.dataFolder, 'media'));
  const channels = await openChannels({ config, store, folder, stateOf: known, say, clock, ids, log });
  const channel = (name: string) => channels.all.get(name);
  const roles = openRoles({
    role: options.role ?? 'all',
    store,
    can: (name) => channel(name)?.can,
    clock,
    ids,
    log,
  });
  const conversations = createConversations({
    log: store.log,
    clock,
    rules,
    readMeaning,
    defaultLanguage: config.ladder.language,
    onCommit(commit, after) {
      commitCount.add({ by: commit.by.kind });
      afterCommit(commit, after);
    },
  });

  const bytes = {
    write: (id: string, of: AsyncIterable<Uint8Array>) => folder.write(id, of, maxFileBytes),
    read: folder.read,
  };
  const video = openVideo({
    config,
    store,
    conversations,
    channel,
    bytes,
    ladder,
    rules,
    clock,
    ids,
    log,
  });
  const { knowledge, bot } = await openBot(options, store, inForce, options.bot);

  const made = openTurns({
    conversations,
    bot: faults.bot(bot),
    timeoutMs: config.ladder.botAnswerMs,
    signals: store.signals,
    channel,
    rules,
    clock,
    log,
  });
  const turns = faults.turns(made);
  const { delivery, collect } = openOutbox({
    config,
    store,
    folder,
    maxBytes: maxFileBytes,
    channel,
    faults,
    ladder,
    queue,
    call: video?.calls.attend,
    stateOf: known,
    changed,
    wake: (work, delayMs) => dispatch.wake(work, delayMs),
    clock,
    ids,
    log,
  });
  const listening = openInbox({
    conversations,
    store,
    channels: [...channels.all.values()],
    roles,
    faults,
    ladder,
    brandOf,
    keepBytes: (id, bytes) => folder.write(id, bytes, maxFileBytes),
    changed,
    clock,
    ids,
    log,
  });
  const ring = createRing({ conversations, clock });
  const desks = openDesks({
    store,
    conversations,
    bytes,
    calls: video?.calls,
    replyWindowMs: (name) => channel(name)?.can.replyWindowMs ?? null,
    deliver: (conversation) => dispatch.wake({ kind: 'deliver', conversation, seq: 0 }),
    knowledge,
    channelTitle: (name) => channel(name)?.title ?? name,
    publicUrl: config.publicUrl,
    slackApp: channels.slackApp,
    ladder,
    rules,
    leadershipOf: roles.leadershipOf,
    leaderOf: roles.leaderOf,
    clock,
    ids,
    log,
  });
  const reports = openInsight({
    store,
    staff: desks.staff,
    presence: desks.presence,
    channels: listening.states,
    ladder,
    rules,
    leaderOf: roles.leaderOf,
    clock,
    log,
  });
  const runsHere = async (conversation: string) => listening.runs((await known(conversation)).reach.channel);
  const workers = createWorkers({ hints: store.signals, self: ids.id(), clock });
  const { prompt } = store.signals;
  const dispatch = createDispatch({
    queue,
    log,
    local: roles.works,
    ...(prompt && !roles.works ? { tell: workers.tell } : {}),
    concurrency,
    handlers: {
      turn: ({ conversation, seq }) => turns.take(conversation, seq),
      deliver: roles.where('deliver', runsHere, ({ conversation }) => delivery.deliver(conversation)),
      deadline: ({ conversation, seq }) => ring(conversation, seq),
      offer: ({ conversation }) => desks.offer(conversation),
      fetch: roles.where('fetch', runsHere, ({ conversation }) => collect(conversation)),
    },
  });
  const afterCommit = createAfterCommit({
    signals: store.signals,
    channel,
    wake: dispatch.wake,
    nudge: delivery.nudge,
    clock,
  });
  const sweeper = createSweeper({ undone: store.undone, wake: dispatch.wake, clock, log, horizonMs });

  const settings = openSettings({ store, ladder, file: config.ladderFile.name, clock, log });
  const tuning = openConsole({ store, knowledgeOf: inForce.knowledgeOf, clock, ids, log });
  const tuningRounds = openConsoleRounds(tuning, roles, log);
  const { server, setupToken } = await openHttp({
    ...options,
    store,
    queue,
    channels,
    listening,
    desks,
    reports,
    video,
    tuning,
    knowledgeOf: inForce.knowledgeOf,
    settings,
    ladder,
    roles,
    metrics,
  });

  /** Something of a conversation changed that is not in its log: a receipt, a file. */
  async function changed(conversation: string): Promise<void> {
    const { address, lastTier } = await known(conversation);
    store.signals.publish(`chat/${addressKey(address)}`);
    if (lastTier !== null) store.signals.publish(`case/${conversation}`);
  }

  async function known(conversation: string, seq = 1): Promise<Conversation> {
    const snapshot = await conversations.peek(conversation, seq);
    if (snapshot === null)
      throw new RelevoError('no_such_conversation', `there is no conversation ${conversation}`);
    return snapshot.state;
  }

  const unhear = roles.hear((work) => {
    runsHere(work.conversation)
      .then((here) => (here && roles.works ? dispatch.wake({ ...work, seq: 0 }) : undefined))
      .catch((error: unknown) => log.warn({ err: error, ...work }, 'work is left to the sweeper'));
  });

  let watch: LadderWatch | null = null;
  let stopping: Promise<void> | null = null;
  async function stop(graceMs: number): Promise<void> {
    watch?.stop();
    video?.stop();
    tuning.workbench.close();
    await server.stop();
    await sweeper.stop();
    workers.leave();
    unhear();
    // What is under way is finished while the channels still run; then others may run them at once.
    delivery.drain();
    const cut = setTimeout(() => turns.abort(), graceMs / 2);
    await dispatch.stop(graceMs);
    clearTimeout(cut);
    workers.stop();
    await Promise.all([desks.stop(), listening.stop(), reports.stop(), tuningRounds.stop()]);
    await knowledge.close();
    await store.stop();
  }

  return {
    server,
    description: { store: store.description, queue: queue.description },
    channelStates: listening.states,
    setupToken,
    base: { version: base?.version ?? 0, articles: base?.articles.length ?? 0 },
    async start() {
      await settings.note(ladder());
      await listening.start();
      await desks.start();
      await reports.start();
      await tuningRounds.start();
      await dispatch.start();
      if (roles.works) sweeper.start();
      // Who does everything mostly stands alone: an idle database is left in peace.
      if (prompt && !roles.serves) workers.join(dispatch.wake);
      video?.start();
      watch ??= watchLadder({
        ...config.ladderFile,
        changed: (changed) => {
          inForce.change(changed);
          desks.reload();
          void settings.note(changed);
        },
        log,
      });
      if (!roles.works) return;
      bot().catch((error: unknown) =>
        log.error({ err: error }, 'the bot could not be loaded: people get every case'),
      );
    },
    stop(graceMs = 10_000) {
      stopping ??= stop(graceMs);
      return stopping;
    },
  };
}
