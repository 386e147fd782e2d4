import { isLanguage } from '../../core/language.ts';
import type { Content, Gesture, InboundMessage } from '../../core/message.ts';
import { addressIn, channelName } from './address.ts';
import { addressed, type Bot, startWords } from './addressed.ts';
import { contentOf } from './content.ts';
import type { TelegramMessage, TelegramPress, TelegramReaction, TelegramUser } from './update.ts';
import { updateSchema } from './update.ts';

/** What an update is to us. */
export type Parsed =
  | { readonly kind: 'message'; readonly message: InboundMessage; readonly press?: string }
  /** Nothing for us; a press without a meaning still wants its answer. */
  | { readonly kind: 'ignored'; readonly press?: string }
  | { readonly kind: 'unreadable'; readonly reason: string };

/**
 * Reads an update. Pure but for the ids of its files, and never throws.
 *
 * A message's key is its chat and its number in it, not the update's id: those start anew at random after an idle week,
 * and a key must be unique for ever. Edits and reactions add the update's id, for their own dates count whole seconds.
 * @param update as Telegram delivered it, from anybody
 * @param newId an id for a file of ours
 */
export function parse(update: unknown, bot: Bot, newId: () => string): Parsed {
  const read = updateSchema.safeParse(update);
  if (!read.success) {
    const { path, code } = read.error.issues[0] ?? { path: [], code: 'unknown' };
    return { kind: 'unreadable', reason: `${path.join('.') || 'update'}: ${code}` };
  }
  const { update_id: id, message, edited_message: edited, callback_query: press } = read.data;
  if (message !== undefined) return messageOf(message, bot, null, newId);
  if (edited !== undefined) return messageOf(edited, bot, id, newId);
  if (press !== undefined) return pressOf(press, bot);
  if (read.data.message_reaction !== undefined) return reactionOf(read.data.message_reaction, bot, id);
  return { kind: 'ignored' };
}

/** The chat an update belongs to: what is in one chat is stored in its order. Null when it cannot be told. */
export function chatOfUpdate(update: unknown): number | null {
  const read = updateSchema.safeParse(update);
  if (!read.success) return null;
  const { message, edited_message: edited, callback_query: press, message_reaction: reaction } = read.data;
  return (message ?? edited ?? press?.message ?? reaction)?.chat.id ?? null;
}

/** @param edit the update's id when it is an edit, else null */
function messageOf(message: TelegramMessage, bot: Bot, edit: number | null, newId: () => string): Parsed {
  const { chat, from, message_id: number } = message;
  const group = isGroup(chat);
  // Bots, ourselves among them, and whoever writes as a chat have no one to answer.
  if (from === undefined || from.is_bot === true || message.sender_chat !== undefined) {
    return { kind: 'ignored' };
  }
  if (chat.type === 'channel') return { kind: 'ignored' };
  // Every step of somebody who shares where they go is an edit: the first place is enough.
  if (edit !== null && message.location !== undefined) return { kind: 'ignored' };
  const { text, called } = addressed(message, bot);
  if (group && !called) return { kind: 'ignored' };
  const content = opened(contentOf(message, text, newId), message, from);
  if (content === null) return { kind: 'ignored' };
  const externalId = `${number}`;
  const base = `${channelName}/${bot.id}/${chat.id}/${number}`;
  const gesture: Gesture =
    edit === null ? { kind: 'message', content } : { kind: 'edit', of: externalId, content };
  const answered = message.reply_to_message?.message_id;
  return {
    kind: 'message',
    message: {
      key: edit === null ? base : `${base}/${edit}`,
      externalId: edit === null ? externalId : `${externalId}/${edit}`,
      address: addressIn(bot.id, chat.id, group ? from.id : null),
      gesture,
      ...whoIs(from),
      ...(answered === undefined ? {} : { replyTo: `${answered}` }),
    },
  };
}

/** `/start` in words that mean something. */
function opened(
  content: Content | null,
  { text: whole }: TelegramMessage,
  from: TelegramUser,
): Content | null {
  if (content?.kind !== 'text' || whole === undefined) return content;
  const text = startWords(content.text, languageOf(from));
  return text === null ? content : { kind: 'text', text, whole };
}

function pressOf({ id, from, data, message }: TelegramPress, bot: Bot): Parsed {
  if (message === undefined || data === undefined || data === '') return { kind: 'ignored', press: id };
  const group = isGroup(message.chat);
  // What was asked of one member of a group is not answered by another.
  const asked = message.reply_to_message?.from?.id;
  if (group && asked !== undefined && asked !== from.id) return { kind: 'ignored', press: id };
  const label = message.reply_markup?.inline_keyboard.flat().find((key) => key.callback_data === data)?.text;
  return {
    kind: 'message',
    press: id,
    message: {
      key: `${channelName}/${bot.id}/press/${id}`,
      externalId: `press-${id}`,
      address: addressIn(bot.id, message.chat.id, group ? from.id : null),
      gesture: {
        kind: 'message',
        content: { kind: 'choice', option: data, ...(label === undefined ? {} : { label }) },
      },
      ...whoIs(from),
      ...(message.message_id === undefined ? {} : { replyTo: `${message.message_id}` }),
    },
  };
}

function reactionOf(reaction: TelegramReaction, bot: Bot, update: number): Parsed {
  const { chat, user, message_id: of, old_reaction: before, new_reaction: after } = reaction;
  if (user === undefined || user.is_bot === true) return { kind: 'ignored' };
  const emoji = after.findLast((one) => one.emoji !== undefined)?.emoji ?? null;
  // A picture of somebody's own making says nothing here, unless it took the place of a plain one.
  if (emoji === null && !before.some((one) => one.emoji !== undefined)) return { kind: 'ignored' };
  return {
    kind: 'message',
    message: {
      key: `${channelName}/${bot.id}/${chat.id}/${of}/reaction/${update}`,
      externalId: `${of}/reaction/${update}`,
      address: addressIn(bot.id, chat.id, isGroup(chat) ? user.id : null),
      gesture: { kind: 'reaction', of: `${of}`, emoji },
      ...whoIs(user),
    },
  };
}

/** Private chats have their customer's own number; all others count below zero. */
function isGroup({ id }: { readonly id: number }): boolean {
  return id < 0;
}

function whoIs(from: TelegramUser): Pick<InboundMessage, 'customerName' | 'languageHint'> {
  const name = [from.first_name, from.last_name].filter(Boolean).join(' ');
  const language = languageOf(from);
  return {
    ...(name === '' ? {} : { customerName: name }),
    ...(isLanguage(language) ? { languageHint: language } : {}),
  };
}

/** The two letters of a language tag such as `pt-br`. */
function languageOf({ language_code: tag }: TelegramUser): string | undefined {
  return tag?.split('-')[0]?.toLowerCase();
}
