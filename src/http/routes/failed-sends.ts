import { z } from 'zod';
import type { Agent } from '../../core/conversation.ts';
import type { FailedEffect } from '../../store/outbox.ts';
import { personOf } from '../access.ts';
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

/** What the list of failed messages is made of. */
export interface FailedSendDeps {
  readonly outbox: FailedSends;
  readonly conversations: {
    load(id: string): Promise<{ readonly state: { readonly brand: string | null } } | null>;
  };
  /** Whether somebody may hear of a brand's cases. */
  readonly mayHear: (agent: Agent, brand: string | null) => Promise<boolean>;
}

/** Messages that failed on any channel, for supervisors; a case's own are in its story. */
export function failedSendRoutes(app: WebApp, { outbox, conversations, mayHear }: FailedSendDeps): void {
  async function seenBy(agent: Agent): Promise<readonly FailedEffect[]> {
    const found = await outbox.failed(listed);
    if (await mayHear(agent, null)) return found;
    const seen = await Promise.all(
      found.map(async ({ conversation }) => {
        const snapshot = await conversations.load(conversation);
        return snapshot !== null && (await mayHear(agent, snapshot.state.brand));
      }),
    );
    return found.filter((_, place) => seen[place]);
  }

  app.get('/api/failed-sends', {
    config: { allow: 'supervisor', byBrand: true },
    schema: {
      tags: ['operations'],
      summary: 'Messages that never arrived or may have arrived twice, newest first',
      response: { 200: failedSends, ...problems },
    },
    handler: async (request) => {
      const found = await seenBy(personOf(request).agent);
      return { messages: found.map(({ conversation: _, at, ...plain }) => ({ ...plain, at: iso(at) })) };
    },
  });
}
