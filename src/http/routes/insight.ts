import { create as contentDisposition } from 'content-disposition';
import { z } from 'zod';
import type { Agent } from '../../core/conversation.ts';
import { RelevoError } from '../../core/errors.ts';
import type { Insight, InsightReport } from '../../insight/insight.ts';
import type { Now } from '../../insight/now.ts';
import { personOf } from '../access.ts';
import { HttpProblem } from '../problem.ts';
import { problems } from '../schemas/problem.ts';
import type { WebApp } from '../web-app.ts';

const tags = ['insight'];
const config = { allow: 'supervisor', byBrand: true } as const;

/** Reports over more than a year are not made. */
const maxDays = 366;

const query = z.object({
  /** Both or neither: without them the last `days`. */
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  days: z.coerce.number().int().min(1).max(maxDays).default(7),
  brand: z.string().max(100).optional(),
  channel: z.string().max(100).optional(),
});

const figure = z.object({
  id: z.string(),
  of: z.string().nullable(),
  unit: z.enum(['count', 'share', 'milliseconds', 'stars']),
  value: z.number().nullable(),
  from: z.number(),
  before: z.object({ value: z.number().nullable(), from: z.number() }).nullable(),
});

const report = z.object({
  from: z.iso.date(),
  to: z.iso.date(),
  figures: z.array(figure),
  byHour: z.array(z.number()),
  byDay: z.array(z.object({ day: z.iso.date(), conversations: z.number() })),
  byChannel: z.array(z.object({ channel: z.string(), conversations: z.number() })),
  stars: z.array(z.number()),
});

const count = z.number().int();

const nowView = z.object({
  at: z.number(),
  owners: z.object({ bot: count, tiers: count, agents: count, customers: count, vendors: count }),
  tiers: z.array(
    z.object({
      level: count,
      name: z.string(),
      queued: count,
      claimed: count,
      solved: count,
      next: z.object({ number: count, at: z.number() }).nullable(),
      opensAt: z.number().nullable(),
    }),
  ),
  agents: z.array(z.object({ id: z.string(), name: z.string(), away: z.boolean(), held: count })),
  alarms: z.array(
    z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('top'), number: count, tier: count, rang: count }),
      z.object({ kind: z.literal('channel'), name: z.string(), title: z.string() }),
      z.object({ kind: z.literal('sends'), count, more: z.boolean() }),
      z.object({ kind: z.literal('quarantine'), count }),
    ]),
  ),
});

/** What became of conversations in a period, for supervisors. */
export interface InsightDeps {
  readonly insight: Insight;
  /** A report as a table for spreadsheets. */
  readonly csv: (report: InsightReport) => string;
  readonly now: Now;
  /** The brands whose cases somebody may see; undefined: all. */
  readonly brandsOf: (agent: Agent) => Promise<readonly string[] | undefined>;
}

/** How things are now, and reports, as figures and as a table. */
export function insightRoutes(app: WebApp, { insight, csv, now, brandsOf }: InsightDeps): void {
  async function made(agent: Agent, asked: z.infer<typeof query>): Promise<InsightReport> {
    const { brand, channel, days } = asked;
    const last = insight.last(days);
    const { from = last.from, to = last.to } = asked;
    const own = await brandsOf(agent);
    if (brand !== undefined && own?.includes(brand) === false) {
      throw new HttpProblem(404, 'no_such_brand', `There is no brand ${brand}.`);
    }
    const brands = brand === undefined ? own : [brand];
    try {
      return await insight.report({
        from,
        to,
        ...(brands === undefined ? {} : { brands }),
        ...(channel === undefined ? {} : { channel }),
      });
    } catch (error) {
      if (!(error instanceof RelevoError && error.code === 'bad_period')) throw error;
      throw new HttpProblem(400, error.code, error.message, {
        ...(error.hint === undefined ? {} : { hint: error.hint }),
      });
    }
  }

  app.get('/api/console/now', {
    config,
    schema: {
      tags,
      summary: 'Whose move each open conversation is, each tier and agent, and what alarms',
      response: { 200: nowView, ...problems },
    },
    handler: async (request) => nowView.parse(await now.look(await brandsOf(personOf(request).agent))),
  });

  app.get('/api/console/insight', {
    config,
    schema: {
      tags,
      summary: 'What became of the conversations that began in a period, beside the period before',
      querystring: query,
      response: { 200: report, ...problems },
    },
    handler: async (request) => {
      const found = await made(personOf(request).agent, request.query);
      return {
        from: found.from,
        to: found.to,
        figures: found.list.map(({ now, before }) => ({
          ...now,
          of: now.of ?? null,
          before: before === null ? null : { value: before.value, from: before.from },
        })),
        byHour: [...found.figures.byHour],
        byDay: [...found.byDay],
        byChannel: found.byChannel.map(({ channel, conversations }) => ({ channel, conversations })),
        stars: [...found.figures.stars],
      };
    },
  });

  app.get('/api/console/insight.csv', {
    config,
    schema: { tags, summary: 'The same figures as a table for spreadsheets', querystring: query },
    handler: async (request, reply) => {
      const found = await made(personOf(request).agent, request.query);
      const { from, to } = found;
      return await reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', contentDisposition(`relevo-${from}-${to}.csv`))
        .send(csv(found));
    },
  });
}
