import { LRUCache } from 'lru-cache';
import PQueue from 'p-queue';
import type { Logger } from 'pino';
import { RelevoError } from '../core/errors.ts';
import { within } from '../core/within.ts';
import { createOutage } from './outage.ts';
import type { Handler, Queue, Work } from './queue.ts';

/** What a dispatch is made of. */
export interface DispatchOptions {
  readonly queue: Queue;
  readonly log: Logger;
  /** Whether this process does work itself; otherwise all of it goes to others. */
  readonly local: boolean;
  /** Tells a process that works of what this one does not do itself, and whether there is one; absent: the queue has all of it. */
  readonly tell?: (work: Work) => boolean;
  readonly handlers: Readonly<Record<Work['kind'], Handler>>;
  /** How many conversations are worked on at once, for each kind. */
  readonly concurrency: number;
  /** How many conversations of a kind may wait in this process before the queue takes the rest. Default 1,000. */
  readonly maxBacklog?: number;
  /** How soon the queue tries again what threw here, in milliseconds. Default 1,000. */
  readonly retryMs?: number;
}

/**
 * Gets work done, here or wherever there is a worker. The queue costs several writes for each job and the store is
 * the truth anyway, so a process that works does immediate work itself at once, one that does not tells one that does
 * where it can, and the queue has only the rest.
 */
export interface Dispatch {
  /**
   * Wakes somebody for the work. Never throws and never waits: a wake that gets lost is left to the sweeper.
   * Work of one kind and conversation runs one at a time here; woken during its run, it runs once more afterwards.
   * @param delayMs not before this long from now
   */
  wake(work: Work, delayMs?: number): void;
  /** Takes work from the queue too, where this process works. @throws RelevoError `queue_unreachable` */
  start(): Promise<void>;
  /** Begins nothing new, hands on what waits here, waits for what runs (at most `graceMs`), stops the queue. */
  stop(graceMs: number): Promise<void>;
  /** Resolves when nothing waits or runs here and all is handed over: for tests. */
  idle(): Promise<void>;
}

/** Somebody who waits for a run to end: the job from the queue that asked for it. */
interface Waiter {
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

interface Run {
  work: Work;
  readonly waiters: Waiter[];
}

/** One kind of work of one conversation, while some waits or runs. */
interface Lane {
  /** Waits for its place; null once it runs. */
  waiting: Run | null;
  running: boolean;
}

/** Longer than the pause between two sweeps: what the sweeper finds just before its moment never leaves this process. */
const maxLocalWaitMs = 3_500;
const maxTimers = 10_000;
const maxHandingOver = 10_000;
const handingOverAtOnce = 8;
const maxTroubled = 10_000;
const troubledMs = 30_000;

/** Makes a dispatch; `stop` ends its queue as well. */
export function createDispatch(options: DispatchOptions): Dispatch {
  const { queue, log, handlers } = options;
  const maxBacklog = options.maxBacklog ?? 1_000;
  const retryMs = options.retryMs ?? 1_000;
  const outage = createOutage(log, `Handing work to ${queue.description}`, 'it is left to the sweeper');

  const places = (): PQueue => new PQueue({ concurrency: options.concurrency });
  const slots = { turn: places(), deliver: places(), deadline: places(), offer: places(), fetch: places() };
  const lanes = new Map<string, Lane>();
  // Work that threw here last time: the queue paces it, so that it does not spin and spoils nobody's turn.
  // Only for a while: the queue may be away too.
  const troubled = new LRUCache<string, true>({ max: maxTroubled, ttl: troubledMs });
  // Runs that no job of the queue waits for.
  const own = new Set<Promise<void>>();
  const handingOver = new PQueue({ concurrency: handingOverAtOnce });
  const timers = new Map<NodeJS.Timeout, Work>();
  let stopped: Promise<void> | undefined;

  const keyOf = (work: Work) => `${work.kind} ${work.conversation}`;

  function hand(work: Work, delayMs: number): void {
    if (handingOver.size >= maxHandingOver) {
      outage.report(new RelevoError('queue_slow', 'More work waits to be handed over than the queue takes.'));
      return;
    }
    void handingOver.add(() => queue.add(work, delayMs).then(outage.over, refused));
  }

  /** Gets it done elsewhere: told to somebody at once where that is enough, and in the queue for whoever comes where it is not. */
  function handOn(work: Work, delayMs: number): void {
    const told = delayMs <= 0 && work.kind !== 'offer' && options.tell?.(work) === true;
    if (!told) hand(work, delayMs);
  }

  function refused(error: unknown): void {
    if (!(error instanceof RelevoError && error.code === 'queue_stopped')) outage.report(error);
  }

  function enter(work: Work, waiter: Waiter | null): void {
    const key = keyOf(work);
    const lane = lanes.get(key) ?? { waiting: null, running: false };
    const isNew = lane.waiting === null;
    lane.waiting ??= { work, waiters: [] };
    if (work.seq > lane.waiting.work.seq) lane.waiting.work = work;
    if (waiter !== null) lane.waiting.waiters.push(waiter);
    lanes.set(key, lane);
    if (isNew && !lane.running) queueUp(key, lane, work.kind);
  }

  function queueUp(key: string, lane: Lane, kind: Work['kind']): void {
    void slots[kind].add(() => run(key, lane));
  }

  async function run(key: string, lane: Lane): Promise<void> {
    const current = lane.waiting;
    if (current === null) return;
    lane.waiting = null;
    lane.running = true;
    const attempted = attempt(key, current);
    if (current.waiters.length === 0) own.add(attempted);
    await attempted;
    own.delete(attempted);
    lane.running = false;
    if (lane.waiting === null) lanes.delete(key);
    else queueUp(key, lane, current.work.kind);
  }

  async function attempt(key: string, { work, waiters }: Run): Promise<void> {
    try {
      await handlers[work.kind](work);
      troubled.delete(key);
      for (const waiter of waiters) waiter.resolve();
    } catch (error) {
      troubled.set(key, true);
      for (const waiter of waiters) waiter.reject(error);
      // The queue itself tries again what it waits for.
      if (waiters.length > 0) return;
      log.warn({ err: error, ...work }, 'Work failed: the queue tries it again');
      hand(work, retryMs);
    }
  }

  const fromQueue: Handler = (work) =>
    new Promise((resolve, reject) => enter(work, { resolve: () => resolve(), reject }));

  const taken = {
    turn: fromQueue,
    deliver: fromQueue,
    deadline: fromQueue,
    offer: fromQueue,
    fetch: fromQueue,
  };

  async function drain(graceMs: number): Promise<void> {
    const until = performance.now() + graceMs;
    for (const [timer, work] of timers) {
      clearTimeout(timer);
      handOn(work, 0);
    }
    timers.clear();
    for (const [key, lane] of lanes) {
      const left = lane.waiting;
      lane.waiting = null;
      if (!lane.running) lanes.delete(key);
      if (left === null) continue;
      for (const waiter of left.waiters) {
        waiter.reject(new RelevoError('queue_stopped', 'The process stopped before the work began.'));
      }
      if (left.waiters.length === 0) handOn(left.work, 0);
    }
    // Before the queue, because what ends here may still wake other work.
    await within(
      graceMs,
      Promise.all(own).then(() => handingOver.onIdle()),
    ).catch((error: unknown) => {
      log.warn(
        { err: error, running: own.size },
        'Work did not end in time: the sweeper finds what is left of it',
      );
    });
    await queue.stop(Math.max(0, until - performance.now()));
  }

  async function idle(): Promise<void> {
    while (lanes.size > 0 || handingOver.size + handingOver.pending > 0) {
      await Promise.all([...Object.values(slots), handingOver].map((slot) => slot.onIdle()));
    }
  }

  /** Callers pass it on by itself: it must not need the dispatch it came from. */
  function wake(work: Work, delayMs = 0): void {
    // A short wait is not worth a job: when it is lost with the process, the sweeper finds the work.
    const waits = options.local || options.tell !== undefined;
    if (waits && stopped === undefined && delayMs > 0 && delayMs <= maxLocalWaitMs) {
      if (timers.size < maxTimers) {
        const timer = setTimeout(() => {
          timers.delete(timer);
          wake(work);
        }, delayMs).unref();
        timers.set(timer, work);
        return;
      }
    }
    const here =
      options.local &&
      stopped === undefined &&
      delayMs <= 0 &&
      work.kind !== 'offer' &&
      !troubled.has(keyOf(work));
    if (here && (lanes.has(keyOf(work)) || slots[work.kind].size < maxBacklog)) enter(work, null);
    else handOn(work, delayMs);
  }

  return {
    wake,
    async start() {
      if (!options.local) return;

      await queue.work(taken, options.concurrency);
    },
    stop(graceMs) {
      stopped ??= drain(graceMs);
      return stopped;
    },
    idle,
  };
}
