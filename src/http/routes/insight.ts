import { create as contentDisposition } from 'content-disposition';
import { z } from 'zod';
import { RelevoError } from '../../core/errors.ts';
import type { Insight, InsightReport } from '../../insight/insight.ts';
import { HttpProblem } from '../problem.ts';
import { problems } from '../schemas/problem.ts';
import type { WebApp } from '../web-app.ts';

const tags = ['insight'];
const config = { allow: 'supervisor' } as const;

const query = z.object({
  from: z.iso.date(),
  to: z.iso.date(),
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

/** What became of conversations in a period, for supervisors. */
export interface InsightDeps {
  readonly insight: Insight;
  /** A report as a table for spreadsheets. */
  readonly csv: (report: InsightReport) => string;
}

/** Reports, as figures and as a table. */
export function insightRoutes(app: WebApp, { insight, csv }: InsightDeps): void {
  async function made({ from, to, brand, channel }: z.infer<typeof query>): Promise<InsightReport> {
    try {
      return await insight.report({
        from,
        to,
        ...(brand === undefined ? {} : { brand }),
        ...(channel === undefined ? {} : { channel }),
      });
    } catch (error) {
      if (!(error instanceof RelevoError && error.code === 'bad_period')) throw error;
      throw new HttpProblem(400, error.code, error.message, {
        ...(error.hint === undefined ? {} : { hint: error.hint }),
      });
    }
  }

  app.get('/api/console/insight', {
    config,
    schema: {
      tags,
      summary: 'What became of the conversations that began in a period, beside the period before',
      querystring: query,
      response: { 200: report, ...problems },
    },
    handler: async (request) => {
      const found = await made(request.query);
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
      const { from, to } = request.query;
      const table = csv(await made(request.query));
      return await reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', contentDisposition(`relevo-${from}-${to}.csv`))
        .send(table);
    },
  });
}
