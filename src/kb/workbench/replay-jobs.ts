import { RelevoError } from '../../core/errors.ts';
import type { Replay, ReplayStep } from './replay.ts';

/** A replay that runs, or ran. */
export interface ReplayJob {
  readonly id: string;
  readonly by: string;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly state: 'running' | 'done' | 'cancelled' | 'failed';
  readonly step: ReplayStep;
  /** Once it is done. */
  readonly result: Replay | null;
  /** Why it failed, for people. */
  readonly error: string | null;
}

/** Replays of this process: the newest few are kept. */
export interface ReplayJobs {
  /** @throws RelevoError `kb_replay_busy` while as many run as may */
  start(
    by: string,
    run: (progress: (step: ReplayStep) => void, signal: AbortSignal) => Promise<Replay>,
  ): ReplayJob;
  /** Null when it is not known, or not any more. */
  get(id: string): ReplayJob | null;
  /** @returns false when it does not run */
  cancel(id: string): boolean;
  /** Tells of each step and of the end. @returns ends it */
  watch(id: string, listener: (job: ReplayJob) => void): () => void;
  /** Cancels all that run. */
  close(): void;
}

const maxRunning = 2;
const maxKept = 10;

/** @param deps who makes ids, and the time */
export function createReplayJobs(deps: {
  readonly id: () => string;
  readonly now: () => number;
}): ReplayJobs {
  const jobs = new Map<string, ReplayJob>();
  const endings = new Map<string, AbortController>();
  const listeners = new Map<string, Set<(job: ReplayJob) => void>>();

  function set(job: ReplayJob): ReplayJob {
    jobs.set(job.id, job);
    for (const listener of listeners.get(job.id) ?? []) listener(job);
    return job;
  }

  return {
    start(by, run) {
      if (endings.size >= maxRunning)
        throw new RelevoError('kb_replay_busy', `${maxRunning} replays run already`, {
          hint: 'Wait for them, or cancel one.',
        });
      const ending = new AbortController();
      const begun = set({
        id: deps.id(),
        by,
        startedAt: deps.now(),
        state: 'running',
        step: { stage: 'training', done: 0, of: 0 },
        result: null,
        error: null,
      });
      const { id } = begun;
      endings.set(id, ending);
      const now = () => jobs.get(id) ?? begun;
      void run((step) => set({ ...now(), step }), ending.signal)
        .then(
          (result) => ({ state: 'done', result }) as const,
          (error: unknown) =>
            ending.signal.aborted
              ? ({ state: 'cancelled' } as const)
              : ({ state: 'failed', error: error instanceof Error ? error.message : String(error) } as const),
        )
        .then((ended) => {
          endings.delete(id);
          set({ ...now(), ...ended });
          listeners.delete(id);
          for (const old of [...jobs.keys()].slice(0, -maxKept)) if (!endings.has(old)) jobs.delete(old);
        });
      return begun;
    },
    get: (id) => jobs.get(id) ?? null,
    cancel(id) {
      const ending = endings.get(id);
      ending?.abort();
      return ending !== undefined;
    },
    watch(id, listener) {
      const all = listeners.get(id) ?? new Set();
      listeners.set(id, all.add(listener));
      return () => void all.delete(listener);
    },
    close() {
      for (const ending of endings.values()) ending.abort();
    },
  };
}
