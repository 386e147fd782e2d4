import { z } from 'zod';

/** Words of at least one visible character. @param max characters, as people count them: an emoji is one or a few */
export function words(max: number) {
  return z
    .string()
    .refine((text) => text.trim() !== '', { error: 'must not be empty', abort: true })
    .refine((text) => isWithin(text, max), {
      error: `must have at most ${max.toLocaleString('en')} characters`,
    })
    .meta({ minLength: 1, maxLength: max });
}

/** An id that a client made: a resend with the same one changes nothing. */
export const clientId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/u, 'must be 1 to 64 letters, digits, _ or -');

/** The id that a file was given when it was uploaded. */
export const fileId = z.string().regex(/^[\da-f]{32}$/u, "must be a file's id");

/** A body that has nothing in it, or is not there. */
export const emptyBody = z.object({}).nullish();

/** A moment as ISO 8601 in UTC. */
export const moment = z.iso.datetime();

/** @param at epoch milliseconds */
export function iso(at: number): string {
  return new Date(at).toISOString();
}

function isWithin(text: string, max: number): boolean {
  if (text.length <= max) return true;
  return text.length <= 2 * max && [...text].length <= max;
}
