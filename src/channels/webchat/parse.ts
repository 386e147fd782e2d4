import { secretHash } from '../../core/ids.ts';
import type { Language } from '../../core/language.ts';
import type { Address, Content, InboundMessage } from '../../core/message.ts';

/** The registry name of the web chat. */
export const channelName = 'webchat';

/** What a visitor sends, already validated: words or a pressed option, under an id that the client made. */
export type ChatPost = {
  readonly id: string;
  readonly name?: string | undefined;
  readonly language?: Language | undefined;
} & ({ readonly text: string } | { readonly option: string });

/** Whose history a secret opens. Only the secret's hash is ever stored. */
export function addressOf(secret: string): Address {
  return { channel: channelName, account: 'default', user: secretHash(secret) };
}

/**
 * A visitor's message in Relevo's words.
 * @param label what was written on the pressed option, where it is known
 */
export function parsePost(address: Address, post: ChatPost, label?: string): InboundMessage {
  return {
    key: `${channelName}/${address.user}/${post.id}`,
    externalId: post.id,
    address,
    gesture: { kind: 'message', content: contentOf(post, label) },
    ...(post.name === undefined ? {} : { customerName: post.name }),
    ...(post.language === undefined ? {} : { languageHint: post.language }),
  };
}

function contentOf(post: ChatPost, label: string | undefined): Content {
  if ('text' in post) return { kind: 'text', text: post.text };
  const choice = { kind: 'choice', option: post.option } as const;
  return label === undefined ? choice : { ...choice, label };
}
