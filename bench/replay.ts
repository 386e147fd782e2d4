import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { pino } from 'pino';
import { startEmbedded } from '../src/store/postgres/embedded.ts';
import { quantile } from './crowd.ts';
import type { Note } from './figure.ts';
import type { Relevo } from './relevo.ts';
import { measureReplayFloor } from './replay-floor.ts';
import { fillStore } from './scale/fill.ts';
import { createAsker } from './scale/lists.ts';
import { agent, makeToken } from './scale/store.ts';

/** What a replay's stream says. */
interface Heard {
  readonly event: string;
  readonly data: { readonly stage?: string; readonly done?: number; readonly state?: string };
  /** Milliseconds since the order. */
  readonly atMs: number;
}

/** How one replay went, in milliseconds since the order. */
interface Course {
  /** Until the page was told anything. */
  readonly firstMs: number;
  /** Until it was told that questions were asked. */
  readonly askedMs: number;
  readonly endMs: number;
  /** How long others waited for an answer meanwhile, ascending. */
  readonly othersMs: readonly number[];
}

/** Somebody else on the console asks so often. */
const othersEveryMs = 20;

type Asker = ReturnType<typeof createAsker>;

const samples = ['questions', 'stranger'].map((name) => new URL(`../samples/${name}.jsonl`, import.meta.url));
/** What customers put around their questions, so that none is asked twice. */
const around: readonly (readonly [string, string])[] = [
  ['', ''],
  ['hola, ', ''],
  ['', ', gracias'],
  ['buenas tardes, ', ', por favor'],
];

/**
 * How long a replay takes: the draft, with one article changed, answers what 1,000 customers really asked.
 * @param relevo on an empty folder, not started yet
 */
export async function measureReplay(
  relevo: Relevo,
  { quick }: { quick: boolean },
  noteFor: (part: string) => Note,
): Promise<void> {
  const count = quick ? 200 : 1_000;
  const questions = realQuestions();
  await relevo.start();
  await relevo.stop();
  await fill(relevo.folder, questions, count);
  const { url } = await relevo.start();
  const asker = createAsker(url, await makeToken(await relevo.databaseUrl()));
  const note = noteFor(`replay, ${count} questions`);
  await changeDraft(asker, 1);
  tell(note, count, await replay(asker, count), '');
  tell(note, count, await replay(asker, count), 'again, both engines kept: ');
  const gate = await asker.times(quick ? 10 : 50, () => '/api/console/gate');
  note("the gate's curve, asked for again, p50", quantile(gate.took, 0.5), 'ms');
  await changeDraft(asker, 2);
  note('cancelled while it trains: told after', await cancelled(asker, count), 'ms', '< 1 s');
  const floor = await measureReplayFloor(questions.slice(0, count));
  note('the floor: one training, nothing else', floor.trainingMs / 1_000, 's');
  note('the floor: asked of two engines, nothing else', floor.perSecond, '/s');
}

function tell(note: Note, count: number, { firstMs, askedMs, endMs, othersMs }: Course, which: string): void {
  note(`${which}to the first progress`, firstMs, 'ms', '< 1 s');
  note(`${which}to the first questions asked`, askedMs / 1_000, 's');
  note(`${which}to its end`, endMs / 1_000, 's', '≤ 10 s');
  note(`${which}asked of both, and the golden ones`, count / (endMs / 1_000), '/s');
  note(`${which}others' requests meanwhile, p99`, quantile(othersMs, 0.99), 'ms');
}

/** Orders a replay and follows its stream as the page does. */
async function replay(asker: Asker, questions: number): Promise<Course> {
  const othersMs: number[] = [];
  let over = false;
  const others = (async () => {
    for (; !over; await pause(othersEveryMs))
      othersMs.push((await asker.ask('/api/console/versions')).tookMs);
  })();
  const heard: Heard[] = [];
  const began = performance.now();
  const { id } = await order(asker, questions);
  for await (const one of follow(asker, id, began)) heard.push(one);
  over = true;
  await others;
  const end = heard.at(-1);
  if (end?.data.state !== 'done') throw new Error(`the replay ended as ${JSON.stringify(end)}`);
  const asked = heard.find(({ data }) => data.stage === 'proving' || (data.done ?? 0) > 0);
  return {
    firstMs: heard[0]?.atMs ?? Number.NaN,
    askedMs: asked?.atMs ?? end.atMs,
    endMs: end.atMs,
    othersMs: othersMs.sort((a, b) => a - b),
  };
}

/** @returns milliseconds from the cancel to the end that the stream tells */
async function cancelled(asker: Asker, questions: number): Promise<number> {
  const began = performance.now();
  const { id } = await order(asker, questions);
  let cancelledMs = Number.NaN;
  for await (const { event, data, atMs } of follow(asker, id, began)) {
    if (event === 'end') return atMs - cancelledMs;
    if (!Number.isNaN(cancelledMs) || data.stage === undefined) continue;
    cancelledMs = performance.now() - began;
    await asker.ask(`/api/console/replays/${id}/cancel`, {});
  }
  throw new Error('the stream of a cancelled replay has no end');
}

async function order(asker: Asker, questions: number): Promise<{ id: string }> {
  return JSON.parse((await asker.ask('/api/console/replays', { questions })).text) as { id: string };
}

async function* follow(asker: Asker, id: string, began: number): AsyncGenerator<Heard> {
  const lines = createInterface({
    input: Readable.fromWeb(await asker.events(`/api/console/replays/${id}/stream`)),
  });
  let event = '';
  for await (const line of lines) {
    if (line.startsWith('event: ')) event = line.slice(7);
    if (!line.startsWith('data: ')) continue;
    const data = JSON.parse(line.slice(6)) as Heard['data'];
    yield { event, data, atMs: performance.now() - began };
    if (event === 'end') return;
  }
}

/** Teaches an article of the draft new words, so that its engine has to be trained. */
async function changeDraft(asker: Asker, time: number): Promise<void> {
  const path = '/api/console/articles/es/internet-lento';
  const { article, etag } = JSON.parse((await asker.ask(path)).text) as {
    article: { examples: readonly string[] };
    etag: string;
  };
  const examples = [...article.examples, `la conexión se arrastra desde ayer, van ${time} veces`];
  await asker.ask(path, { article: { ...article, examples }, etag, reason: '' }, 'PUT');
}

/** Questions of customers, no two alike. */
function realQuestions(): string[] {
  const asked = samples.flatMap((file) =>
    readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { q: string }).q),
  );
  return around.flatMap(([before, after]) => asked.map((q) => `${before}${q}${after}`));
}

/** One conversation a question, some hours ago. */
async function fill(folder: string, questions: readonly string[], count: number): Promise<void> {
  const log = pino({ level: 'silent' });
  const server = await startEmbedded({ dataFolder: folder, elsewhere: join(folder, 'elsewhere'), log });
  try {
    await fillStore(server.url, { first: 0, count, questions, agent, brief: true });
  } finally {
    await server.stop();
  }
}
