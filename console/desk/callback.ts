import type { Callback, CaseDetail } from './case.ts';

/** After one of these nobody waits to be called back any more. */
const over = ['left-queue', 'returned-to-bot', 'solved', 'reopened'];

/** When the customer wants to be called back: while the case waits, and while somebody has it. Null: they do not. */
export function callbackOf({ callback, stage, messages }: CaseDetail): Callback | null {
  if (callback !== null || stage !== 'claimed') return callback;
  const last = messages.findLast(
    ({ event }) => event?.type === 'callback-wished' || over.includes(event?.type ?? ''),
  );
  if (last?.event?.type !== 'callback-wished') return null;
  const { at, words } = last.event;
  return { at: typeof at === 'number' ? new Date(at).toISOString() : null, words: String(words ?? '') };
}
