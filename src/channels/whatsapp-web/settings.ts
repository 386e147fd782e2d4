import { z } from 'zod';
import { type ChannelKind, channelKind } from '../channel-kind.ts';
import { channelName } from './inbound.ts';
import { preview } from './preview.ts';

const variables = z.object({
  WHATSAPP_WEB: z.literal('on', 'expected on or off'),
  /** The browser's program; found by itself where nothing is said. */
  WHATSAPP_WEB_CHROMIUM: z.string().optional(),
});

const whenOn = channelKind(
  channelName,
  variables,
  async (settings, deps) => {
    const { createWhatsAppWeb } = await import('./index.ts');
    return createWhatsAppWeb({ chromium: settings.WHATSAPP_WEB_CHROMIUM ?? null }, deps);
  },
  preview,
);

/** WhatsApp through its web page, as a linked device of a phone. Off unless it is asked for by name. */
export const whatsAppWeb: ChannelKind = {
  ...whenOn,
  read: (env) => ((env.WHATSAPP_WEB ?? 'off') === 'off' ? null : whenOn.read(env)),
};
