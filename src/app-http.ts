import type { Logger } from 'pino';
import { openAccounts } from './app-accounts.ts';
import type { AppConsole } from './app-console.ts';
import type { AppDesks } from './app-desks.ts';
import type { AppRoles } from './app-roles.ts';
import type { AppSettings } from './app-settings.ts';
import type { AppVideo } from './app-video.ts';
import type { Channels } from './channels/registry.ts';
import type { Config } from './config.ts';
import type { Clock } from './core/clock.ts';
import type { Ids } from './core/ids.ts';
import type { Metrics } from './http/metrics.ts';
import { pagesFolder } from './http/pages-folder.ts';
import type { InsightDeps } from './http/routes/insight.ts';
import type { Health } from './http/routes/operations.ts';
import { createServer, type Server, type ServerDeps } from './http/server.ts';
import { createSetup } from './http/setup.ts';
import type { Ladder } from './ladder-file.ts';
import type { Queue } from './queue/queue.ts';
import type { Store } from './store/store.ts';

/** What is served over HTTP, and what serving it is made of. */
export interface AppHttpDeps {
  readonly config: Config;
  readonly version: string;
  readonly store: Store;
  readonly queue: Pick<Queue, 'check'>;
  readonly channels: Channels;
  /** How channels are: all of them as people see them, and those of this process. */
  readonly listening: {
    readonly listed: NonNullable<ServerDeps['channels']>;
    readonly states: NonNullable<Health['channels']>;
  };
  readonly desks: Pick<AppDesks, 'cases' | 'next' | 'staff'>;
  readonly reports: InsightDeps;
  /** Null: video is not set up. */
  readonly video: Pick<AppVideo, 'http'> | null;
  readonly tuning: AppConsole;
  readonly knowledgeOf: (brand: string | null) => string | null;
  readonly settings: Pick<AppSettings, 'view'>;
  /** As relevo.yaml says now. */
  readonly ladder: () => Ladder;
  readonly roles: Pick<AppRoles, 'serves'>;
  readonly metrics: Metrics;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Logger;
}

/**
 * Builds what pages, platforms and programs reach; it does not listen yet.
 * @returns with it the one-time token with which the first administrator signs up; null when there are users
 */
export async function openHttp(
  deps: AppHttpDeps,
): Promise<{ readonly server: Server; readonly setupToken: string | null }> {
  const { config, store, channels, listening, desks, tuning, ladder, metrics, clock, ids, log } = deps;
  metrics.gauge('relevo_quarantined', 'What platforms sent and nobody could read.', [], async () => [
    { labels: {}, value: await store.quarantine.count() },
  ]);
  const shared = { cursors: store.cursors, clock };
  const setup = await createSetup({ accounts: store.accounts, ids, shared });
  const server = await createServer({
    chat: channels.webchat,
    chatOf: (host) => (ladder().chatHosts.includes(host) ? host : null),
    channel: (name) => channels.all.get(name),
    channels: listening.listed,
    cases: desks.cases,
    next: desks.next,
    reports: deps.reports,
    conversations: store.log,
    accounts: store.accounts,
    ...openAccounts({ config, staff: desks.staff, ladder, clock }),
    signals: store.signals,
    outbox: store.outbox,
    quarantine: store.quarantine,
    ...(deps.video === null ? {} : { video: deps.video.http }),
    console: { ...tuning, knowledgeOf: deps.knowledgeOf, settings: deps.settings.view },
    setup,
    health: {
      store: () => store.check(),
      queue: () => deps.queue.check(),
      channels: () => listening.states(),
    },
    metrics,
    clock,
    ids,
    log,
    settings: {
      version: deps.version,
      publicUrl: config.publicUrl,
      trustProxy: config.trustProxy,
      metricsPublic: config.metricsPublic,
      pagesFolder,
      operationsOnly: !deps.roles.serves,
    },
  });
  return { server, setupToken: setup.token };
}
