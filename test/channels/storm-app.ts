import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { type App, createApp } from '../../src/app.ts';
import type { Bot } from '../../src/bot/bot.ts';
import { readConfig } from '../../src/config.ts';
import type { Clock } from '../../src/core/clock.ts';
import { randomIds } from '../../src/core/ids.ts';
import { echoBot } from '../flow/app.ts';
import { silentLog } from '../log.ts';
import { openDatabase } from '../postgres-server.ts';

/** A clock that goes on by itself and that a test puts forward. */
export interface MovableClock extends Clock {
  move(byMs: number): void;
}

/** Shows the right time until it is moved. */
export function createMovableClock(): MovableClock {
  let ahead = 0;
  return {
    now: () => Date.now() + ahead,
    move(byMs) {
      ahead += byMs;
    },
  };
}

/** A whole Relevo on a real database, with a bot of few words. */
export interface StormApp {
  readonly app: App;
  readonly url: string;
  readonly folder: string;
  /** Asks its database. */
  sql<Row>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  /** The one number that a question gives. */
  count(text: string, values?: readonly unknown[]): Promise<number>;
  /** Resolves once nothing is owed to anybody: no turn, no send, no file. */
  settled(withinMs?: number): Promise<void>;
  /** What was stored of customers, what was put aside, and the bot's words. */
  totals(): Promise<{ stored: number; aside: number; conversations: number; words: number }>;
  stop(): Promise<void>;
}

/** Starts it. @param variables switch its channels on; it is told where platforms reach it */
export async function startStormApp(
  variables: Readonly<Record<string, string>>,
  { clock, bot = echoBot() }: { readonly clock: Clock; readonly bot?: Bot },
): Promise<StormApp> {
  const [database, folder, port] = await Promise.all([
    openDatabase(),
    mkdtemp(join(tmpdir(), 'relevo-storm-')),
    freePort(),
  ]);
  const url = `http://127.0.0.1:${port}`;
  const app = await createApp({
    config: readConfig({ PORT: String(port), PUBLIC_URL: url, RELEVO_DATA: folder, ...variables }),
    databaseUrl: database.url,
    log: silentLog,
    clock,
    ids: randomIds,
    version: 'test',
    bot: async () => bot,
  });
  await app.server.listen({ host: '127.0.0.1', port });
  await app.start();
  const pool = new pg.Pool({ connectionString: database.url, max: 2 });
  pool.on('error', () => undefined);

  const sql = async <Row>(text: string, values: readonly unknown[] = []): Promise<Row[]> =>
    (await pool.query(text, [...values])).rows as Row[];
  const count = async (text: string, values: readonly unknown[] = []): Promise<number> => {
    const [row] = await sql<Record<string, string>>(text, values);
    return Number(Object.values(row ?? {})[0]);
  };
  const owed = () =>
    count(`select (select count(*) from relevo.conversations where turn_at is not null)
      + (select count(*) from relevo.effects where state in ('pending', 'sending'))
      + (select count(*) from relevo.files where state = 'remote')`);

  return {
    app,
    url,
    folder,
    sql,
    count,
    async settled(withinMs = 120_000) {
      const until = Date.now() + withinMs;
      for (let quiet = 0; quiet < 3; ) {
        const left = await owed();
        quiet = left === 0 ? quiet + 1 : 0;
        if (Date.now() > until) throw new Error(`${left} things are still owed`);
        await pause(100);
      }
    },
    async totals() {
      return {
        stored: await count(`select count(*) from relevo.commits where body->'by'->>'kind' = 'customer'`),
        aside: await count('select count(*) from relevo.quarantine'),
        conversations: await count('select count(*) from relevo.conversations'),
        words: await count(`select count(*) from relevo.effects`),
      };
    },
    async stop() {
      await pool.end();
      await app.stop(1_000);
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A port that nobody listens at. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
