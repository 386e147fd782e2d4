import { z } from 'zod';

// What the two processes say to each other. Both ends check what they get: it crosses a process that may die in
// mid-sentence, and what is in it began with a stranger.

/** Text as a database keeps it: a lone half of a character, or none at all, shows as the sign for what is unreadable. */
const words = z
  .string()
  .transform((text) => text.replaceAll('\0', '\ufffd').replace(/\p{Surrogate}/gu, '\ufffd'));

/** A message's own id, without the chat it stands in. */
const messageId = z.string().regex(/^[\w.:=+/-]{1,200}$/u);

/** A customer's chat: by phone number, or by WhatsApp's hidden id. Groups, channels and broadcasts are none. */
export const chatId = z.string().regex(/^\d{3,40}@(?:c\.us|lid)$/u);

const who = {
  from: chatId,
  /** The same person's two ids, where the page knows them. */
  lid: chatId.optional(),
  phone: chatId.optional(),
  /** Epoch seconds. */
  at: z.number().nonnegative(),
  name: words.optional(),
};

/** A file that was downloaded: its bytes lie in the folder for files, under a name of ours. */
const keptFile = z.object({
  file: z.string().regex(/^[0-9a-f]{32}$/u),
  type: z.string().max(200).optional(),
  name: words.optional(),
});

const place = z.object({ latitude: z.number(), longitude: z.number(), name: words.optional() });

/** What a customer did, in plain words. */
export const eventSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('message'),
    ...who,
    id: messageId,
    /** The platform's name for what it is: `chat`, `image`, `ptt` … */
    type: z.string().max(60),
    text: words,
    replyTo: messageId.optional(),
    file: keptFile.optional(),
    /** Why a file did not come along. */
    missing: z.enum(['too_large', 'unavailable']).optional(),
    place: place.optional(),
  }),
  z.object({ kind: z.literal('edit'), ...who, of: messageId, stamp: z.string().max(40), text: words }),
  z.object({ kind: z.literal('deletion'), ...who, of: messageId }),
  z.object({
    kind: z.literal('reaction'),
    ...who,
    of: messageId,
    stamp: z.string().max(40),
    emoji: words.nullable(),
  }),
]);

/** What a customer did. */
export type WebEvent = z.output<typeof eventSchema>;

/** Why the browser's process ends by itself. */
export const endings = [
  'profile_in_use',
  'logged_out',
  'browser_gone',
  'page_failed',
  'not_connected',
  'deaf',
] as const;

const callId = z.int().nonnegative();

/** From the browser's process. */
export const fromBrowser = z.discriminatedUnion('is', [
  z.object({ is: z.literal('alive') }),
  z.object({ is: z.literal('browser'), pid: z.int().positive() }),
  z.object({ is: z.literal('needs-qr'), qr: z.string().min(1).max(2_000) }),
  z.object({ is: z.literal('syncing') }),
  z.object({ is: z.literal('ready'), account: z.string().regex(/^\d{3,40}$/u) }),
  /** Wants a `stored` with the same number. What the event is, is checked by itself. */
  z.object({ is: z.literal('event'), n: callId, event: z.unknown() }),
  z.object({ is: z.literal('unreadable'), n: callId, reason: z.string().max(500), raw: words }),
  z.object({ is: z.literal('sent'), call: callId, id: messageId }),
  z.object({ is: z.literal('found'), call: callId, id: messageId.nullable() }),
  z.object({
    is: z.literal('failed'),
    call: callId,
    code: z.enum(['undeliverable', 'not_ready', 'file_refused', 'failed']),
    /** In a line, without personal data. */
    why: z.string().max(500),
  }),
  z.object({ is: z.literal('trouble'), what: z.string().max(60), why: z.string().max(500) }),
  z.object({ is: z.literal('ending'), why: z.enum(endings), detail: z.string().max(500) }),
]);

/** From the browser's process. */
export type FromBrowser = z.output<typeof fromBrowser>;

/** How a file is shown. */
export const shownAs = z.enum(['picture', 'voice', 'sticker', 'document']);

/** To the browser's process. */
export const toBrowser = z.discriminatedUnion('is', [
  z.object({
    is: z.literal('open'),
    /** Where the session is kept. */
    folder: z.string(),
    /** Where downloaded files are put. */
    filesFolder: z.string(),
    maxFileBytes: z.int().positive(),
    chromium: z.string(),
    /** A page of our own instead of WhatsApp's, for tests. */
    page: z.object({ version: z.string(), folder: z.string() }).optional(),
  }),
  z.object({ is: z.literal('ping') }),
  z.object({ is: z.literal('stored'), n: callId, ok: z.boolean() }),
  /** Hands in whatever came since then (epoch seconds) and was not told. */
  z.object({ is: z.literal('catch-up'), since: z.number() }),
  z.object({
    is: z.literal('send'),
    call: callId,
    to: chatId,
    text: z.string(),
    file: z.object({ path: z.string(), type: z.string(), name: z.string(), as: shownAs }).optional(),
  }),
  z.object({
    is: z.literal('find'),
    call: callId,
    to: chatId,
    text: z.string(),
    /** Epoch seconds: not older than this. */
    since: z.number(),
    /** Ids of messages that are known to be others. */
    not: z.array(z.string()),
  }),
  z.object({ is: z.literal('typing'), to: chatId }),
  z.object({ is: z.literal('close') }),
]);

/** To the browser's process. */
export type ToBrowser = z.input<typeof toBrowser>;

/** A fault in a line: numbers that could be somebody's are left out. */
export function lineOf(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return text
    .replace(/\d{5,}/gu, '…')
    .replace(/\s+/gu, ' ')
    .slice(0, 300);
}
