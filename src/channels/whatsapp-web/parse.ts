import { z } from 'zod';
import { chatId, eventSchema, type WebEvent } from './protocol.ts';

// The parts of WhatsApp Web's own models that are read here, as whatsapp-web.js hands them on (`rawData`).

/** An id as the page writes it: a text, or an object that holds the text. */
const wid = z
  .union([z.string(), z.looseObject({ _serialized: z.string() })])
  .transform((id) => (typeof id === 'string' ? id : id._serialized));

const key = z.looseObject({ id: z.string(), fromMe: z.boolean().optional(), remote: wid.optional() });

const model = z.looseObject({
  id: key,
  type: z.string(),
  from: wid.nullish(),
  t: z.number().nullish(),
  body: z.unknown().optional(),
  caption: z.unknown().optional(),
  notifyName: z.string().nullish(),
  directPath: z.string().nullish(),
  size: z.number().nullish(),
  mimetype: z.string().nullish(),
  filename: z.string().nullish(),
  lat: z.number().nullish(),
  lng: z.number().nullish(),
  loc: z.string().nullish(),
  quotedStanzaID: z.string().nullish(),
  isStatusV3: z.boolean().nullish(),
  latestEditSenderTimestampMs: z.number().nullish(),
  protocolMessageKey: key.nullish(),
  vcardFormattedName: z.string().nullish(),
});

type Model = z.output<typeof model>;

/** A file that is still with WhatsApp. */
export interface Attached {
  readonly bytes: number | null;
  readonly type?: string;
  readonly name?: string;
}

/** What something on the page is to us. */
export type Parsed =
  | { readonly kind: 'event'; readonly event: WebEvent; readonly attached: Attached | null }
  | { readonly kind: 'ignored' }
  | { readonly kind: 'unreadable'; readonly reason: string };

/** What the page says of itself and of calls, and what is about other messages and comes by a way of its own. */
const notices = new Set([
  'broadcast_notification',
  'call_log',
  'debug',
  'e2e_notification',
  'gp2',
  'group_notification',
  'notification',
  'notification_template',
  'protocol',
  'reaction',
  'revoked',
  // The pictures of an album come as messages of their own.
  'album',
]);

/** Reads a message. Pure, and never throws. @param raw the page's model of it, from anybody */
export function parseMessage(raw: unknown): Parsed {
  return reading(raw, (read) => {
    if (notices.has(read.type)) return null;
    const { id, type, quotedStanzaID, directPath } = read;
    return {
      kind: 'message',
      // What could not be decrypted may come once more, in words: then it is another message.
      id: type === 'ciphertext' ? `${id.id}/unread` : id.id,
      type,
      text: textOf(read),
      ...(quotedStanzaID ? { replyTo: quotedStanzaID } : {}),
      ...(type === 'location' && !directPath ? placeOf(read) : {}),
    };
  });
}

/**
 * Reads a change of a message's text. Pure, and never throws. The page changes texts for reasons of its own, such as
 * when it has decrypted one: an edit carries the time of the edit.
 */
export function parseEdit(raw: unknown): Parsed {
  return reading(raw, (read) => {
    const { latestEditSenderTimestampMs: stamp, id } = read;
    if (!stamp || notices.has(read.type)) return null;
    return { kind: 'edit', of: id.id, stamp: `${stamp}`, text: textOf(read) };
  });
}

/** Reads that a message was deleted for everybody. Pure, and never throws. */
export function parseDeletion(raw: unknown): Parsed {
  return reading(raw, ({ id, protocolMessageKey }) => ({
    kind: 'deletion',
    of: protocolMessageKey?.id ?? id.id,
  }));
}

const reactionModel = z.looseObject({
  id: key,
  msgId: key,
  senderId: wid,
  reaction: z.string().nullish(),
  /** Epoch seconds, with fractions. */
  timestamp: z.number(),
});

/** Reads a reaction, or that one was taken back. Pure, and never throws. */
export function parseReaction(raw: unknown): Parsed {
  const read = reactionModel.safeParse(raw);
  if (!read.success) return unreadable(read.error);
  const { id, msgId, senderId, reaction, timestamp } = read.data;
  if (id.fromMe === true || !isCustomer(senderId) || !isCustomer(msgId.remote ?? '')) {
    return { kind: 'ignored' };
  }
  return checked({
    kind: 'reaction',
    from: bare(senderId),
    at: timestamp,
    of: msgId.id,
    stamp: `${Math.round(timestamp * 1_000)}`,
    emoji: reaction ? reaction : null,
  });
}

function reading(raw: unknown, content: (read: Model) => object | null): Parsed {
  const read = model.safeParse(raw);
  if (!read.success) return unreadable(read.error);
  const { id, from, t, notifyName, isStatusV3, directPath, size, mimetype, filename } = read.data;
  const chat = id.remote ?? from ?? '';
  if (id.fromMe === true || isStatusV3 === true || !isCustomer(chat)) return { kind: 'ignored' };
  const said = content(read.data);
  if (said === null) return { kind: 'ignored' };
  const attached = directPath
    ? {
        bytes: size ?? null,
        ...(mimetype ? { type: mimetype } : {}),
        ...(filename ? { name: filename } : {}),
      }
    : null;
  return checked(
    { ...said, from: bare(chat), at: t ?? 0, ...(notifyName ? { name: notifyName } : {}) },
    attached,
  );
}

/** A linked device writes its number behind the person: `34600111222:7@c.us`. */
function bare(id: string): string {
  return id.replace(/:\d+@/u, '@').replace(/@s\.whatsapp\.net$/u, '@c.us');
}

function isCustomer(id: string): boolean {
  // 0@c.us is WhatsApp itself.
  return chatId.safeParse(bare(id)).success;
}

function checked(event: object, attached: Attached | null = null): Parsed {
  const read = eventSchema.safeParse(event);
  return read.success ? { kind: 'event', event: read.data, attached } : unreadable(read.error);
}

function unreadable(error: z.ZodError): Parsed {
  const { path, code } = error.issues[0] ?? { path: [], code: 'unknown' };
  return { kind: 'unreadable', reason: `${path.join('.') || 'message'}: ${code}` };
}

/** Beside a file, `body` is a small picture of it. */
function textOf({ directPath, type, body, caption, vcardFormattedName }: Model): string {
  if (type === 'vcard' && typeof body === 'string') return contactOf(body, vcardFormattedName ?? '');
  const text = directPath ? caption : type === 'location' ? '' : body;
  return typeof text === 'string' ? text : '';
}

/** A contact card in words: the name and the numbers. */
function contactOf(card: string, name: string): string {
  const numbers = [...card.matchAll(/^(?:item\d+\.)?TEL[^:\r\n]*:([^\r\n]+)/gimu)].map(([, number = '']) =>
    number.trim(),
  );
  return [name, ...numbers].filter((word) => word !== '').join(', ');
}

function placeOf({ lat, lng, loc }: Model): object {
  if (typeof lat !== 'number' || typeof lng !== 'number') return {};
  const name = loc?.split('\n').filter(Boolean).join(', ');
  return { place: { latitude: lat, longitude: lng, ...(name ? { name } : {}) } };
}
