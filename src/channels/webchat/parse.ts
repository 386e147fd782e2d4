import { secretHash } from '../../core/ids.ts';
import type { Language } from '../../core/language.ts';
import type { Address, Content, InboundMessage, Media } from '../../core/message.ts';

/** The registry name of the web chat. */
export const channelName = 'webchat';

/**
 * What a visitor sends, already validated: words, a pressed option, or a file they uploaded (its id) with words of
 * their own, under an id that the client made.
 */
export type ChatPost = {
  readonly id: string;
  readonly name?: string | undefined;
  readonly language?: Language | undefined;
  /** As the browser tells it, so only perhaps a zone. */
  readonly timeZone?: string | undefined;
} & (
  | { readonly text: string }
  | { readonly option: string }
  | { readonly file: string; readonly text?: string | undefined }
);

/**
 * Whose history a secret opens. Only the secret's hash is ever stored.
 * @param visitor a secret, behind the name of the chat and a blank where a company has a chat of its own
 */
export function addressOf(visitor: string): Address {
  const blank = visitor.indexOf(' ');
  const account = blank < 0 ? 'default' : visitor.slice(0, blank);
  return { channel: channelName, account, user: secretHash(visitor.slice(blank + 1)) };
}

/** A visitor's message in Relevo's words. */
export function parsePost(address: Address, post: ChatPost, content: Content): InboundMessage {
  return {
    key: [
      channelName,
      ...(address.account === 'default' ? [] : [address.account]),
      address.user,
      post.id,
    ].join('/'),
    externalId: post.id,
    address,
    gesture: { kind: 'message', content },
    ...(post.name === undefined ? {} : { customerName: post.name }),
    ...(post.language === undefined ? {} : { languageHint: post.language }),
    ...(isTimeZone(post.timeZone) ? { timeZone: post.timeZone } : {}),
  };
}

function isTimeZone(name: string | undefined): name is string {
  if (name === undefined || !/^[A-Za-z][\w+/-]+$/u.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** A pressed option. @param label what was written on it, where it is known */
export function choiceOf(option: string, label: string | undefined): Content {
  return label === undefined ? { kind: 'choice', option } : { kind: 'choice', option, label };
}

/** A file with what its sender wrote under it. */
export function fileOf(media: Media, caption: string | undefined): Content {
  return caption === undefined ? { kind: 'media', media } : { kind: 'media', media, caption };
}
