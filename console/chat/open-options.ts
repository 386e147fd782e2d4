import type { Message } from '../live/message.ts';

/**
 * Which message's buttons can still be pressed: the newest that offers some, as long as the customer has said
 * nothing since.
 * @param messages oldest first
 * @returns its id, or null
 */
export function openOptions(messages: readonly Message[]): string | null {
  const lastOwn = messages.findLastIndex((message) => message.from === 'customer');
  const asking = messages.findLastIndex((message) => (message.options?.length ?? 0) > 0);
  return asking > lastOwn ? (messages[asking]?.id ?? null) : null;
}

/**
 * Whether these buttons are the one to five stars.
 * @returns the number of stars of each button, or null
 */
export function starsOf(options: readonly { readonly id: string }[]): readonly number[] | null {
  const stars = options.map((option) => Number(/^rate-([1-5])$/u.exec(option.id)?.[1] ?? 0));
  return stars.length > 1 && stars.every((count) => count > 0) ? stars : null;
}

/**
 * Whether the newest buttons, pressed or not, are the stars.
 * @param messages oldest first
 */
export function asksForStars(messages: readonly Message[]): boolean {
  const newest = messages.findLast((message) => (message.options?.length ?? 0) > 0);
  return starsOf(newest?.options ?? []) !== null;
}
