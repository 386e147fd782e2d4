import { createHash } from 'node:crypto';
import { DateTime } from 'luxon';
import { pino } from 'pino';
import { systemClock } from '../../src/core/clock.ts';
import type { Agent } from '../../src/core/conversation.ts';
import type { Commit } from '../../src/core/event.ts';
import { createFactKeeper } from '../../src/insight/fact-keeper.ts';
import { createMissedKeeper } from '../../src/kb/missed-keeper.ts';
import type { Contents, Kind, Row } from '../../src/store/contents.ts';
import { openContents } from '../../src/store/open-contents.ts';
import { openStore } from '../../src/store/open-store.ts';
import { ensureReadModels } from '../../src/store/read-models.ts';
import { type Course, messagesIn, type Plot, tellTale } from './tale.ts';

/** What to put into a store. */
export interface Filling {
  /** How many conversations an earlier filling put in. */
  readonly first: number;
  /** How many to add. */
  readonly count: number;
  /** What customers ask. */
  readonly questions: readonly string[];
  /** Who holds some of the claimed cases. */
  readonly agent: Agent;
  /** One question and its answer each, in place of ten messages on average. */
  readonly brief?: boolean;
}

/** What was put into a store, and how long each step took. */
export interface Filled {
  readonly conversations: number;
  readonly messages: number;
  readonly commits: number;
  readonly logSeconds: number;
  readonly modelSeconds: number;
  readonly factSeconds: number;
  readonly missedSeconds: number;
}

const dayMs = 24 * 3_600_000;
/** The conversations that are over are spread over so many days. */
const days = 60;
/** Conversations written at once. */
const batch = 250;
const colleagues: readonly Agent[] = Array.from({ length: 49 }, (_, n) => ({
  id: `agent-${n}`,
  name: `Agente ${n}`,
}));
/** Whose words the knowledge base does not know: what gaps are made of. */
const unknown: readonly string[] = [
  '¿Hacen envíos a las islas Canarias?',
  'Quiero cambiar el titular del contrato de mi padre',
  '¿Puedo pagar con dos tarjetas a la vez?',
  'La aplicación se cierra al abrir la cámara',
  '¿Tienen tienda en Valparaíso?',
  'El vale regalo dice que está caducado',
  'Necesito la garantía en inglés',
  'Mi empresa pide un contrato de tratamiento de datos',
  '¿Se puede recoger el pedido en una gasolinera?',
  'El repartidor dejó el paquete mojado',
];
const channels = ['webchat', 'webchat', 'webchat', 'telegram', 'email'] as const;

/**
 * Fills an empty store with conversations as the product's own rules make them: nine of ten over, the rest open, one of
 * five handed over to people. Its lists and reports are made from the log by the store and the keepers themselves.
 * @param url the store's address
 */
export async function fillStore(url: string, filling: Filling): Promise<Filled> {
  const log = pino({ level: 'silent' });
  const fast = new URL(url);
  // These need not survive a crash: nobody was told that they were stored.
  if (fast.protocol.startsWith('postgres')) fast.searchParams.set('options', '-c synchronous_commit=off');
  const store = await openStore({ url: fast.href, log });
  const contents = await openContents(fast.href, log);
  try {
    // Its lists are those of this version: Relevo does not make them once more when it starts.
    await ensureReadModels(store, log);
    const began = performance.now();
    const { messages, commits } = await writeLog(contents, filling);
    const written = performance.now();
    await store.rebuild(() => undefined);
    const modelled = performance.now();
    const local = (at: number) => DateTime.fromMillis(at, { zone: 'UTC' });
    const keeper = createFactKeeper({
      log: store.log,
      facts: store.facts,
      hoursBetween: (_who, _level, from, to) => to - from,
      dayOf: (at) => local(at).toISODate() ?? '',
      hourOf: (at) => local(at).hour,
      clock: systemClock,
    });
    // Days that are still due after one round are made in the next ones.
    do await keeper.refresh();
    while ((await store.facts.dueDays(Date.now(), 1)).length > 0);
    const reported = performance.now();
    await createMissedKeeper({ log: store.log, missed: store.missed, clock: systemClock }).refresh();
    const seconds = (from: number, to: number) => (to - from) / 1_000;
    return {
      conversations: filling.count,
      messages,
      commits,
      logSeconds: seconds(began, written),
      modelSeconds: seconds(written, modelled),
      factSeconds: seconds(modelled, reported),
      missedSeconds: seconds(reported, performance.now()),
    };
  } finally {
    await contents.stop();
    await store.stop();
  }
}

async function writeLog(
  contents: Contents,
  filling: Filling,
): Promise<{ messages: number; commits: number }> {
  const { first, count } = filling;
  const now = Date.now();
  let [messages, commits] = [0, 0];
  let writing: Promise<void> = Promise.resolve();
  // As a log is written: what is still open happened last, and lies at its end.
  const plots = Array.from({ length: count }, (_, n) => first + n);
  const later = plots.filter((n) => !isOver(n, filling));
  const inOrder = [...plots.filter((n) => isOver(n, filling)), ...later];
  for (let from = 0; from < count; from += batch) {
    const told: Commit[] = [];
    for (const n of inOrder.slice(from, from + batch)) told.push(...tellTale(plotOf(n, now, filling)));
    messages += messagesIn(told);
    commits += told.length;
    // The next ones are told while the database writes these.
    await writing;
    writing = write(contents, told);
    writing.catch(() => undefined);
  }
  await writing;
  await contents.write('numbers', [{ conversations: 1_000 + first + count }]);
  return { messages, commits };
}

async function write(contents: Contents, commits: readonly Commit[]): Promise<void> {
  const rows = commits.map(({ conversation, seq, at, key, by, events, effects }) => {
    return { conversation, seq, at, key, body: { by, events, effects } };
  });
  const done = commits.flatMap(({ conversation, seq, at, effects }) =>
    effects.map((_, index) => ({
      conversation,
      seq,
      index,
      state: 'done',
      attempts: 1,
      due_at: 0,
      touched_at: at,
      lease: null,
      unknown: false,
      external_id: null,
      error: null,
      part_ids: [],
      receipt: null,
    })),
  );
  const add = (kind: Kind, added: readonly Row[]) => contents.write(kind, added);
  await Promise.all([add('commits', rows), add('effects', done)]);
}

/** The nth conversation; the same whenever it is told. */
function plotOf(n: number, now: number, filling: Filling): Plot {
  const { questions, brief = false } = filling;
  const agents = [filling.agent, ...colleagues];
  const course = courseIn(n, filling);
  const over = isOver(n, filling);
  const at = over ? now - dayMs / 4 - agoOf(n, filling) : now - 3_600_000 - (n % 600) * 10_000;
  const many = brief || (course !== 'bot' && course !== 'with-bot') ? 1 : 4 + (n % 2);
  const asked = Array.from({ length: many }, (_, k) => questions[(n * 3 + k) % questions.length] ?? '');
  if (course !== 'bot' && course !== 'with-bot') asked.push(unknown[(n >> 2) % unknown.length] ?? '');
  const user = createHash('sha256').update(`customer ${n}`).digest('hex');
  return {
    course,
    // What is open may come due and be sent: only the web chat is switched on wherever a store is measured.
    address: {
      channel: over ? (channels[n % channels.length] ?? 'webchat') : 'webchat',
      account: 'default',
      user,
    },
    number: 1_001 + n,
    at,
    agent: agents[Math.floor(n / 200) % agents.length] ?? filling.agent,
    questions: asked,
  };
}

/** As logs are written, the later a conversation the later it began; those of a later filling come after those of an earlier one. */
function agoOf(n: number, { first, count, brief = false }: Filling): number {
  const left = first + count - n;
  return brief ? left : (days * dayMs * left) / count;
}

function isOver(n: number, filling: Filling): boolean {
  const course = courseIn(n, filling);
  return course === 'bot' || course === 'people';
}

function courseIn(n: number, { brief = false }: Filling): Course {
  return brief ? 'bot' : courseOf(n);
}

function courseOf(n: number): Course {
  const place = (n * 37) % 200;
  if (place < 40) return 'people';
  if (place < 44) return 'queued';
  if (place < 45) return 'claimed';
  if (place < 47) return 'answered';
  if (place < 48) return 'solved';
  if (place < 60) return 'with-bot';
  return 'bot';
}
