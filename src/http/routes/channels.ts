import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { ChannelStatus } from '../../channels/channel.ts';
import { HttpProblem } from '../problem.ts';
import { problems } from '../schemas/problem.ts';
import type { WebApp } from '../web-app.ts';

/** What the page of channels shows of each. */
export interface ListedChannel {
  readonly name: string;
  readonly title: string;
  /** How it is, where that can change; another process may have to be asked by way of the store. */
  readonly state?: () => ChannelStatus | Promise<ChannelStatus>;
}

const tags = ['channels'];

// Whoever scans a code decides which phone answers customers.
const config = { allow: 'administrator' } as const;

const channelJson = z
  .object({
    name: z.string(),
    title: z.string(),
    state: z.enum(['starting', 'ready', 'needs-attention', 'restarting']),
    line: z.string(),
    /** Where the picture of the code is that a phone has to scan; another code has another address. */
    qr: z.string().nullable(),
  })
  .meta({ id: 'Channel' });

/** The channels that are switched on, and how each is. */
export function channelRoutes(app: WebApp, { channels }: { channels: () => Iterable<ListedChannel> }): void {
  app.get('/api/channels', {
    config,
    schema: {
      tags,
      summary: 'The channels that are switched on, and how each is',
      response: { 200: z.object({ channels: z.array(channelJson) }), ...problems },
    },
    handler: async (_request, reply) => {
      reply.header('cache-control', 'no-store');
      return { channels: await Promise.all([...channels()].map(jsonOf)) };
    },
  });

  app.get('/api/channels/:name/code.svg', {
    config,
    schema: { tags, summary: 'The code that a phone has to scan', params: z.object({ name: z.string() }) },
    handler: async (request, reply) => {
      const channel = [...channels()].find(({ name }) => name === request.params.name);
      const qr = (await channel?.state?.())?.qr;
      if (qr === undefined) throw new HttpProblem(404, 'not_found', 'There is no code to scan.');
      const { toString: drawCode } = await import('qrcode');
      const picture = await drawCode(qr, { type: 'svg', margin: 4, errorCorrectionLevel: 'L' });
      return reply.type('image/svg+xml').header('cache-control', 'no-store').send(picture);
    },
  });
}

async function jsonOf({ name, title, state }: ListedChannel): Promise<z.output<typeof channelJson>> {
  const { qr, ...now } = (await state?.()) ?? { state: 'ready' as const, line: 'On.' };
  return { name, title: title ?? name, ...now, qr: qr === undefined ? null : addressOf(name, qr) };
}

/** The code itself stands in no address: those are logged. */
function addressOf(name: string, qr: string): string {
  const hash = createHash('sha256').update(qr).digest('hex').slice(0, 16);
  return `/api/channels/${name}/code.svg?${hash}`;
}
