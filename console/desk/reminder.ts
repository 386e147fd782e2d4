/** When an agent can ask to be reminded, beside a time of their own. */
export const reminders = ['hours', 'tomorrow', 'days', 'week'] as const;
/** One of them, or a time of their own. */
export type Reminder = (typeof reminders)[number] | 'own';

const hourMs = 60 * 60_000;

/** Where the working day begins. */
const morning = 9;

/**
 * The moment of a reminder.
 * @param now epoch milliseconds
 * @param own what a `datetime-local` field gives, in the browser's own zone
 * @returns null for a time of one's own that is none, or is over
 */
export function momentOf(reminder: Reminder, now: number, own: string): Date | null {
  if (reminder === 'own') {
    const at = new Date(own);
    return at.getTime() > now ? at : null;
  }
  if (reminder === 'hours') return new Date(now + 4 * hourMs);
  const days = { tomorrow: 1, days: 3, week: 7 }[reminder];
  const at = new Date(now);
  at.setDate(at.getDate() + days);
  at.setHours(morning, 0, 0, 0);
  return at;
}
