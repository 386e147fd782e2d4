import { z } from 'zod';
import { isRoom } from './room.ts';

/** What a Jitsi server tells of a room. */
export interface ServerEvent {
  readonly kind: 'started' | 'ended' | 'joined' | 'left' | 'recording';
  /** As `newRoom` draws them. */
  readonly room: string;
  /** The invitation that the person's token names; null: not told. */
  readonly person: string | null;
  /** Epoch milliseconds. */
  readonly at: number;
}

const kinds: Readonly<Record<string, ServerEvent['kind']>> = {
  ROOM_CREATED: 'started',
  ROOM_DESTROYED: 'ended',
  PARTICIPANT_JOINED: 'joined',
  PARTICIPANT_LEFT: 'left',
  RECORDING_STARTED: 'recording',
  LIVE_STREAM_STARTED: 'recording',
  'muc-room-created': 'started',
  'muc-room-destroyed': 'ended',
  'muc-occupant-joined': 'joined',
  'muc-occupant-left': 'left',
};

const person = z.string().max(200).nullish().catch(null);
const breakout = z.boolean().nullish().catch(null);

/** 8x8's hosted Jitsi. */
const hosted = z.object({
  eventType: z.string(),
  fqn: z.string(),
  timestamp: z.number(),
  data: z
    .object({ id: person, isBreakout: breakout })
    .nullish()
    .transform((data) => data ?? { id: null, isBreakout: null }),
});

const seconds = z.number().nullish().catch(null);

/** A server of one's own with the plugin `event_sync`. */
const own = z.object({
  event_name: z.string(),
  room_name: z.string(),
  is_breakout: breakout,
  created_at: seconds,
  destroyed_at: seconds,
  occupant: z.object({ id: person, joined_at: seconds, left_at: seconds }).nullish(),
});

/**
 * Reads what a server sent. Pure.
 * @param now for events that do not say when, in epoch milliseconds
 * @returns null when it is understood and of no interest; `unknown` when nobody can read it
 */
export function readServerEvent(body: unknown, now: number): ServerEvent | null | 'unknown' {
  const eight = hosted.safeParse(body);
  if (eight.success) {
    const { eventType, fqn, timestamp, data } = eight.data;
    return data.isBreakout ? null : eventOf(eventType, fqn, data.id, timestamp);
  }
  const ours = own.safeParse(body);
  if (!ours.success) return 'unknown';
  const { event_name: name, room_name: room, is_breakout: inner, occupant } = ours.data;
  const { created_at: created, destroyed_at: destroyed } = ours.data;
  const at = name.endsWith('joined') ? occupant?.joined_at : name.endsWith('left') ? occupant?.left_at : null;
  const when = at ?? (name.endsWith('destroyed') ? destroyed : created);
  return inner ? null : eventOf(name, room, occupant?.id, typeof when === 'number' ? when * 1_000 : now);
}

function eventOf(name: string, room: string, who: string | null | undefined, at: number): ServerEvent | null {
  const kind = kinds[name];
  // Of a tenant: `AppID/room`, or `[tenant]room`.
  const bare = room.toLowerCase().replace(/^(?:.*\/|\[[^\]]*\])/u, '');
  if (kind === undefined || !isRoom(bare)) return null;
  return { kind, room: bare, person: who ?? null, at };
}
