import type { TelegramMessage } from './update.ts';

/** The bot as its token's owner named it. */
export interface Bot {
  readonly id: string;
  /** Without the `@`. */
  readonly username: string;
}

/** What a message says to the bot. */
export interface Addressed {
  /** Text or caption without the words that only call the bot; null when there is neither. */
  readonly text: string | null;
  /** Whether the bot was mentioned, or the message answers one of its own. */
  readonly called: boolean;
}

/** Reads whom a message is for. Pure. */
export function addressed(message: TelegramMessage, bot: Bot): Addressed {
  const text = message.text ?? message.caption ?? null;
  const entities = message.entities ?? message.caption_entities ?? [];
  const name = `@${bot.username}`.toLowerCase();
  let rest = text ?? '';
  let called = String(message.reply_to_message?.from?.id) === bot.id;
  // From the last to the first, so that what is cut away moves none that is still to be read.
  for (const { type, offset, length, user } of entities.toSorted((a, b) => b.offset - a.offset)) {
    const words = rest.slice(offset, offset + length);
    const mention =
      (type === 'mention' && words.toLowerCase() === name) ||
      (type === 'text_mention' && String(user?.id) === bot.id);
    if (mention) rest = rest.slice(0, offset) + rest.slice(offset + length);
    else if (type !== 'bot_command' || !words.toLowerCase().endsWith(name)) continue;
    called = true;
  }
  const cut = text !== null && rest.length < text.length;
  return { text: text === null ? null : cut ? rest.replace(/^[\s,:]+/u, '').trimEnd() : text, called };
}

/** `/start`, and the payload of the link that it came from. */
const start = /^\/start(?:@\w+)?(?:\s+(.*))?$/su;

const greetings: Readonly<Record<string, string>> = { es: 'Hola', en: 'Hello', pt: 'Olá' };

/**
 * What somebody says who opens the chat by its button: the link's payload, or a greeting in their language.
 * @param language the two letters of their app's language; undefined when it did not say
 * @returns null when it is no `/start`
 */
export function startWords(text: string, language: string | undefined): string | null {
  const found = start.exec(text);
  if (found === null) return null;
  const payload = found[1]?.trim() ?? '';
  return payload !== '' ? payload : (greetings[language ?? 'es'] ?? 'Hello');
}
