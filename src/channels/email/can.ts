import type { Capabilities } from '../channel.ts';

/** Mail servers usually take 25 MB; a file grows by more than a third on its way. */
const maxFileBytes = 17 * 1024 * 1024;

/** What mails can. */
export const can: Capabilities = {
  maxTextLength: 500_000,
  maxButtons: 0,
  maxButtonLength: 0,
  maxListRows: 0,
  maxListRowLength: 0,
  maxMediaBytes: {
    image: maxFileBytes,
    audio: maxFileBytes,
    voice: maxFileBytes,
    video: maxFileBytes,
    document: maxFileBytes,
    sticker: maxFileBytes,
  },
  typing: false,
  repeatable: false,
  reports: false,
  readsLog: false,
  handheld: false,
  calendars: true,
  // A mail says all at once, but its files follow its text as messages of their own.
  pauseMs: 500,
  replyWindowMs: null,
  oneProcess: true,
};
