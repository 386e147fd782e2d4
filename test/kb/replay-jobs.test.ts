import { beforeEach, expect, test, vi } from 'vitest';
import { type Replay, type ReplayStep, replay } from '../../src/kb/workbench/replay.ts';
import { createReplayJobs, type ReplayJobs } from '../../src/kb/workbench/replay-jobs.ts';
import { createMemorySignals } from '../http/memory-signals.ts';
import { silentLog } from '../log.ts';
import { createMemoryCursors } from '../store/memory-cursors.ts';
import { contentOf } from './memory-bases.ts';

const counts = { answer: 1, clarify: 0, handoff: 0 };
const change: Replay['changes'][number] = {
  question: { at: 0, language: 'es', brand: null, question: 'no prende' },
  change: 'newly-answered',
  before: { decision: 'handoff', article: null, confidence: 0 },
  after: { decision: 'answer', article: 'x', confidence: 1 },
};
const result: Replay = { questions: 1, same: 1, before: counts, after: counts, changes: [], proof: null };

let now: number;
let ids: number;
/** Two processes on one store. */
let one: ReplayJobs;
let other: ReplayJobs;
beforeEach(() => {
  [now, ids] = [0, 0];
  const cursors = createMemoryCursors();
  const signals = createMemorySignals();
  const make = () =>
    createReplayJobs({
      cursors,
      signals,
      id: () => `job-${++ids}`,
      now: () => now,
      log: silentLog,
    });
  [one, other] = [make(), make()];
});

/** A replay that a test drives. */
function driven() {
  let resolve: (result: Replay) => void = () => undefined;
  let reject: (reason: unknown) => void = () => undefined;
  const promise = new Promise<Replay>((done, failed) => {
    [resolve, reject] = [done, failed];
  });
  let progress: (step: ReplayStep) => void = () => undefined;
  const start = (jobs: ReplayJobs, by = 'Eva') =>
    jobs.start({
      by,
      revision: 7,
      version: 3,
      run(tell, signal) {
        progress = tell;
        signal.addEventListener('abort', () => reject(signal.reason));
        return promise;
      },
    });
  return { start, resolve, reject, progress: (step: ReplayStep) => progress(step) };
}

const stateOf = async (jobs: ReplayJobs, id: string) => (await jobs.get(id))?.job.state;

test('another process sees how far a replay is, and its result', async () => {
  const replay = driven();
  const { id } = await replay.start(one);
  const heard = vi.fn();
  other.watch(id, heard);
  replay.progress({ stage: 'replaying', done: 20, of: 100 });
  await vi.waitFor(async () => expect((await other.get(id))?.job.step.done).toBe(20), { timeout: 3_000 });
  expect(heard).toHaveBeenCalled();
  replay.resolve({ ...result, changes: Array.from({ length: 1_200 }, () => change) });
  await vi.waitFor(async () => expect(await stateOf(other, id)).toBe('done'));
  const found = await other.get(id);
  expect(found?.result?.changes).toHaveLength(1_000);
  expect(found?.job).toEqual({
    id,
    by: 'Eva',
    startedAt: 0,
    revision: 7,
    version: 3,
    state: 'done',
    step: { stage: 'replaying', done: 20, of: 100 },
    error: null,
  });
  expect(await other.cancel(id)).toBe(false);
  expect(await stateOf(one, id)).toBe('done');
});

test('another process can cancel it', async () => {
  const { id } = await driven().start(one);
  expect(await other.cancel(id)).toBe(true);
  await vi.waitFor(async () => expect(await stateOf(other, id)).toBe('cancelled'));
  expect(await other.cancel('job-9')).toBe(false);
});

test('as many run as may, whichever process they run in', async () => {
  const first = driven();
  await first.start(one);
  const second = await driven().start(other);
  await expect(driven().start(one)).rejects.toMatchObject({ code: 'kb_replay_busy' });
  await one.cancel(second.id);
  await vi.waitFor(async () => expect(await stateOf(one, second.id)).toBe('cancelled'));
  const failing = driven();
  const { id } = await failing.start(one);
  failing.reject(new Error('the engine was lost'));
  await vi.waitFor(async () => expect((await other.get(id))?.job.error).toBe('the engine was lost'));
  expect((await other.list()).map(({ state }) => state)).toEqual(['failed', 'cancelled', 'running']);
});

test('one whose process is no more is said to have died, and holds up nobody', async () => {
  const [killed, stopped] = [driven(), driven()];
  vi.useFakeTimers();
  const { id } = await killed.start(one);
  // From now on its process tells nothing: it was killed.
  vi.clearAllTimers();
  vi.useRealTimers();
  now += 14_000;
  expect(await stateOf(other, id)).toBe('running');
  now += 2_000;
  expect(await stateOf(other, id)).toBe('died');
  const next = await stopped.start(other);
  await driven().start(one);
  other.close();
  await vi.waitFor(async () => expect(await stateOf(one, next.id)).toBe('died'));
});

test('the newest few are kept, each with its own result', async () => {
  const all: string[] = [];
  for (let place = 0; place < 10; place += 1) {
    const replay = driven();
    const { id } = await replay.start(one);
    all.push(id);
    replay.resolve({ ...result, questions: place });
    await vi.waitFor(async () => expect(await stateOf(one, id)).toBe('done'));
  }
  expect((await other.list()).map(({ id }) => id)).toEqual(all.slice(-8).reverse());
  expect(await other.get(all[0] ?? '')).toBeNull();
  for (const [place, id] of all.slice(-8).entries())
    expect((await other.get(id))?.result?.questions).toBe(place + 2);
});

test('a replay whose engines are still trained ends as soon as it is cancelled', async () => {
  const draft = contentOf([]);
  const current = { ...draft, version: 3, publishedAt: 0, publishedBy: 'Eva', comment: '' };
  const never = { engineOf: () => new Promise<never>(() => undefined), knowledgeOf: () => null };
  const run = (progress: (step: ReplayStep) => void, signal: AbortSignal) =>
    replay({ draft, current, questions: [], ...never, progress, signal });
  const { id } = await one.start({ by: 'Eva', revision: 7, version: 3, run });
  expect(await other.cancel(id)).toBe(true);
  await vi.waitFor(async () => expect(await stateOf(other, id)).toBe('cancelled'));
});
