import type { ChannelPreview } from '../channel-preview.ts';
import { channelName } from './address.ts';
import { can, partsOf, renderPart } from './render.ts';

/** What Telegram makes of a message. */
export const preview: ChannelPreview = {
  channel: channelName,
  title: 'Telegram',
  handheld: can.handheld,
  show: (message) =>
    partsOf(message).map((part) => {
      const { html, keyboard } = renderPart(part);
      return { text: html, form: 'html', buttons: (keyboard ?? []).flat().map(({ text }) => text), rows: [] };
    }),
};
