import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import type { Clock } from '../core/clock.ts';
import { createOutage } from './outage.ts';
import type { Work } from './queue.ts';

/** What the sweeper asks of the store: work that nobody is known to be doing. Moments are epoch milliseconds. */
export interface Undone {
  /** Deadlines due before a moment, soonest first, with the sequence that set each. */
  deadlines(
    dueBefore: number,
    limit: number,
  ): Promise<readonly { conversation: string; seq: number; deadline: { readonly at: number } }[]>;
  /** Conversations that owe an answer to a message stored before a moment. */
  turns(storedBefore: number, limit: number): Promise<readonly string[]>;
  /** Conversations with effects due before a moment and not touched since another. */
  effects(dueBefore: number, touchedBefore: number, limit: number): Promise<readonly string[]>;
  /** Conversations with files to be fetched, due before a moment and not touched since another. */
  files(dueBefore: number, touchedBefore: number, limit: number): Promise<readonly string[]>;
}

/** What a sweeper is made of. Times are in milliseconds. */
export interface SweeperOptions {
  readonly undone: Undone;
  readonly wake: (work: Work, delayMs?: number) => void;
  readonly clock: Clock;
  readonly log: Logger;
  /** The pause between sweeps. Default 3,000. */
  readonly everyMs?: number;
  /** Deadlines due within this are queued for their moment; later ones wait for a later sweep. Default 15,000. */
  readonly horizonMs?: number;
  /** Turns and effects younger than this are still in somebody's hands. Default 5,000. */
  readonly restMs?: number;
  /** What was woken and is still undone is woken again after this. Default 10,000. */
  readonly rewakeMs?: number;
  /** How much of each kind the first sweep asks for; as long as there is more, the next one asks for twice as much. Default 500. */
  readonly limit?: number;
  /** How much of what it woke it remembers; room for all of it is taken at once. Default 100,000. */
  readonly maxRemembered?: number;
  /** Calls back after a while and gives the way to prevent it: `setTimeout` unless a test drives it. */
  readonly later?: (run: () => void, delayMs: number) => () => void;
}

/** How much one sweep woke. */
export interface Swept {
  readonly turns: number;
  readonly effects: number;
  readonly deadlines: number;
  readonly files: number;
}

/** Finds work that the store knows of and nobody is doing, and wakes somebody for it (law 6). */
export interface Sweeper {
  /** Sweeps now and then every `everyMs`; at once again while there is more than a sweep asks for. */
  start(): void;
  /** One sweep. @throws what the store throws */
  sweepOnce(): Promise<Swept>;
  /** Ends the sweeping and waits for the sweep under way. Calling it twice is fine. */
  stop(): Promise<void>;
}

const usuallyRemembered = 100_000;
const maxLimit = 50_000;

/** Makes a sweeper. The store's errors are logged once per outage, and the next sweep tries again. */
export function createSweeper(options: SweeperOptions): Sweeper {
  const { undone, clock } = options;
  const everyMs = options.everyMs ?? 3_000;
  const horizonMs = options.horizonMs ?? 15_000;
  const restMs = options.restMs ?? 5_000;
  const rewakeMs = options.rewakeMs ?? 10_000;
  const firstLimit = options.limit ?? 500;
  const later = options.later ?? systemLater;
  const outage = createOutage(options.log, 'The store', 'undone work is looked for again soon');

  // When each piece of work may be woken again. Without it every sweep would wake all that is under way, and what
  // stands first in the store's lists would keep the rest from ever being reached.
  const again = new LRUCache<string, number>({ max: options.maxRemembered ?? usuallyRemembered });
  let limit = firstLimit;
  let cancel: (() => void) | undefined;
  let sweeping: Promise<void> | undefined;
  let stopped = false;

  function wakeOnce(work: Work, now: number, at: number): number {
    const key = `${work.kind} ${work.conversation} ${work.seq}`;
    if ((again.get(key) ?? 0) > now) return 0;
    again.set(key, Math.max(now, at) + rewakeMs);
    options.wake(work, Math.max(0, at - now));
    return 1;
  }

  /** The last sweep before a deadline wakes it here, whatever was handed to the queue before: the queue may have lost it. */
  function wakeDeadline(work: Work, now: number, at: number): number {
    const near = at > now && at - now <= everyMs;
    const key = `near ${work.conversation} ${work.seq}`;
    if (!near || again.has(key)) return wakeOnce(work, now, at);
    again.set(key, at);
    again.set(`${work.kind} ${work.conversation} ${work.seq}`, at + rewakeMs);
    options.wake(work, at - now);
    return 1;
  }

  async function sweep(): Promise<Swept> {
    const now = clock.now();
    const [turns, effects, deadlines, files] = await Promise.all([
      undone.turns(now - restMs, limit),
      undone.effects(now, now - restMs, limit),
      undone.deadlines(now + horizonMs, limit),
      undone.files(now, now - restMs, limit),
    ]);
    const full = [turns, effects, deadlines, files].some((found) => found.length >= limit);
    limit = full ? Math.min(limit * 2, maxLimit) : firstLimit;
    const count = <T>(found: readonly T[], wake: (one: T) => number) =>
      found.reduce((woken, one) => woken + wake(one), 0);
    return {
      // The store says which conversations, not since when: 0 is older than any commit.
      turns: count(turns, (conversation) => wakeOnce({ kind: 'turn', conversation, seq: 0 }, now, now)),
      effects: count(effects, (conversation) =>
        wakeOnce({ kind: 'deliver', conversation, seq: 0 }, now, now),
      ),
      deadlines: count(deadlines, ({ conversation, seq, deadline }) =>
        wakeDeadline({ kind: 'deadline', conversation, seq }, now, deadline.at),
      ),
      files: count(files, (conversation) => wakeOnce({ kind: 'fetch', conversation, seq: 0 }, now, now)),
    };
  }

  async function sweepAndGoOn(): Promise<void> {
    let pauseMs = everyMs;
    try {
      const { turns, effects, deadlines, files } = await sweep();
      outage.over();
      if (limit > firstLimit && turns + effects + deadlines + files > 0) pauseMs = 0;
    } catch (error) {
      outage.report(error);
    }
    if (!stopped) cancel = later(begin, pauseMs);
  }

  function begin(): void {
    sweeping = sweepAndGoOn();
  }

  return {
    start: begin,
    sweepOnce: sweep,
    async stop() {
      stopped = true;
      cancel?.();
      await sweeping;
    },
  };
}

function systemLater(run: () => void, delayMs: number): () => void {
  const timer = setTimeout(run, delayMs).unref();
  return () => clearTimeout(timer);
}
