import { z } from 'zod';
import type { FailedEffect } from '../../store/store.ts';
import { problems } from '../schemas/problem.ts';
import { iso, moment } from '../schemas/text.ts';
import type { WebApp } from '../web-app.ts';

/** The messages that never arrived, or may have arrived twice. */
export interface FailedSends {
  failed(limit: number): Promise<readonly FailedEffect[]>;
}

const listed = 200;

const failedSends = z.object({
  messages: z.array(
    z
      .object({
        name: z.string(),
        number: z.int(),
        channel: z.string(),
        given: z
          .boolean()
          .describe('Given up; otherwise it went out, and the error says what is to be known.'),
        error: z.string(),
        at: moment,
      })
      .meta({ id: 'FailedSend' }),
  ),
});

/** Messages that failed on any channel, for supervisors; a case's own are in its story. */
export function failedSendRoutes(app: WebApp, { outbox }: { outbox: FailedSends }): void {
  app.get('/api/failed-sends', {
    config: { allow: 'supervisor' },
    schema: {
      tags: ['operations'],
      summary: 'Messages that never arrived or may have arrived twice, newest first',
      response: { 200: failedSends, ...problems },
    },
    handler: async () => {
      const found = await outbox.failed(listed);
      return { messages: found.map(({ conversation: _, at, ...plain }) => ({ ...plain, at: iso(at) })) };
    },
  });
}
