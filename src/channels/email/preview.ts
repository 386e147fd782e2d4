import type { ChannelPreview } from '../channel-preview.ts';
import { can } from './can.ts';
import { renderLetter } from './render.ts';
import { createTokens } from './tokens.ts';

const account = 'support@example.com';
const nobodys = createTokens(new Uint8Array(32));

/** What a mail program makes of a message. */
export const preview: ChannelPreview = {
  channel: 'email',
  title: 'Email',
  handheld: can.handheld,
  show(message) {
    const to = { channel: 'email', account, user: 'customer@example.com' };
    const { html, subject } = renderLetter({ ...message, to }, nobodys, false);
    // Ours are the only attributes of this name: in words the quotation marks are escaped. Pages may not have any.
    const text = html
      .replace(/ style="[^"]*"/gu, '')
      .replace(/^<!doctype html>\n<html[^>]*>|<\/html>$/gmu, '');
    return [{ text, form: 'html', subject, buttons: [], rows: [] }];
  },
};
