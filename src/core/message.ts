import type { Language } from './language.ts';

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
}

/** What a customer sent: words, a choice, or something no one here can read yet. */
export type Content =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'choice'; readonly option: string; readonly label?: string }
  | { readonly kind: 'unsupported'; readonly what: string };

/** A platform's message in Relevo's words. */
export interface InboundMessage {
  /** Unique for ever across all channels and stable over redelivery: begins with the channel's name. */
  readonly key: string;
  /** The platform's own id of the message, unique within the address. */
  readonly externalId: string;
  readonly address: Address;
  readonly content: Content;
  readonly customerName?: string;
  /** The language the customer's device or page is set to: a first guess, not a fact. */
  readonly languageHint?: Language;
}

/** Words on their way to a customer. */
export interface OutboundMessage {
  /** The effect's name: the same however often it is sent. */
  readonly name: string;
  readonly conversation: string;
  readonly to: Address;
  readonly from: 'bot' | 'agent' | 'system';
  /** Markdown of the simplest kind: paragraphs, numbered and dashed lists, `**strong**`, links. */
  readonly text: string;
  readonly options: readonly Option[];
  readonly sources: readonly Source[];
}

/** What a customer is told by pressing or typing, where it means the same everywhere. */
export const choices = {
  helped: 'helped',
  notHelped: 'not-helped',
  person: 'person',
  solvedYes: 'solved-yes',
  solvedNo: 'solved-no',
  /** `rate-1` to `rate-5`. */
  rate: 'rate-',
} as const;
