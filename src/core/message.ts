import type { Language } from './language.ts';
import type { PhraseKey, PhraseValues } from './phrase.ts';

/** Who somebody is on a channel. */
export interface Address {
  /** The channel's registry name. */
  readonly channel: string;
  /** Which of our accounts on that channel was written to. */
  readonly account: string;
  /** The platform's stable id of the customer. */
  readonly user: string;
}

/** An address as one string, unique per address. */
export function addressKey(address: Address): string {
  return [address.channel, address.account, address.user].map(encodeURIComponent).join('/');
}

/** A choice offered under a message: a button, a list row or a numbered line, as the channel can. */
export interface Option {
  /** What comes back when it is chosen; at most 64 characters. */
  readonly id: string;
  /** What the customer reads. */
  readonly label: string;
}

/** The article an answer was taken from. */
export interface Source {
  readonly article: string;
  readonly title: string;
  /** The version of the published base that answered. */
  readonly version?: number;
  /** The part of the article that answers what was asked, in plain words: at most 280 characters. */
  readonly passage?: string;
  /** Whoever was helped by it is asked after so many days whether all is well still. */
  readonly followUpDays?: number;
}

/** What a file is to whoever looks at it. */
export type MediaKind = 'image' | 'audio' | 'voice' | 'video' | 'document' | 'sticker';

/** What a file is by its content type, such as `image/png`. */
export function mediaKindOf(type: string): MediaKind {
  const [major] = type.split('/');
  return major === 'image' || major === 'audio' || major === 'video' ? major : 'document';
}

/** A file that somebody sent: its bytes are kept beside the log, never in it. */
export interface Media {
  /** Ours: 32 hexadecimal digits from a random source, which nobody can guess. */
  readonly id: string;
  readonly kind: MediaKind;
  /** As the sender named it: shown, never used as a path. */
  readonly name?: string;
  /** The content type as the platform claims it; what is served is told by the bytes. */
  readonly type?: string;
  readonly bytes?: number;
  /**
   * What the channel needs to fetch it, in its own words; absent when the bytes were stored with the message.
   * Never an address that a customer could have written.
   */
  readonly remote?: string;
}

/** What a customer sent. */
export type Content =
  | {
      readonly kind: 'text';
      /** What the bot reads and people see. */
      readonly text: string;
      /** The whole as it was written, where `text` is a part of it: a mail with its quotations. */
      readonly whole?: string;
    }
  | { readonly kind: 'choice'; readonly option: string; readonly label?: string }
  | { readonly kind: 'media'; readonly media: Media; readonly caption?: string }
  | {
      readonly kind: 'location';
      /** Degrees. */
      readonly latitude: number;
      readonly longitude: number;
      readonly name?: string;
    }
  /** Something no one here can read; `what` names it, such as `poll`. */
  | { readonly kind: 'unsupported'; readonly what: string };

/** What a customer did: said something new, or something about a message before. `of` is that message's `externalId`. */
export type Gesture =
  | { readonly kind: 'message'; readonly content: Content }
  | { readonly kind: 'edit'; readonly of: string; readonly content: Content }
  | { readonly kind: 'deletion'; readonly of: string }
  /** `emoji` null: the reaction was taken back. */
  | { readonly kind: 'reaction'; readonly of: string; readonly emoji: string | null };

/** A platform's message in Relevo's words. */
export interface InboundMessage {
  /** Unique for ever across all channels and stable over redelivery: begins with the channel's name. */
  readonly key: string;
  /** The platform's own id of the message, unique within the address. */
  readonly externalId: string;
  /** Whose conversation it belongs to. */
  readonly address: Address;
  /** Where it was written, when that is another address of the same person. */
  readonly via?: Address;
  readonly gesture: Gesture;
  readonly customerName?: string;
  /** The subject line, where the platform has one. */
  readonly subject?: string;
  /** The platform's id of the message it answers. */
  readonly replyTo?: string;
  /**
   * Somebody else than the address's customer wrote it (a colleague in copy): shown to agents by this name, never
   * answered, and it moves nothing.
   */
  readonly bystander?: string;
  /** What Relevo itself answers, because it did what was asked: then nobody else needs to. */
  readonly answer?: { readonly key: PhraseKey; readonly values: PhraseValues };
  /** The sender could not be verified: shown to agents as such. */
  readonly unverified?: true;
  /** The language the customer's device or page is set to: a first guess, not a fact. */
  readonly languageHint?: Language;
  /** The time zone the customer's device is set to, IANA; checked to be one. */
  readonly timeZone?: string;
}

/** Words on their way to a customer. */
export interface OutboundMessage {
  /** The effect's name: the same however often it is sent. */
  readonly name: string;
  readonly conversation: string;
  readonly to: Address;
  readonly from: 'bot' | 'agent' | 'system';
  /** Markdown of the simplest kind: paragraphs, numbered and dashed lists, `**strong**`, links. */
  /** May be empty only with an attachment. */
  readonly text: string;
  readonly options: readonly Option[];
  readonly sources: readonly Source[];
  /** A file of ours, its bytes stored. */
  readonly attachment: Media | null;
  readonly language: Language;
  /** The conversation's number, as people call it. */
  readonly number: number;
  readonly subject: string | null;
  /** The platform's id of the customer's newest message, and when it was stored (epoch milliseconds). */
  readonly answers: { readonly externalId: string; readonly at: number } | null;
}

/** What a platform says became of a message of ours. */
export interface DeliveryReport {
  /** The message by our name for it, or by the platform's. */
  readonly message: { readonly name: string } | { readonly externalId: string; readonly to: Address };
  readonly externalId?: string;
  readonly status: 'sent' | 'delivered' | 'read' | 'failed';
  /** What the platform said was wrong, without personal data. */
  readonly error?: string;
}

/** What a customer is told by pressing or typing, where it means the same everywhere. */
export const choices = {
  helped: 'helped',
  notHelped: 'not-helped',
  person: 'person',
  solvedYes: 'solved-yes',
  solvedNo: 'solved-no',
  /** While nobody is there: wait, be called back, or leave it. */
  queueWait: 'queue-wait',
  queueCallback: 'queue-callback',
  queueLeave: 'queue-leave',
  /** `callback-` and a moment, epoch milliseconds. */
  callback: 'callback-',
  /** A video call: wished; at a moment (`call-at-` and epoch milliseconds); at another time; not at all. */
  call: 'call',
  callAt: 'call-at-',
  callMove: 'call-move',
  callCancel: 'call-cancel',
  /** `rate-1` to `rate-5`. */
  rate: 'rate-',
} as const;
