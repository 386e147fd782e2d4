import { RelevoError } from '../core/errors.ts';
import type { Ids } from '../core/ids.ts';

const drawn = /^[0-9a-f]{32}$/u;

/** Draws the name of a room: 128 random bits, lower case, so that nobody guesses it and no server changes it. */
export function newRoom(ids: Ids): string {
  return checkedRoom(ids.id());
}

/** Whether it can be a room that `newRoom` drew. */
export function isRoom(value: unknown): value is string {
  return typeof value === 'string' && drawn.test(value);
}

/**
 * @returns the room, if `newRoom` may have drawn it
 * @throws RelevoError `bad_room`
 */
export function checkedRoom(room: string): string {
  if (isRoom(room)) return room;
  throw new RelevoError('bad_room', 'a room is 32 hexadecimal digits in lower case, drawn at random', {
    hint: 'Rooms are drawn by Relevo; no name that a person chose is used.',
  });
}
