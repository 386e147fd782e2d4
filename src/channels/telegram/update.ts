import { z } from 'zod';

// The parts of the Bot API's objects that are read here; whatever else they hold is left alone.
// The names are the platform's: https://core.telegram.org/bots/api#available-types

/** Text as a database keeps it: a lone half of a character, or none at all, shows as the sign for what is unreadable. */
export function keepable(text: string): string {
  return text.replaceAll('\0', '\ufffd').replace(/\p{Surrogate}/gu, '\ufffd');
}

const words = z.string().transform(keepable);

const user = z.looseObject({
  id: z.int(),
  is_bot: z.boolean().optional(),
  first_name: words.optional(),
  last_name: words.optional(),
  language_code: words.optional(),
});

const chat = z.looseObject({ id: z.int(), type: z.string().optional() });

const entity = z.looseObject({
  type: z.string(),
  offset: z.int(),
  length: z.int(),
  user: user.optional(),
});

const file = z.looseObject({
  file_id: words.pipe(z.string().min(1)),
  file_size: z.int().nonnegative().optional(),
  file_name: words.optional(),
  mime_type: words.optional(),
});

const location = z.looseObject({
  latitude: z.number(),
  longitude: z.number(),
});

const message = z.looseObject({
  message_id: z.int(),
  from: user.optional(),
  sender_chat: chat.optional(),
  chat,
  reply_to_message: z.looseObject({ message_id: z.int(), from: user.optional() }).optional(),
  text: words.optional(),
  entities: z.array(entity).optional(),
  caption: words.optional(),
  caption_entities: z.array(entity).optional(),
  photo: z
    .array(z.looseObject({ ...file.shape, width: z.int(), height: z.int() }))
    .min(1)
    .optional(),
  document: file.optional(),
  animation: file.optional(),
  voice: file.optional(),
  audio: file.optional(),
  video: file.optional(),
  video_note: file.optional(),
  sticker: z.looseObject({ ...file.shape, emoji: words.optional() }).optional(),
  location: location.optional(),
  venue: z.looseObject({ location, title: words, address: words.optional() }).optional(),
  contact: z
    .looseObject({
      phone_number: words,
      first_name: words.optional(),
      last_name: words.optional(),
    })
    .optional(),
  dice: z.looseObject({ emoji: words, value: z.int() }).optional(),
});

/** A message as Telegram delivers it. */
export type TelegramMessage = z.output<typeof message>;

/** Whoever wrote it. */
export type TelegramUser = z.output<typeof user>;

const keyboard = z.looseObject({
  inline_keyboard: z.array(z.array(z.looseObject({ text: words, callback_data: words.optional() }))),
});

const press = z.looseObject({
  id: words.pipe(z.string().min(1)),
  from: user,
  data: words.optional(),
  /** Without most of its fields once it is too old for Telegram to show. */
  message: z
    .looseObject({
      message_id: z.int().optional(),
      chat,
      reply_markup: keyboard.optional(),
      reply_to_message: z.looseObject({ from: user.optional() }).optional(),
    })
    .optional(),
});

/** A pressed inline button. */
export type TelegramPress = z.output<typeof press>;

const reactionKind = z.looseObject({ type: z.string(), emoji: words.optional() });

const reaction = z.looseObject({
  chat,
  message_id: z.int(),
  user: user.optional(),
  old_reaction: z.array(reactionKind),
  new_reaction: z.array(reactionKind),
});

/** A customer's changed reaction to a message. */
export type TelegramReaction = z.output<typeof reaction>;

/** The kinds of update that Telegram is asked for. */
export const allowedUpdates = ['message', 'edited_message', 'callback_query', 'message_reaction'] as const;

/** What `setWebhook` and `getUpdates` bring. */
export const updateSchema = z.looseObject({
  update_id: z.int(),
  message: message.optional(),
  edited_message: message.optional(),
  callback_query: press.optional(),
  message_reaction: reaction.optional(),
});
