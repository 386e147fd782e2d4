import type { ChannelPreview } from '../channel-preview.ts';
import { layoutOf } from '../option-layout.ts';
import { toMrkdwn } from './mrkdwn.ts';
import { can, partsOf, sourceLine } from './render.ts';

/** What Slack makes of a message. */
export const preview: ChannelPreview = {
  channel: 'slack',
  title: 'Slack',
  handheld: can.handheld,
  show: (message) =>
    partsOf(message).map(({ text, options, sources, language }) => {
      const layout = layoutOf(options, can);
      const labels = options.map(({ label }) => label);
      return {
        text: toMrkdwn(text),
        form: 'slack',
        buttons: layout === 'buttons' ? labels : [],
        rows: layout === 'list' ? labels : [],
        ...(sources.length === 0 ? {} : { source: sourceLine(sources, language) }),
      };
    }),
};
