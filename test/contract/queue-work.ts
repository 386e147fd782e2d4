import type { Handler, Work } from '../../src/queue/queue.ts';

/** How long a test waits for what happens soon, on a busy computer too. */
export const soon = { timeout: 15_000, interval: 20 };

/** A piece of work. */
export function piece(kind: Work['kind'], conversation: string, seq: number): Work {
  return { kind, conversation, seq };
}

/** Handlers for all kinds: the given ones, and some that do nothing. */
export function handlers(given: Partial<Record<Work['kind'], Handler>>): Record<Work['kind'], Handler> {
  const rest: Handler = async () => undefined;
  return { turn: rest, deliver: rest, deadline: rest, offer: rest, fetch: rest, ...given };
}
