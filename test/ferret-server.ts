import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** Where a server is that speaks MongoDB's protocol. */
export interface MongoServer {
  /** The address of a database of its own; a new one with each call. */
  database(): string;
  /** Ends it without warning and starts it again on the same data and port. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

const given = process.env.MONGODB_URL_TEST || undefined;
const program = process.env.FERRETDB || join(homedir(), '.cache', 'relevo', 'bin', 'ferretdb');

/** Why tests on MongoDB's protocol are left out here; undefined when there is a server. */
export const mongoMissing: string | undefined =
  given !== undefined || existsSync(program)
    ? undefined
    : `no server for MongoDB's protocol: set MONGODB_URL_TEST, or build test/ferretdb to ${program}`;

/**
 * The server at `MONGODB_URL_TEST`, or one of the test's own: the program in test/ferretdb.
 * @throws Error when neither is there
 */
export async function startMongo(): Promise<MongoServer> {
  if (given !== undefined) {
    return {
      database: () => databaseAt(given),
      restart: () => Promise.reject(new Error('not ours to restart')),
      stop: () => Promise.resolve(),
    };
  }
  if (mongoMissing !== undefined) throw new Error(mongoMissing);
  const folder = await mkdtemp(join(tmpdir(), 'relevo-ferret-'));
  let server = await spawnFerret(folder, '127.0.0.1:0');
  return {
    database: () => databaseAt(`mongodb://${server.address}/`),
    async restart() {
      await server.kill();
      server = await spawnFerret(folder, server.address);
    },
    async stop() {
      await server.kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

let databases = 0;

function databaseAt(url: string): string {
  databases += 1;
  const address = new URL(url);
  address.pathname = `/relevo_test_${process.pid}_${Date.now().toString(36)}_${databases}`;
  return address.href;
}

async function spawnFerret(folder: string, at: string) {
  await rm(join(folder, 'ferretdb.sock'), { force: true });
  const child = spawn(program, [folder, at], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const address = await new Promise<string>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
    createInterface(child.stdout).once('line', resolve);
  });
  return {
    address,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
