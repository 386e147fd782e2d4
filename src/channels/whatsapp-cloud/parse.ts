import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { Ids } from '../../core/ids.ts';
import type { DeliveryReport, Gesture, InboundMessage } from '../../core/message.ts';
import type { Unreadable } from '../channel.ts';
import { contentOf } from './content.ts';
import type { Who } from './identity.ts';
import * as shapes from './shapes.ts';

/** The channel's name in the registry. */
export const channelName = 'whatsapp-cloud';

/** One thing that a webhook says, in the order it says them. */
export type Finding =
  | { readonly kind: 'message'; readonly who: Who; readonly message: Omit<InboundMessage, 'address'> }
  | {
      readonly kind: 'status';
      readonly who: Who | null;
      /** Our name for the message; null: it was not sent by us. */
      readonly name: string | null;
      readonly externalId: string;
      readonly status: DeliveryReport['status'];
      readonly error?: string;
    }
  /** Somebody has a new number or a new id. */
  | { readonly kind: 'renewed'; readonly before: Who; readonly after: Who }
  | { readonly kind: 'unreadable'; readonly item: Unreadable }
  /** Nothing a customer said: news of the account, or of what others sent. */
  | { readonly kind: 'news'; readonly what: string };

/** Whose webhook it is. */
export interface Parsing {
  /** The id of our phone number: what is for another is not ours to read. */
  readonly account: string;
  /** Where the ids of new files come from. */
  readonly ids: Ids;
}

type Value = z.output<typeof shapes.value>;

/** The ranks of Meta's statuses are ours, but for `played`: whoever played a voice note has seen it. */
const statuses: Readonly<Record<string, DeliveryReport['status']>> = {
  sent: 'sent',
  delivered: 'delivered',
  read: 'read',
  played: 'read',
  failed: 'failed',
};

/**
 * Everything in a webhook's body: each entry, each change, each message and status. Pure, but for the ids of new files.
 * Never throws: what cannot be read is a finding too, and spoils nothing beside it.
 * @param body the text, its signature checked
 */
export function parseWebhook(body: string, { account, ids }: Parsing): Finding[] {
  let json: unknown;
  try {
    json = JSON.parse(body, (_, part: unknown) => (typeof part === 'string' ? storable(part) : part));
  } catch {
    return [unreadable(account, 'no JSON', body)];
  }
  const payload = shapes.payload.safeParse(json).data;
  if (payload === undefined) return [unreadable(account, 'not a webhook of a WhatsApp account', body)];
  return payload.entry.flatMap(({ changes }) =>
    changes.flatMap((change) => readChange(change, account, ids)),
  );
}

/** A text that every store can take: without the character 0 and halves of characters, which are no text. */
function storable(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd').replaceAll('\0', '\ufffd');
}

function readChange(raw: unknown, account: string, ids: Ids): Finding[] {
  const change = shapes.change.safeParse(raw).data;
  if (change === undefined) return [unreadable(account, 'a change without its parts', raw)];
  const { field, value } = change;
  const speaks = (value.messages?.length ?? 0) + (value.statuses?.length ?? 0) > 0;
  if (field !== 'messages' && field !== 'user_id_update') {
    return [
      speaks ? unreadable(account, 'messages of an unknown field', raw) : { kind: 'news', what: field },
    ];
  }
  if (value.metadata?.phone_number_id !== account) {
    return [unreadable(account, 'for another phone number id than ours', raw)];
  }
  if (field === 'user_id_update') {
    return (value.user_id_update ?? []).map((one) => readRenewal(one, account));
  }
  return [
    ...(value.messages ?? []).map((one) => readMessage(one, value, account, ids)),
    ...(value.statuses ?? []).map((one) => readStatus(one, value, account)),
    ...(value.errors ?? []).map((one): Finding => ({ kind: 'news', what: `error ${errorCodeOf(one)}` })),
  ];
}

function readMessage(raw: unknown, value: Value, account: string, ids: Ids): Finding {
  const piece = { metadata: value.metadata, contacts: value.contacts, messages: [raw] };
  const message = shapes.envelope.safeParse(raw).data;
  if (message === undefined) return unreadable(account, 'a message without id or type', piece);
  const refuse = (reason: string) => unreadable(account, reason, piece, message.id);
  if (message.group_id) return refuse('a message of a group');
  const contact = contactOf(message, value);
  const at = secondsOf(message.timestamp);
  const who: Who = {
    phone: phoneOf(message.from ?? contact?.wa_id),
    userId: userIdOf(message.from_user_id ?? contact?.user_id ?? message.from_parent_user_id),
    at,
  };
  if (who.phone === null && who.userId === null) return refuse('a message without a sender');
  if (message.type === 'system') return readSystem(message, who, refuse);
  const gesture = gestureOf(message, ids);
  if (gesture === null) return refuse(`a message of type ${JSON.stringify(message.type.slice(0, 32))}`);
  const customerName = contact?.profile?.name ?? contact?.profile?.username;
  const replyTo = gesture.kind === 'message' ? message.context?.id : null;
  return {
    kind: 'message',
    who,
    message: {
      key: `${channelName}/${account}/${message.id}`,
      externalId: message.id,
      gesture,
      ...(customerName ? { customerName } : {}),
      ...(replyTo ? { replyTo } : {}),
    },
  };
}

function gestureOf(message: { readonly type: string }, ids: Ids): Gesture | null {
  if (message.type === 'reaction') {
    const reaction = shapes.bodies.reaction.safeParse(message).data?.reaction;
    if (reaction === undefined) return null;
    // A reaction taken back comes without emoji.
    return { kind: 'reaction', of: reaction.message_id, emoji: reaction.emoji || null };
  }
  if (message.type === 'edit') {
    const edit = shapes.bodies.edit.safeParse(message).data?.edit;
    const content = edit === undefined ? null : contentOf(edit.message, ids);
    if (edit === undefined || content === null) return null;
    return { kind: 'edit', of: edit.original_message_id, content };
  }
  if (message.type === 'revoke') {
    const revoke = shapes.bodies.revoke.safeParse(message).data?.revoke;
    return revoke === undefined ? null : { kind: 'deletion', of: revoke.original_message_id };
  }
  const content = contentOf(message, ids);
  return content === null ? null : { kind: 'message', content };
}

function readSystem(message: { type: string }, before: Who, refuse: (reason: string) => Finding): Finding {
  const system = shapes.bodies.system.safeParse(message).data?.system;
  if (system === undefined) return refuse('a system message without its parts');
  if (system.type === 'customer_identity_changed') return { kind: 'news', what: system.type };
  const after = { phone: phoneOf(system.wa_id), userId: userIdOf(system.user_id), at: before.at };
  const renews = ['user_changed_number', 'user_changed_user_id', 'customer_changed_number'];
  if (!renews.includes(system.type)) return refuse('a system message of an unknown type');
  if (after.phone === null && after.userId === null) return refuse('a new number without the number');
  return { kind: 'renewed', before, after };
}

function readRenewal(raw: unknown, account: string): Finding {
  const renewal = shapes.renewal.safeParse(raw).data;
  const at = secondsOf(renewal?.timestamp);
  const before = userIdOf(renewal?.user_id?.previous);
  const after = userIdOf(renewal?.user_id?.current);
  if (before === null || after === null) return unreadable(account, 'a new user id without the ids', raw);
  return {
    kind: 'renewed',
    before: { phone: null, userId: before, at },
    after: { phone: phoneOf(renewal?.wa_id), userId: after, at },
  };
}

function readStatus(raw: unknown, value: Value, account: string): Finding {
  const piece = { metadata: value.metadata, statuses: [raw] };
  const found = shapes.status.safeParse(raw).data;
  if (found === undefined) return unreadable(account, 'a status without its parts', piece);
  const status = Object.hasOwn(statuses, found.status) ? statuses[found.status] : undefined;
  if (status === undefined) {
    return unreadable(account, 'a status of an unknown kind', piece, `${found.id}/${found.status}`);
  }
  const single = found.recipient_type !== 'group';
  const who: Who = {
    phone: single ? phoneOf(found.recipient_id) : null,
    userId: userIdOf(found.recipient_user_id),
    at: secondsOf(found.timestamp),
  };
  const [error] = found.errors ?? [];
  return {
    kind: 'status',
    who: who.phone === null && who.userId === null ? null : who,
    name: found.biz_opaque_callback_data || null,
    externalId: found.id,
    status,
    ...(status === 'failed' && error ? { error: [error.code, error.title].filter(Boolean).join(' ') } : {}),
  };
}

/** What a batch says of a message's sender. Where it does not say of whom it speaks, it can only be of one. */
function contactOf(message: z.output<typeof shapes.envelope>, value: Value) {
  const contacts = (value.contacts ?? []).flatMap((one) => shapes.contact.safeParse(one).data ?? []);
  const own = contacts.find(
    ({ wa_id, user_id }) =>
      (message.from_user_id && user_id === message.from_user_id) || (message.from && wa_id === message.from),
  );
  return own ?? (contacts.length === 1 && (value.messages?.length ?? 0) === 1 ? contacts[0] : undefined);
}

function errorCodeOf(raw: unknown): string {
  return String(shapes.fault.safeParse(raw).data?.code ?? 'unknown').slice(0, 16);
}

function phoneOf(text: string | null | undefined): string | null {
  const digits = text?.replace(/^\+/u, '') ?? '';
  return /^\d{1,32}$/u.test(digits) ? digits : null;
}

/** A business-scoped user id, such as `US.13491208655302741918`; its form may change. */
function userIdOf(text: string | null | undefined): string | null {
  return text && /^[\w.:@-]{1,200}$/u.test(text) && !/^\d+$/u.test(text) ? text : null;
}

function secondsOf(timestamp: string | number | null | undefined): number {
  const seconds = Number(timestamp ?? 0);
  return Number.isSafeInteger(seconds) && seconds > 0 ? seconds : 0;
}

/** @param id the platform's own, where there is one: else it is known again by its words */
function unreadable(account: string, reason: string, raw: unknown, id?: string): Finding {
  const text = typeof raw === 'string' ? storable(raw) : JSON.stringify(raw);
  const known = id ?? createHash('sha256').update(text).digest('hex');
  return { kind: 'unreadable', item: { key: `${channelName}/${account}/${known}`, reason, raw: text } };
}
