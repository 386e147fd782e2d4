import type { Content, Media, MediaKind } from '../../core/message.ts';
import type { TelegramMessage } from './update.ts';

/** What a message says, without the words that address the bot; null when it says nothing: a group's own notices. */
export function contentOf(
  message: TelegramMessage,
  text: string | null,
  newId: () => string,
): Content | null {
  const media = mediaOf(message, newId);
  if (media !== null) {
    const caption = message.sticker === undefined ? text : (message.sticker.emoji ?? null);
    return { kind: 'media', media, ...(caption === null || caption === '' ? {} : { caption }) };
  }
  if (text !== null) {
    const whole = message.text !== undefined && message.text !== text ? { whole: message.text } : {};
    return { kind: 'text', text, ...whole };
  }
  return placeOf(message) ?? wordsOf(message) ?? unsupported(message);
}

function mediaOf(message: TelegramMessage, newId: () => string): Media | null {
  const { photo, animation, document, voice, audio, video, video_note: round, sticker } = message;
  // The sizes of a photo come in no promised order.
  const largest = photo?.toSorted((a, b) => b.width * b.height - a.width * a.height)[0];
  // An animation comes as a document too: it is looked for first.
  const found: readonly (readonly [MediaKind, Attached | undefined])[] = [
    ['image', largest],
    ['video', animation ?? video ?? round],
    ['voice', voice],
    ['audio', audio],
    ['sticker', sticker],
    ['document', document],
  ];
  for (const [kind, file] of found) {
    if (file === undefined) continue;
    return {
      id: newId(),
      kind,
      ...(file.file_name === undefined ? {} : { name: file.file_name }),
      ...(file.mime_type === undefined ? {} : { type: file.mime_type }),
      ...(file.file_size === undefined ? {} : { bytes: file.file_size }),
      remote: file.file_id,
    };
  }
  return null;
}

interface Attached {
  readonly file_id: string;
  readonly file_size?: number | undefined;
  readonly file_name?: string | undefined;
  readonly mime_type?: string | undefined;
}

function placeOf({ venue, location }: TelegramMessage): Content | null {
  const place = venue?.location ?? location;
  if (place === undefined) return null;
  const name = venue === undefined ? undefined : [venue.title, venue.address].filter(Boolean).join(', ');
  const { latitude, longitude } = place;
  return { kind: 'location', latitude, longitude, ...(name === undefined ? {} : { name }) };
}

/** What has no kind of its own here and is plain in words. */
function wordsOf({ contact, dice }: TelegramMessage): Content | null {
  if (contact !== undefined) {
    const name = [contact.first_name, contact.last_name].filter(Boolean).join(' ');
    return { kind: 'text', text: [name, contact.phone_number].filter(Boolean).join(', ') };
  }
  return dice === undefined ? null : { kind: 'text', text: `${dice.emoji} ${dice.value}` };
}

/** What a chat says of itself, which no customer wrote. */
const notices = [
  'pinned_message',
  'message_auto_delete_timer_changed',
  'write_access_allowed',
  'connected_website',
  'boost_added',
  'chat_background_set',
  'new_chat_members',
  'left_chat_member',
  'new_chat_title',
  'new_chat_photo',
  'delete_chat_photo',
  'group_chat_created',
  'migrate_to_chat_id',
  'migrate_from_chat_id',
];

/** Kinds of message that are worth a name to whoever asks the customer for something else. */
const named = ['poll', 'game', 'story', 'invoice', 'paid_media', 'giveaway', 'checklist', 'web_app_data'];

function unsupported(message: TelegramMessage): Content | null {
  if (notices.some((kind) => message[kind] !== undefined)) return null;
  return { kind: 'unsupported', what: named.find((kind) => message[kind] !== undefined) ?? 'message' };
}
