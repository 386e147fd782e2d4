import type { ChannelPreview } from '../channel-preview.ts';
import { can, partsOf, shownBy } from './render.ts';

/** What WhatsApp makes of a message from its Cloud API. */
export const preview: ChannelPreview = {
  channel: 'whatsapp-cloud',
  title: 'WhatsApp',
  handheld: can.handheld,
  show: (message) => partsOf(message).map((part) => ({ form: 'whatsapp', ...shownBy(part) })),
};
