import type { Address, Content, InboundMessage, Media, MediaKind } from '../../core/message.ts';
import type { WebEvent } from './protocol.ts';

/** The channel's name in the registry. */
export const channelName = 'whatsapp-web';

/** What each of the platform's files is to us. */
const mediaKinds: Readonly<Record<string, MediaKind>> = {
  image: 'image',
  audio: 'audio',
  ptt: 'voice',
  video: 'video',
  // A round video.
  ptv: 'video',
  document: 'document',
  sticker: 'sticker',
};

/** What a file of this type is; a document where nobody knows. */
export function mediaKindOfType(type: string): MediaKind {
  return mediaKinds[type] ?? 'document';
}

/** Types that say what they say in words. */
const spoken = new Set([
  'chat',
  'buttons_response',
  'list_response',
  'template_button_reply',
  'interactive',
  'hsm',
  'vcard',
]);

/** Names for what nobody here can read, where the platform's own says little to people. */
const unreadNames: Readonly<Record<string, string>> = {
  poll_creation: 'poll',
  multi_vcard: 'contacts',
  groups_v4_invite: 'invitation',
  scheduled_event_creation: 'event',
  event_creation: 'event',
  ciphertext: 'message',
  chat: 'message',
};

/** A customer's address. @param account our own number @param user see `identity.ts` */
export function addressOf(account: string, user: string): Address {
  return { channel: channelName, account, user };
}

/**
 * The messages of what a customer did: mostly one, two where words came with something that nobody can read. Pure.
 * @param media the event's file, once its bytes are kept
 */
export function inboundOf(event: WebEvent, address: Address, media: Media | null): readonly InboundMessage[] {
  const base = `${channelName}/${address.account}/${address.user}`;
  const common = { address, ...(event.name ? { customerName: event.name } : {}) };
  switch (event.kind) {
    case 'message':
      return contentsOf(event, media).map((content, index) => {
        const part = index === 0 ? '' : `/${index}`;
        return {
          ...common,
          key: `${base}/${event.id}${part}`,
          externalId: `${event.id}${part}`,
          gesture: { kind: 'message', content },
          ...(event.replyTo === undefined ? {} : { replyTo: event.replyTo }),
        };
      });
    case 'edit': {
      const externalId = `${event.of}/edit/${event.stamp}`;
      const content: Content = { kind: 'text', text: event.text };
      return [
        {
          ...common,
          key: `${base}/${externalId}`,
          externalId,
          gesture: { kind: 'edit', of: event.of, content },
        },
      ];
    }
    case 'deletion': {
      const externalId = `${event.of}/deletion`;
      return [
        { ...common, key: `${base}/${externalId}`, externalId, gesture: { kind: 'deletion', of: event.of } },
      ];
    }
    case 'reaction': {
      const externalId = `${event.of}/reaction/${event.stamp}`;
      const { of, emoji } = event;
      return [
        { ...common, key: `${base}/${externalId}`, externalId, gesture: { kind: 'reaction', of, emoji } },
      ];
    }
  }
}

function contentsOf(event: WebEvent & { kind: 'message' }, media: Media | null): readonly Content[] {
  const { type, text, place, missing } = event;
  if (media !== null) return [{ kind: 'media', media, ...(text === '' ? {} : { caption: text }) }];
  if (place !== undefined) return [{ kind: 'location', ...coordinatesOf(place) }];
  if (spoken.has(type) && missing === undefined && text !== '') return [{ kind: 'text', text }];
  const what = missing === undefined ? (unreadNames[type] ?? type) : mediaKindOfType(type);
  const unread: Content = { kind: 'unsupported', what };
  return text === '' ? [unread] : [{ kind: 'text', text }, unread];
}

function coordinatesOf({
  latitude,
  longitude,
  name,
}: NonNullable<(WebEvent & { kind: 'message' })['place']>) {
  return { latitude, longitude, ...(name === undefined ? {} : { name }) };
}
