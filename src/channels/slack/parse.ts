import { z } from 'zod';
import type { Content, Gesture, Media, MediaKind } from '../../core/message.ts';
import { customerText } from './customer-text.ts';
import { emojiOf } from './emoji.ts';

/** Who we are: what is said by us or to us. */
export interface Ours {
  readonly userId: string;
  readonly botId: string | null;
  readonly name: string;
}

/** One thing that somebody said or did; its key and address are still to be completed. */
export interface Said {
  /** The end of its key, unique within the channel. */
  readonly key: string;
  readonly externalId: string;
  readonly gesture: Gesture;
  readonly replyTo?: string;
}

/** What an event says, as far as its channel alone can tell. */
export interface Heard {
  readonly kind: 'heard';
  readonly channel: string;
  /** The message it is about. */
  readonly ts: string;
  /** The first message of its thread, itself when it begins one; null when the event does not say. */
  readonly root: string | null;
  /** Whether it answers within a thread. */
  readonly threaded: boolean;
  /** Whether it is in a direct message with us. */
  readonly direct: boolean;
  /** Whether it is a new post that calls us. */
  readonly mentions: boolean;
  /** Whether it is about a message of ours. */
  readonly aboutOurs: boolean;
  /** Who did it; null when the event does not say. */
  readonly author: string | null;
  readonly said: readonly Said[];
}

/** What an event came to. */
export type Parsed =
  | Heard
  /** Our own, another bot's, or nothing that concerns a customer. */
  | { readonly kind: 'ignored' }
  | { readonly kind: 'unreadable'; readonly reason: string };

const id = z.string().regex(/^[\w-]{1,40}$/u);
const ts = z.string().regex(/^\d{1,12}(?:\.\d{1,9})?$/u);

const file = z.object({
  id,
  name: z.string().nullish(),
  mimetype: z.string().nullish(),
  size: z.number().int().nonnegative().nullish(),
  mode: z.string().nullish(),
  subtype: z.string().nullish(),
});

const post = z.object({
  ts,
  thread_ts: ts.nullish(),
  user: id.nullish(),
  bot_id: id.nullish(),
  subtype: z.string().nullish(),
  text: z.string().nullish(),
  files: z.array(file).nullish(),
  edited: z.object({ ts }).nullish(),
});
type Post = z.output<typeof post>;

const place = { channel: id, channel_type: z.string().nullish() };
const posted = post.extend(place);
const changed = z.object({ ...place, message: post, previous_message: post.partial().nullish() });
const deleted = z.object({ ...place, deleted_ts: ts, previous_message: post.partial().nullish() });
const reacted = z.object({
  type: z.enum(['reaction_added', 'reaction_removed']),
  user: id,
  item_user: id.nullish(),
  reaction: z.string().min(1).max(200),
  event_ts: ts,
  item: z.object({ type: z.string(), channel: id.nullish(), ts: ts.nullish() }),
});

/** Subtypes by which people post; all others are notices of Slack's. */
const written = new Set(['file_share', 'me_message', 'thread_broadcast']);

/**
 * An event of Slack's in Relevo's words. Pure; never throws.
 * @param event the inner event of type `message`, `app_mention`, `reaction_added` or `reaction_removed`
 */
export function parseEvent(event: Readonly<Record<string, unknown>>, ours: Ours): Parsed {
  const { type, subtype } = event;
  if (type === 'reaction_added' || type === 'reaction_removed') {
    return read(reacted, event, (value) => parseReaction(value, ours));
  }
  if (type !== 'message' && type !== 'app_mention') return { kind: 'ignored' };
  if (subtype === 'message_changed') return read(changed, event, (value) => parseEdit(value, ours));
  if (subtype === 'message_deleted') return read(deleted, event, (value) => parseDeletion(value, ours));
  if (typeof subtype === 'string' && !written.has(subtype)) return { kind: 'ignored' };
  return read(posted, event, (value) => parsePost(value, ours));
}

function read<Value>(schema: z.ZodType<Value>, event: unknown, parse: (value: Value) => Parsed): Parsed {
  const result = schema.safeParse(event);
  if (result.success) return parse(result.data);
  const fields = result.error.issues.map(({ path }) => path.join('.')).join(', ');
  return { kind: 'unreadable', reason: `a Slack event with an unexpected ${fields || 'shape'}` };
}

function parsePost(value: z.output<typeof posted>, ours: Ours): Parsed {
  if (!isCustomer(value, ours)) return { kind: 'ignored' };
  return {
    ...whereabouts(value, value.ts, value.thread_ts),
    mentions: value.text?.includes(`<@${ours.userId}>`) === true,
    aboutOurs: false,
    author: value.user ?? null,
    said: contentsOf(value, ours).map(({ content, name }, index) => ({
      key: [value.ts, ...name].join('/'),
      externalId: index === 0 ? value.ts : [value.ts, ...name].join('/'),
      gesture: { kind: 'message', content },
      ...(value.thread_ts && value.thread_ts !== value.ts ? { replyTo: value.thread_ts } : {}),
    })),
  };
}

function parseEdit(
  { message, previous_message: before, ...where }: z.output<typeof changed>,
  ours: Ours,
): Parsed {
  const about = { ...whereabouts(where, message.ts, message.thread_ts), mentions: false, aboutOurs: false };
  // The first message of a thread is not taken away while it has answers: Slack empties it.
  if (message.subtype === 'tombstone') {
    if (before && !isCustomer(before, ours)) return { kind: 'ignored' };
    return { ...about, author: before?.user ?? null, said: [deletionOf(message.ts)] };
  }
  if (!isCustomer(message, ours)) return { kind: 'ignored' };
  // Slack changes messages by itself too, for the preview of a link.
  if (!message.edited || message.edited.ts === before?.edited?.ts || !message.text)
    return { kind: 'ignored' };
  return { ...about, author: message.user ?? null, said: [editOf(message, message.edited.ts, ours)] };
}

/** A message as it was edited. @param at when, by Slack's clock */
export function editOf(message: Pick<Post, 'ts' | 'text'>, at: string, ours: Ours): Said {
  const content: Content = { kind: 'text', text: customerText(message.text ?? '', ours.userId) };
  return {
    key: `${message.ts}/edit/${at}`,
    externalId: `${message.ts}/edit/${at}`,
    gesture: { kind: 'edit', of: message.ts, content },
  };
}

function parseDeletion(
  { deleted_ts: gone, previous_message: before, ...where }: z.output<typeof deleted>,
  ours: Ours,
): Parsed {
  if (before && !isCustomer(before, ours)) return { kind: 'ignored' };
  return {
    ...whereabouts(where, gone, before?.thread_ts),
    mentions: false,
    aboutOurs: false,
    author: before?.user ?? null,
    said: [deletionOf(gone)],
  };
}

function deletionOf(of: string): Said {
  return { key: `${of}/deleted`, externalId: `${of}/deleted`, gesture: { kind: 'deletion', of } };
}

function parseReaction(value: z.output<typeof reacted>, ours: Ours): Parsed {
  const { channel, ts: of } = value.item;
  if (!channel || !of || value.user === ours.userId) return { kind: 'ignored' };
  const emoji = emojiOf(value.reaction) ?? `:${value.reaction}:`;
  const key = `${of}/reaction/${value.user}/${value.event_ts}`;
  return {
    kind: 'heard',
    channel,
    ts: of,
    root: null,
    threaded: false,
    direct: channel.startsWith('D'),
    mentions: false,
    aboutOurs: value.item_user === ours.userId,
    author: value.user,
    said: [
      {
        key,
        externalId: key,
        gesture: { kind: 'reaction', of, emoji: value.type === 'reaction_added' ? emoji : null },
      },
    ],
  };
}

function isCustomer({ user, bot_id: bot }: Pick<Partial<Post>, 'user' | 'bot_id'>, ours: Ours): boolean {
  return !bot && user !== ours.userId && user !== 'USLACKBOT';
}

function whereabouts(
  { channel, channel_type: type }: { channel: string; channel_type?: string | null | undefined },
  own: string,
  thread: string | null | undefined,
) {
  const direct = type === undefined || type === null ? channel.startsWith('D') : type === 'im';
  return {
    kind: 'heard',
    channel,
    ts: own,
    root: thread ?? own,
    threaded: thread !== undefined && thread !== null && thread !== own,
    direct,
  } as const;
}

/** The contents of a post: its text, then each of its files, with what tells them apart. */
function contentsOf(
  value: Post,
  ours: Ours,
): { readonly content: Content; readonly name: readonly string[] }[] {
  const text = customerText(value.text ?? '', ours.userId);
  const files = (value.files ?? []).map((one, index) => ({
    content: fileContent(one),
    name: [String(index + 1)],
  }));
  if (text !== '') return [{ content: { kind: 'text', text }, name: [] }, ...files];
  if (files.length > 0) return files;
  // A bare call is a message too: somebody wants us.
  const content: Content = value.text
    ? { kind: 'text', text: `@${ours.name}` }
    : { kind: 'unsupported', what: 'attachment' };
  return [{ content, name: [] }];
}

/** A file without our id for it yet: whoever completes the message gives one. */
function fileContent(one: z.output<typeof file>): Content {
  // Files of other services and those beyond a plan's limit cannot be fetched from Slack.
  if (one.mode === 'external' || one.mode === 'tombstone' || one.mode === 'hidden_by_limit') {
    return { kind: 'unsupported', what: `${one.mode}-file` };
  }
  const media: Media = {
    id: '',
    kind: kindOf(one),
    ...(one.name ? { name: one.name } : {}),
    ...(one.mimetype ? { type: one.mimetype } : {}),
    ...(one.size === undefined || one.size === null ? {} : { bytes: one.size }),
    remote: one.id,
  };
  return { kind: 'media', media };
}

function kindOf({ subtype, mimetype }: z.output<typeof file>): MediaKind {
  if (subtype === 'slack_audio') return 'voice';
  const major = mimetype?.split('/')[0];
  return major === 'image' || major === 'audio' || major === 'video' ? major : 'document';
}
