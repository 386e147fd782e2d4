import type { ChannelPreview } from '../channel-preview.ts';
import { channelName } from './inbound.ts';
import { can, partsOf, textOf } from './render.ts';

/** What WhatsApp makes of a message that a linked phone sends. */
export const preview: ChannelPreview = {
  channel: channelName,
  title: 'WhatsApp Web',
  handheld: can.handheld,
  show: (message) =>
    partsOf(message).map((part) => ({ text: textOf(part), form: 'whatsapp', buttons: [], rows: [] })),
};
