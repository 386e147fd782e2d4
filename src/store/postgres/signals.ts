import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { Logger } from 'pino';
import { createListeners } from '../listeners.ts';
import type { Signals } from '../signals.ts';
import { connectionOptions, type Database, type Statement } from './database.ts';

const maxPayloadBytes = 7_900;
const firstPauseMs = 100;
const longestPauseMs = 2_000;
const channel = 'relevo';

const notifyStatement: Statement = {
  name: 'notify',
  text: `select pg_notify('${channel}', payload) from unnest($1::text[]) as payload`,
};

/**
 * Hints through LISTEN and NOTIFY. Never part of a commit: NOTIFY makes commits queue up behind each other.
 * @returns once it listens. @throws the driver's error when the first connection fails
 */
export async function createSignals(
  url: string,
  database: Database,
  log: Logger,
): Promise<Signals & { stop(): Promise<void> }> {
  const self = randomUUID();
  const listeners = createListeners(async (topics) => {
    await database.run(notifyStatement, [payloads(self, topics)]);
  }, log);
  const ear = await listen(url, log, (payload) => {
    const heard = readPayload(payload);
    if (heard === null || heard.from === self) return;
    for (const topic of heard.topics) listeners.tell(topic);
  });
  return {
    prompt: true,
    publish: listeners.publish,
    subscribe: listeners.subscribe,
    async stop() {
      await listeners.flush();
      await ear.stop();
    },
  };
}

/** As few payloads as hold the topics; a topic too long for one is left out. */
function payloads(from: string, topics: readonly string[]): string[] {
  const packed: string[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const topic of topics) {
    const size = Buffer.byteLength(JSON.stringify(topic)) + 1;
    if (size > maxPayloadBytes - 100) continue;
    if (bytes + size > maxPayloadBytes) {
      packed.push([]);
      bytes = 100;
    }
    packed.at(-1)?.push(topic);
    bytes += size;
  }
  return packed.map((list) => JSON.stringify({ from, topics: list }));
}

/** Another program may notify on this channel: what is not ours is no signal. */
function readPayload(payload: string): { from: string; topics: string[] } | null {
  let value: unknown;
  try {
    value = JSON.parse(payload);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null || !('from' in value) || !('topics' in value)) return null;
  const { from, topics } = value;
  if (typeof from !== 'string' || !Array.isArray(topics)) return null;
  return { from, topics: topics.filter((topic) => typeof topic === 'string') };
}

/** A connection that only listens and, once it was made, is made again for as long as it takes. */
async function listen(url: string, log: Logger, hear: (payload: string) => void) {
  let stopped = false;
  let client: pg.Client | undefined;
  let pause: NodeJS.Timeout | undefined;

  async function connect(): Promise<void> {
    const fresh = new pg.Client(connectionOptions(url));
    fresh.on('error', () => undefined);
    fresh.on('notification', (message) => hear(message.payload ?? ''));
    try {
      await fresh.connect();
      await fresh.query(`listen ${channel}`);
    } catch (error) {
      fresh.end().catch(() => undefined);
      throw error;
    }
    client = fresh;
    fresh.once('end', () => again(firstPauseMs));
    if (stopped) await fresh.end();
  }

  function again(pauseMs: number): void {
    if (stopped) return;
    pause = setTimeout(() => {
      connect().then(
        () => log.info('signals are heard again'),
        () => again(Math.min(2 * pauseMs, longestPauseMs)),
      );
    }, pauseMs);
  }

  await connect();
  return {
    async stop(): Promise<void> {
      stopped = true;
      clearTimeout(pause);
      await client?.end();
    },
  };
}
