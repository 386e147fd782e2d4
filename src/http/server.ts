import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import fastifyStatic from '@fastify/static';
import swagger from '@fastify/swagger';
import Fastify, { type FastifyBaseLogger, LogController } from 'fastify';
import {
  jsonSchemaTransform,
  jsonSchemaTransformObject,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import type { Logger } from 'pino';
import type { WebChat } from '../channels/webchat/index.ts';
import type { Clock } from '../core/clock.ts';
import type { Ids } from '../core/ids.ts';
import type { CaseDesk } from '../escalation/case-view.ts';
import type { NextCase } from '../escalation/next-case.ts';
import type { SignInProvider } from '../oidc/provider.ts';
import type { Accounts } from '../store/accounts.ts';
import type { Quarantine } from '../store/quarantine.ts';
import type { Signals } from '../store/signals.ts';
import { type BrandsOf, guard, type RouteRule, stillAllowed } from './access.ts';
import { createAuth } from './auth.ts';
import { answerBrokenRequest } from './broken-request.ts';
import { createEventStreams, type StreamLimits } from './event-stream.ts';
import { createJsonBody } from './json-body.ts';
import { measure } from './measure.ts';
import type { Metrics } from './metrics.ts';
import { describeAccess, openApi } from './open-api.ts';
import { createPasswords } from './password.ts';
import { createErrorHandler, HttpProblem, sendProblem } from './problem.ts';
import { createProviderUsers, type Joins } from './provider-users.ts';
import { callRoutes } from './routes/calls.ts';
import { caseRoutes } from './routes/cases.ts';
import { channelRoutes, type ListedChannel } from './routes/channels.ts';
import { chatRoutes } from './routes/chat.ts';
import { chatFileRoutes } from './routes/chat-files.ts';
import { chatStreamRoute } from './routes/chat-stream.ts';
import { type ConsoleDeps, consoleRoutes } from './routes/console/console.ts';
import { type CaseLog, deskStreamRoute } from './routes/desk-stream.ts';
import { type FailedSends, failedSendRoutes } from './routes/failed-sends.ts';
import { fileRoutes } from './routes/files.ts';
import { type HookDeps, hookRoutes } from './routes/hooks.ts';
import { type InsightDeps, insightRoutes } from './routes/insight.ts';
import { joinerRoutes } from './routes/joiners.ts';
import { nextCaseRoutes } from './routes/next-case.ts';
import { type Health, operationsRoutes } from './routes/operations.ts';
import { pageRoutes } from './routes/pages.ts';
import { peopleRoutes } from './routes/people.ts';
import { providerPath, providerRoutes } from './routes/provider.ts';
import { quarantineRoutes } from './routes/quarantine.ts';
import { questionRoutes } from './routes/questions.ts';
import { sessionRoutes } from './routes/session.ts';
import { sessionsRoutes } from './routes/sessions.ts';
import { setupRoute } from './routes/setup.ts';
import { tokenRoutes } from './routes/tokens.ts';
import { accountTopic, type UserRouteDeps, userRoutes } from './routes/users.ts';
import { type VideoDeps, videoRoutes } from './routes/video.ts';
import { refuseDevices, securityHeaders } from './security-headers.ts';
import type { Setup } from './setup.ts';
import { createVisitors } from './visitor.ts';
import type { WebApp } from './web-app.ts';
import { createNoteChange } from './write-down.ts';

/** How the server is to behave. */
export interface ServerSettings {
  readonly version: string;
  /** Another name of ours, beside the one in the Host header; null when there is none. */
  readonly publicUrl: string | null;
  /** Whether X-Forwarded-For, -Proto and -Host are believed. */
  readonly trustProxy: boolean;
  readonly metricsPublic: boolean;
  /** Where the built pages are; null: none. */
  readonly pagesFolder: string | null;
  /** Whether only those who run Relevo are answered: is it alive, is it ready, what does it measure. */
  readonly operationsOnly?: boolean;
  readonly streams?: Partial<StreamLimits>;
}

/** What the web interface serves. */
export interface ServerDeps {
  readonly chat: WebChat;
  /** The web chat of a host, where a company has one of its own; absent, or null: there is one for all. */
  readonly chatOf?: (host: string) => string | null;
  /** The channels whose platforms call us, by name. */
  readonly channel?: HookDeps['channel'];
  /** The way into calls, and what a video server's own calls are answered by; absent: video is not set up. */
  readonly video?: { readonly door: VideoDeps['door']; readonly webhook: HookDeps['video'] };
  /** All channels that are on. */
  readonly channels?: () => Iterable<ListedChannel>;
  readonly cases: CaseDesk;
  /** Absent: nobody is given a case. */
  readonly next?: NextCase;
  /** Reports; absent: there are none. */
  readonly reports?: InsightDeps;
  readonly conversations: CaseLog;
  readonly accounts: Accounts;
  /** The brands that somebody works for; absent: everybody works for all. */
  readonly brandsOf?: BrandsOf;
  /** Where people sign in who do not do it here, and who of them is given an account; absent: nowhere. */
  readonly elsewhere?: { readonly provider: Omit<SignInProvider, 'check'>; readonly joins: Joins };
  /** Which brands relevo.yaml binds somebody to; absent: it binds nobody. */
  readonly boundTo?: UserRouteDeps['boundTo'];
  readonly signals: Signals;
  readonly outbox: FailedSends;
  readonly quarantine: Pick<Quarantine, 'list' | 'get' | 'drop' | 'count'>;
  /** Where supervisors tune the answers; absent: nowhere. */
  readonly console?: ConsoleDeps;
  readonly setup: Setup;
  readonly health: Health;
  readonly metrics: Metrics;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Logger;
  readonly settings: ServerSettings;
}

/** The web server. */
export interface Server {
  /** Answers a request without a port, for tests. */
  readonly inject: WebApp['inject'];
  /** Every route and whom it lets in. */
  readonly rules: readonly RouteRule[];
  /** @returns the address it is reached at, without a slash at the end */
  listen(at: { host: string; port: number }): Promise<string>;
  /** Ends the streams, answers what has been asked (at most `graceMs`), closes all connections. Twice is fine. */
  stop(graceMs?: number): Promise<void>;
}

/** Bodies of the largest texts fit in, however a client escapes them. */
const bodyLimitKib = 256;

/** What a process that serves no pages still answers. */
const operations = new Set(['/healthz', '/readyz', '/metrics']);

/** The largest file an agent or a visitor may send. */
const maxUploadBytes = 25 * 1024 * 1024;

/** The largest file comes through in time over a phone's 1.2 Mbit/s. */
const uploadTimeoutMs = 180_000;

const streamLimits: StreamLimits = { heartbeatMs: 15_000, lookMs: 20_000, stalledMs: 60_000, checkMs: 4_000 };

/** Builds the whole web interface: pages, chat, desk, accounts, operations. */
export async function createServer(deps: ServerDeps): Promise<Server> {
  const { settings, log, ids } = deps;
  const { publicUrl } = settings;
  const loggerInstance: FastifyBaseLogger = log;
  const handleError = createErrorHandler({ ids, bodyLimitText: `${bodyLimitKib} KB` });
  const app: WebApp = Fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: bodyLimitKib * 1024,
    // Keys in quarantine hold names of accounts and hashes.
    routerOptions: { maxParamLength: 300 },
    trustProxy: settings.trustProxy,
    requestTimeout: uploadTimeoutMs,
    forceCloseConnections: 'idle',
    frameworkErrors: handleError,
    clientErrorHandler: answerBrokenRequest,
  }).withTypeProvider<ZodTypeProvider>();

  if (settings.operationsOnly === true) {
    app.addHook('onRequest', async (request) => {
      if (operations.has(request.routeOptions.url ?? '')) return;
      throw new HttpProblem(
        404,
        'not_found',
        'This process works in the background: the pages are served by another.',
      );
    });
  }

  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler(handleError);
  app.setNotFoundHandler((_request, reply) =>
    sendProblem(reply, new HttpProblem(404, 'not_found', 'There is nothing at this address.')),
  );
  const parseJson = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, createJsonBody(parseJson));

  await app.register(swagger, {
    openapi: openApi(settings.version),
    transform: describeAccess(jsonSchemaTransform),
    transformObject: jsonSchemaTransformObject,
  });
  await app.register(cookie);
  await app.register(helmet, securityHeaders(publicUrl));
  app.addHook('onRequest', refuseDevices);
  if (settings.pagesFolder !== null) {
    await app.register(fastifyStatic, { root: settings.pagesFolder, serve: false, preCompressed: true });
  }

  const passwords = createPasswords(ids);
  const auth = createAuth({ accounts: deps.accounts, passwords, clock: deps.clock, ids, log, publicUrl });
  const visitors = createVisitors({ ids, log, publicUrl, chatOf: deps.chatOf });
  const streams = createEventStreams({ ...streamLimits, ...settings.streams }, (request) =>
    stillAllowed(auth, request),
  );
  const unhear = deps.signals.subscribe((topic) => {
    if (topic.startsWith(accountTopic(''))) streams.recheck();
  });
  measure(app, deps.metrics, streams);
  const { brandsOf = async () => undefined, boundTo = () => undefined } = deps;
  const rules = guard(app, { auth, visitors, brandsOf, publicUrl });

  chatRoutes(app, { chat: deps.chat, visitors });
  await chatFileRoutes(app, { chat: deps.chat, clock: deps.clock, maxBytes: maxUploadBytes });
  chatStreamRoute(app, { chat: deps.chat, streams, log });
  caseRoutes(app, { cases: deps.cases });
  callRoutes(app, { cases: deps.cases });
  if (deps.next !== undefined) nextCaseRoutes(app, { cases: deps.cases, next: deps.next });
  peopleRoutes(app, { cases: deps.cases });
  if (deps.reports !== undefined) insightRoutes(app, deps.reports);
  questionRoutes(app, { cases: deps.cases });
  await fileRoutes(app, { cases: deps.cases, maxBytes: maxUploadBytes });
  const stopDesk = deskStreamRoute(app, {
    conversations: deps.conversations,
    signals: deps.signals,
    mayHear: deps.cases.mayHear,
    streams,
    log,
  });
  const { elsewhere } = deps;
  const provider = elsewhere && { name: elsewhere.provider.name, url: `${publicUrl ?? ''}${providerPath}` };
  sessionRoutes(app, { auth, brandsOf, provider });
  setupRoute(app, { auth, setup: deps.setup, passwords, ids });
  const { mayHear } = deps.cases;
  failedSendRoutes(app, { outbox: deps.outbox, conversations: deps.conversations, mayHear });
  channelRoutes(app, { channels: deps.channels ?? (() => []) });
  quarantineRoutes(app, { quarantine: deps.quarantine, mayHear });
  if (deps.console !== undefined) consoleRoutes(app, { ...deps.console, brandsOf }, streams);
  const { accounts, signals, clock } = deps;
  const note = createNoteChange(deps.console?.audit, clock);
  userRoutes(app, { accounts, passwords, ids, note, signals, brandsOf, boundTo });
  sessionsRoutes(app, { accounts, signals, clock, note });
  tokenRoutes(app, { accounts, signals, clock, note });
  const audit = deps.console?.audit;
  joinerRoutes(app, { accounts, auth, passwords, clock, ids, note, audit, brandsOf });
  if (elsewhere !== undefined && publicUrl !== null) {
    const { provider, joins } = elsewhere;
    const users = createProviderUsers({ accounts, passwords, joins, audit, clock, ids });
    providerRoutes(app, { provider, users, auth, publicUrl, log });
  }
  operationsRoutes(app, {
    health: deps.health,
    metrics: deps.metrics,
    auth,
    metricsPublic: settings.metricsPublic,
    version: settings.version,
  });
  await hookRoutes(app, {
    channel: deps.channel ?? (() => undefined),
    video: deps.video?.webhook ?? null,
    publicUrl,
  });
  await videoRoutes(app, {
    door: deps.video?.door ?? null,
    clock: deps.clock,
    ids,
    publicUrl,
    folder: settings.pagesFolder,
  });
  pageRoutes(app, { folder: settings.pagesFolder });
  await app.ready();

  let stopping: Promise<void> | null = null;
  async function stop(graceMs: number): Promise<void> {
    stopDesk();
    unhear();
    streams.stop();
    const timer = setTimeout(() => app.server.closeAllConnections(), graceMs);
    await app.close();
    clearTimeout(timer);
  }

  return {
    inject: app.inject.bind(app),
    rules,
    listen: (at) => app.listen(at),
    stop(graceMs = 5_000) {
      stopping ??= stop(graceMs);
      return stopping;
    },
  };
}
