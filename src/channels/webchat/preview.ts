import type { ChannelPreview } from '../channel-preview.ts';
import { channelName } from './parse.ts';

/** What the page of the web chat makes of a message. */
export const preview: ChannelPreview = {
  channel: channelName,
  title: 'Web chat',
  handheld: false,
  show: ({ text, options, sources }) => [
    {
      text,
      form: 'markdown',
      buttons: options.map(({ label }) => label),
      rows: [],
      ...(sources.length === 0
        ? {}
        : { source: [...new Set(sources.map(({ title }) => title))].join(' · ') }),
    },
  ],
};
