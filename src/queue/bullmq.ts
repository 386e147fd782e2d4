import { setTimeout as sleep } from 'node:timers/promises';
import type { IQueueBackend } from 'bullmq';
import { Queue as BullQueue, Worker as BullWorker } from 'bullmq';
import type { Logger } from 'pino';
import { RelevoError } from '../core/errors.ts';
import { within } from '../core/within.ts';
import type { Engine } from './engine.ts';
import { backoffMs, jobDefaults, jobOptions } from './job.ts';
import { createOutage } from './outage.ts';
import { openPostgres } from './postgres-engine.ts';
import type { Handler, Queue, Work } from './queue.ts';
import { parseRedisAddress } from './redis-address.ts';
import { openRedis } from './redis-engine.ts';

type Producer = BullQueue<Work, void, string, Work, void, string, IQueueBackend, object>;
type Worker = BullWorker<Work, void, string, IQueueBackend, number, object>;

/** What a queue is made of. Everything in milliseconds where the name says so. */
export interface BullQueueOptions {
  /** `postgres://…`, or Redis as `parseRedisAddress` reads it. */
  readonly url: string;
  readonly log: Logger;
  /** Whose queue it is to be: a Redis that holds another's is refused. Anybody's when left out. */
  readonly installation?: string;
  /** Whether a Redis that may forget what waits in it is taken all the same. Default no. */
  readonly volatile?: boolean;
  /** The schema on PostgreSQL, the key prefix on Redis: letters, digits and underscores. Default `relevo_queue`. */
  readonly prefix?: string;
  /** How long a job may go without a sign of life before another worker takes it. Default 30,000. */
  readonly lockMs?: number;
  /** How often workers look for such jobs. Default 15,000. */
  readonly stalledMs?: number;
  /** How often a job that throws is tried before it is set aside as failed. Default 30, about half an hour. */
  readonly attempts?: number;
  /** The pause before the second try; it doubles up to a minute. Default 1,000. */
  readonly backoffMs?: number;
  /** How long the engine may take to answer. Default 5,000. */
  readonly timeoutMs?: number;
}

// One BullMQ queue and worker per kind, so that a slow kind never holds back another. Measured on PostgreSQL: four
// idle workers together cost one transaction a second and less than 0.1 % of a core (new jobs arrive by NOTIFY, so
// `idleSeconds` can be long). One queue for all kinds would save nothing worth having.
const kinds = ['turn', 'deliver', 'deadline', 'offer', 'fetch'] as const satisfies readonly Work['kind'][];

/** How long closing may take once the handlers are done or cut off. */
const closeMs = 3_000;
const probeMs = 2_000;
/** How many times the usual limit an engine is given at the start: a busy computer begins with everything at once. */
const startPatience = 4;
/** How soon a worker asks again after the engine was away; BullMQ's own is 15 s. */
const runRetryMs = 2_000;

/**
 * Opens the queue: BullMQ on PostgreSQL or Redis, as the address says. The tables it needs are made or migrated.
 * @throws RelevoError `queue_unreachable` when the engine does not answer, `queue_url_invalid` when the address is of another kind,
 *   `redis_forgets`, `queue_of_another`
 */
export async function createBullQueue(options: BullQueueOptions): Promise<Queue> {
  const { log } = options;
  const timeoutMs = options.timeoutMs ?? 5_000;
  const firstBackoffMs = options.backoffMs ?? 1_000;
  const engine = await open(options, timeoutMs);
  const { prefix } = engine;
  const outage = createOutage(log, engine.description, 'it is tried again until it does');

  const root = engine.backend('producer', { connection: {} });
  const producers = {} as Record<Work['kind'], Producer>;
  const workers: Worker[] = [];
  const cuts = new Set<() => void>();
  let stopped: Promise<void> | undefined;
  let probe: NodeJS.Timeout | undefined;

  let answers = 0;
  let suspected = false;
  async function guarded<T>(question: () => Promise<T>, limitMs = timeoutMs): Promise<T> {
    if (stopped !== undefined) throw new RelevoError('queue_stopped', 'The queue is stopped.');
    const answersBefore = answers;
    try {
      const answer = await within(limitMs, question());
      answers += 1;
      clearInterval(probe);
      probe = undefined;
      outage.over();
      return answer;
    } catch (error) {
      // What was asked during an outage and fails after its end is no new outage.
      if (answers === answersBefore && stopped === undefined) {
        outage.report(error);
        // Only an answer ends an outage, and while nothing is added nobody would ask.
        probe ??= setInterval(ask, probeMs).unref();
      }
      throw unreachable(engine.description, error);
    }
  }
  const countFailed = () => guarded(() => producers.turn.getJobCounts('failed'));
  const ask = () => void countFailed().catch(() => undefined);

  /** BullMQ reports each connection's troubles, long after they are over too: whether it is an outage shows by asking. */
  function suspect(error: unknown): void {
    if (stopped !== undefined) return;
    log.debug({ err: error }, 'BullMQ reports an error');
    if (outage.open || suspected) return;
    suspected = true;
    const settled = () => {
      suspected = false;
    };
    countFailed().then(settled, settled);
  }

  root.on('error', suspect);
  for (const kind of kinds) {
    const queue: Producer = new BullQueue(
      kind,
      {
        connection: {},
        prefix,
        streams: { events: { maxLen: 100 } },
        defaultJobOptions: jobDefaults(options.attempts ?? 30),
      },
      (name: string) => root.forQueue(name, prefix),
    );
    queue.on('error', suspect);
    producers[kind] = queue;
  }

  async function close(graceMs: number): Promise<void> {
    clearInterval(probe);
    const cutting = setTimeout(() => {
      for (const cut of cuts) cut();
    }, graceMs);
    const closing = Promise.all(workers.map((worker) => worker.close()));
    await within(graceMs + closeMs, closing).catch((error: unknown) => {
      log.warn({ err: error }, 'Workers did not close in time: their connections are cut');
      return Promise.allSettled(workers.map((worker) => within(closeMs, worker.disconnect())));
    });
    clearTimeout(cutting);
    await Promise.allSettled([
      ...Object.values(producers).map((queue) => queue.close()),
      within(closeMs, root.close()),
    ]);
    engine.close();
  }

  /** BullMQ ends a worker whose first look at the engine fails. */
  async function run(worker: Worker): Promise<void> {
    while (stopped === undefined) {
      try {
        await worker.run();
        return;
      } catch (error) {
        suspect(error);
        await sleep(runRetryMs, undefined, { ref: false });
      }
    }
  }

  try {
    await guarded(() => root.waitUntilReady(), timeoutMs * startPatience);
  } catch (error) {
    stopped = close(0);
    await stopped;
    throw error;
  }

  return {
    description: engine.description,
    async add(work, delayMs = 0) {
      await guarded(() => producers[work.kind].add(work.kind, work, jobOptions(work, delayMs)));
    },
    async work(handlers, concurrency) {
      if (stopped !== undefined) throw new RelevoError('queue_stopped', 'The queue is stopped.');
      for (const kind of kinds) {
        const worker: Worker = new BullWorker(
          kind,
          (job) => runUntilCut(handlers[kind], job.data),
          {
            connection: {},
            prefix,
            concurrency,
            // A worker whose connection was never made would ask for jobs without a pause, and nothing else would run.
            autorun: false,
            drainDelay: engine.idleSeconds,
            lockDuration: options.lockMs ?? 30_000,
            stalledInterval: options.stalledMs ?? 15_000,
            // BullMQ's own limit is 1: the second crash would throw the job away.
            maxStalledCount: 1_000_000,
            runRetryDelay: runRetryMs,
            settings: { backoffStrategy: (attempt) => backoffMs(firstBackoffMs, attempt) },
          },
          engine.backend,
        );
        worker.on('error', suspect);
        worker.on('failed', (job, error) => {
          if (stopped === undefined)
            log.warn({ err: error, job: job?.id, attempt: job?.attemptsMade }, 'A job failed');
        });
        workers.push(worker);
      }
      const ready = () => Promise.all(workers.map((worker) => worker.waitUntilReady()));
      await guarded(ready, timeoutMs * startPatience);
      for (const worker of workers) void run(worker);
    },
    async counts() {
      const states = ['waiting', 'delayed', 'active', 'failed'] as const;
      const all = await guarded(() =>
        Promise.all(kinds.map((kind) => producers[kind].getJobCounts(...states))),
      );
      const sum = (state: (typeof states)[number]) =>
        all.reduce((total, one) => total + (one[state] ?? 0), 0);
      return {
        waiting: sum('waiting'),
        delayed: sum('delayed'),
        active: sum('active'),
        failed: sum('failed'),
      };
    },
    async check() {
      await countFailed();
    },
    stop(graceMs) {
      stopped ??= close(graceMs);
      return stopped;
    },
  };

  /** A handler that outlives the grace is left to itself and its job fails: another worker then tries it again. */
  function runUntilCut(handler: Handler, work: Work): Promise<void> {
    return new Promise((resolve, reject) => {
      const cut = () =>
        reject(new RelevoError('queue_stopped', 'The process stopped before the job was done.'));
      cuts.add(cut);
      handler(work)
        .then(resolve, reject)
        .finally(() => cuts.delete(cut));
    });
  }
}

async function open(options: BullQueueOptions, timeoutMs: number): Promise<Engine> {
  const { url: address, log, installation, volatile = false, prefix = 'relevo_queue' } = options;
  const redis = parseRedisAddress(address);
  const url = URL.canParse(address) ? new URL(address) : null;
  try {
    if (redis !== null) return await openRedis(redis, { prefix, timeoutMs, installation, volatile, log });
    switch (url?.protocol) {
      case 'postgres:':
      case 'postgresql:':
        return await openPostgres(url, prefix, timeoutMs);
      default:
        throw new RelevoError('queue_url_invalid', 'The address of the queue is of no engine we know.', {
          hint: 'It begins with postgres://, redis://, redis+sentinel:// or redis+cluster://.',
        });
    }
  } catch (error) {
    throw error instanceof RelevoError ? error : unreachable('The queue', error);
  }
}

function unreachable(what: string, cause: unknown): RelevoError {
  return new RelevoError('queue_unreachable', `${what} does not answer.`, {
    cause,
    hint: 'Check that the engine runs and that REDIS_URL or DATABASE_URL points to it.',
  });
}
