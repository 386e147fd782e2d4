import type { Logger } from 'pino';
import { RelevoError } from '../../core/errors.ts';
import type { Replay, ReplayStep } from './replay.ts';

/** A replay that runs, or ran, in any process. */
export interface ReplayJob {
  readonly id: string;
  readonly by: string;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  /** The draft that was replayed, and the version it was compared with. */
  readonly revision: number;
  readonly version: number;
  /** `died`: the process that ran it is no more. */
  readonly state: 'running' | 'done' | 'cancelled' | 'failed' | 'died';
  readonly step: ReplayStep;
  /** Why it failed, for people. */
  readonly error: string | null;
}

/** A replay to be started. */
export interface ReplayOrder extends Pick<ReplayJob, 'by' | 'revision' | 'version'> {
  readonly run: (progress: (step: ReplayStep) => void, signal: AbortSignal) => Promise<Replay>;
}

/** Replays of an installation: each runs in the process that was asked for it, and every process knows of it. The newest few are kept. */
export interface ReplayJobs {
  /** @throws RelevoError `kb_replay_busy` while as many run as may */
  start(order: ReplayOrder): Promise<ReplayJob>;
  /** Newest first. */
  list(): Promise<readonly ReplayJob[]>;
  /** Null when it is not known, or not any more. The result is there once it is done. */
  get(id: string): Promise<{ readonly job: ReplayJob; readonly result: Replay | null } | null>;
  /** @returns false when it does not run */
  cancel(id: string): Promise<boolean>;
  /** Calls back whenever there may be news; a hint that is lost delays it. @returns ends it */
  watch(id: string, listener: () => void): () => void;
  /** Ends all that run in this process. */
  close(): void;
}

/** What the jobs are kept in, and how processes tell each other. */
export interface ReplayJobsDeps {
  readonly cursors: {
    get(name: string): Promise<string | null>;
    set(name: string, value: string): Promise<void>;
    /** @returns false when somebody else wrote meanwhile */
    replace(name: string, from: string | null, to: string): Promise<boolean>;
  };
  readonly signals: {
    publish(topic: string): void;
    subscribe(listener: (topic: string) => void): () => void;
  };
  readonly id: () => string;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly log: Logger;
}

/** A job as it is kept, with its place for a result and when its process was last heard of. */
interface Kept extends ReplayJob {
  readonly slot: number;
  readonly seenAt: number;
  readonly cancelled: boolean;
}

const maxRunning = 2;
const maxKept = 8;
/** More changes than anybody judges. */
const maxChanges = 1_000;
/** A job tells how far it is this often, and sees whether somebody cancelled it. */
const tellMs = 300;
/** Nobody has heard of a job's process for so long: it is no more. */
const deadMs = 15_000;
const listName = 'replays';

/** Keeps the jobs where every process can read them. */
export function createReplayJobs(deps: ReplayJobsDeps): ReplayJobs {
  const { cursors, signals, now, log } = deps;
  const here = new Map<string, AbortController>();

  async function read(): Promise<{ text: string | null; jobs: readonly Kept[] }> {
    const text = await cursors.get(listName);
    const jobs = text === null ? [] : (JSON.parse(text) as Kept[]);
    return { text, jobs: jobs.map((job) => (isDead(job, now()) ? { ...job, state: 'died' } : job)) };
  }

  /** Writes what `change` makes of the jobs, however many write at once. */
  async function write(change: (jobs: readonly Kept[]) => readonly Kept[]): Promise<readonly Kept[]> {
    for (;;) {
      const { text, jobs } = await read();
      const changed = change(jobs);
      if (await cursors.replace(listName, text, JSON.stringify(changed))) return changed;
    }
  }

  const update = (id: string, change: (job: Kept) => Kept) =>
    write((jobs) => jobs.map((job) => (job.id === id ? change(job) : job)));

  async function run(job: Kept, order: ReplayOrder, ending: AbortController): Promise<void> {
    const { id } = job;
    let step = job.step;
    let telling: Promise<void> | null = null;
    const tell = async (): Promise<void> => {
      const jobs = await update(id, (one) => ({ ...one, step, seenAt: now() }));
      signals.publish(topicOf(id));
      if (jobs.find((one) => one.id === id)?.cancelled !== false) ending.abort();
    };
    // One at a time; what the store does not take now it takes the next time.
    const tellOnce = (): void => {
      telling ??= tell()
        .catch((error: unknown) =>
          log.warn({ err: error, replay: id }, 'how far a replay is could not be kept'),
        )
        .finally(() => {
          telling = null;
        });
    };
    const timer = setInterval(tellOnce, tellMs);
    const unheard = signals.subscribe((topic) => topic === cancelTopicOf(id) && tellOnce());
    const ended = await order
      .run((next) => {
        step = next;
      }, ending.signal)
      .then(
        (result) => ({ state: 'done', result }) as const,
        (error: unknown) => endOf(ending.signal, error),
      );
    clearInterval(timer);
    unheard();
    await telling;
    here.delete(id);
    const { state } = ended;
    if (state === 'done') await cursors.set(resultName(job), resultText(id, ended.result));
    const error = state === 'failed' ? ended.error : null;
    await update(id, (one) => ({ ...one, step, seenAt: now(), state, error }));
    signals.publish(topicOf(id));
  }

  return {
    async start(order) {
      const id = deps.id();
      const jobs = await write((known) => {
        if (known.filter(({ state }) => state === 'running').length >= maxRunning)
          throw new RelevoError('kb_replay_busy', `${maxRunning} replays run already`, {
            hint: 'Wait for them, or cancel one.',
          });
        const oldest = known.find(({ state }) => state !== 'running');
        const kept = known.length < maxKept ? known : known.filter((one) => one !== oldest);
        const taken = new Set(kept.map(({ slot }) => slot));
        const slot = Array.from({ length: maxKept }, (_, place) => place).find((one) => !taken.has(one)) ?? 0;
        const { by, revision, version } = order;
        const step = { stage: 'training', done: 0, of: 0 } as const;
        const [startedAt, seenAt] = [now(), now()];
        const begun = { state: 'running', step, error: null, cancelled: false } as const;
        return [...kept, { id, by, revision, version, startedAt, seenAt, slot, ...begun }];
      });
      const job = jobs.find((one) => one.id === id);
      if (job === undefined) throw new Error('the job that was just written is not there');
      const ending = new AbortController();
      here.set(id, ending);
      run(job, order, ending).catch((error: unknown) =>
        log.error({ err: error, replay: id }, 'the end of a replay could not be kept'),
      );
      return told(job);
    },
    list: async () => (await read()).jobs.map(told).reverse(),
    async get(id) {
      const job = (await read()).jobs.find((one) => one.id === id);
      if (job === undefined) return null;
      const text = job.state === 'done' ? await cursors.get(resultName(job)) : null;
      const kept = text === null ? null : (JSON.parse(text) as { id: string; result: Replay });
      return { job: told(job), result: kept?.id === id ? kept.result : null };
    },
    async cancel(id) {
      const jobs = await update(id, (job) => ({ ...job, cancelled: true }));
      signals.publish(cancelTopicOf(id));
      return jobs.some((job) => job.id === id && job.state === 'running');
    },
    watch: (id, listener) => signals.subscribe((topic) => topic === topicOf(id) && listener()),
    close() {
      for (const ending of here.values()) ending.abort(closing);
    },
  };
}

/** Why jobs end whose process ends. */
const closing = 'closing';

function endOf(signal: AbortSignal, error: unknown) {
  if (!signal.aborted)
    return { state: 'failed', error: error instanceof Error ? error.message : String(error) } as const;
  return { state: signal.reason === closing ? 'died' : 'cancelled' } as const;
}

function isDead({ state, seenAt }: Kept, now: number): boolean {
  return state === 'running' && now - seenAt > deadMs;
}

function told({ slot: _, seenAt: __, cancelled: ___, ...job }: Kept): ReplayJob {
  return job;
}

function resultName({ slot }: Kept): string {
  return `replays/${slot}`;
}

function resultText(id: string, result: Replay): string {
  return JSON.stringify({ id, result: { ...result, changes: result.changes.slice(0, maxChanges) } });
}

function topicOf(id: string): string {
  return `replay/${id}`;
}

function cancelTopicOf(id: string): string {
  return `replay-cancel/${id}`;
}
