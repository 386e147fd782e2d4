import { spawn, spawnSync } from 'node:child_process';
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

/** What test/mongo-server/pom.xml brings; `.ci/run` puts it there. */
const jars = process.env.RELEVO_MONGO_JARS || join(homedir(), '.cache', 'relevo', 'mongo');

const java = spawnSync('java', ['-version']).status === 0;

/** Why tests on MongoDB's protocol are left out here; undefined when there is a server. */
export const mongoMissing: string | undefined =
  given !== undefined || (java && existsSync(jars))
    ? undefined
    : `no server for MongoDB's protocol: set MONGODB_URL_TEST, or install Java and run "npm run test:mongo-server"`;

/**
 * The server at `MONGODB_URL_TEST`, or one of the test's own: the program in test/mongo-server.
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
  const folder = await mkdtemp(join(tmpdir(), 'relevo-mongo-'));
  let server = await spawnServer(folder, 0);
  return {
    database: () => databaseAt(`mongodb://${server.address}/`),
    async restart() {
      await server.kill();
      server = await spawnServer(folder, Number(server.address.split(':')[1]));
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

async function spawnServer(folder: string, port: number) {
  const program = join(import.meta.dirname, 'mongo-server', 'MongoOnH2.java');
  // A short-lived server: the time the better compiler takes never comes back.
  const options = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-cp', join(jars, '*')];
  const child = spawn('java', [...options, program, folder, String(port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
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
