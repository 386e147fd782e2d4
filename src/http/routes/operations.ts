import { z } from 'zod';
import { RelevoError } from '../../core/errors.ts';
import { languages } from '../../core/language.ts';
import type { Auth } from '../auth.ts';
import type { Metrics } from '../metrics.ts';
import { comesFromHere } from '../origin.ts';
import { HttpProblem } from '../problem.ts';
import { problems } from '../schemas/problem.ts';
import type { WebApp } from '../web-app.ts';

/** Whether the engines answer: each rejects when its own does not. */
export interface Health {
  store(): Promise<void>;
  queue(): Promise<void>;
  /** How each channel is doing; left out where there is nothing to tell. */
  channels?(): readonly {
    readonly name: string;
    readonly state: string;
    readonly fault?: { readonly code: string };
  }[];
}

/** What the routes for whoever runs Relevo need. */
export interface OperationsDeps {
  readonly health: Health;
  readonly metrics: Metrics;
  readonly auth: Pick<Auth, 'isDemo'>;
  /** Whether the metrics are for everybody, or for this computer only. */
  readonly metricsPublic: boolean;
  readonly version: string;
}

const readyWithinMs = 3_000;
const readiness = z.object({
  store: z.string(),
  queue: z.string(),
  channels: z
    .record(z.string(), z.string())
    .optional()
    .describe('on, starting, or the code of what is wrong, by channel. None of it makes Relevo unready.'),
});

/** Is it alive, is it ready, what does it measure, what can be asked of it. */
export function operationsRoutes(app: WebApp, deps: OperationsDeps): void {
  const tags = ['operations'];
  const config = { allow: 'public' } as const;

  app.get('/healthz', {
    config,
    schema: { tags, summary: 'Is the process alive', response: { 200: z.object({ status: z.string() }) } },
    handler: async () => ({ status: 'alive' }),
  });

  app.get('/readyz', {
    config,
    schema: { tags, summary: 'Do its engines answer', response: { 200: readiness, 503: readiness } },
    handler: async (_request, reply) => {
      const [store, queue] = await Promise.all([stateOf(deps.health.store()), stateOf(deps.health.queue())]);
      const states = deps.health.channels?.().map(({ name, state, fault }) => [name, fault?.code ?? state]);
      const channels = states === undefined ? {} : { channels: Object.fromEntries(states) };
      return reply.code(store === 'ok' && queue === 'ok' ? 200 : 503).send({ store, queue, ...channels });
    },
  });

  app.get('/metrics', {
    config,
    schema: { tags, summary: 'Measurements in the text format of Prometheus', produces: ['text/plain'] },
    handler: async (request, reply) => {
      if (!deps.metricsPublic && !comesFromHere(request)) {
        throw new HttpProblem(403, 'not_allowed', 'The metrics are for this computer only.', {
          hint: 'METRICS_PUBLIC=on shows them to everybody.',
        });
      }
      return reply.type(deps.metrics.contentType).send(await deps.metrics.text());
    },
  });

  app.get('/api/settings', {
    config,
    schema: {
      tags,
      summary: 'What the pages need to know before anybody signs in',
      response: {
        200: z.object({
          name: z.string(),
          languages: z.array(z.enum(languages)),
          demo: z.boolean(),
          version: z.string(),
        }),
        ...problems,
      },
    },
    handler: async () => ({
      name: 'Relevo',
      languages: [...languages],
      demo: await deps.auth.isDemo(),
      version: deps.version,
    }),
  });

  let document: string | null = null;
  app.get('/api/openapi.json', {
    config,
    schema: { tags, summary: 'This description' },
    handler: async (_request, reply) => {
      document ??= JSON.stringify(app.swagger());
      return reply.type('application/json; charset=utf-8').send(document);
    },
  });
}

/** `ok`, or the code of the fault: what else went wrong is for the log. */
async function stateOf(check: Promise<void>): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve('timeout'), readyWithinMs);
  });
  const answer = check.then(
    () => 'ok',
    (error: unknown) => (error instanceof RelevoError ? error.code : 'unreachable'),
  );
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}
