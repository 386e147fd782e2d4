import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { type EmbeddedPostgres, startEmbedded } from '../src/store/postgres/embedded.ts';
import { readPasswords } from '../src/store/postgres/embedded-cluster.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Whoever connects to this port of 127.0.0.1 is told, as JSON, where the test run's PostgreSQL is. */
    postgresPort: number;
  }
}

/** Where the test run's PostgreSQL is: `admin` may make databases, `user` will own them. */
export type ServerAddress = { admin: string; user: string } | { fault: string };

let server: EmbeddedPostgres | undefined;
let folder: string | undefined;
let address: Promise<ServerAddress> | undefined;

const door = createServer((socket) => {
  socket.on('error', () => undefined);
  address ??= findServer().catch((error: unknown) => ({ fault: String(error) }));
  void address.then((found) => socket.end(JSON.stringify(found)));
});

/** One PostgreSQL for the whole run, started when the first test asks for it. */
export async function setup(project: TestProject): Promise<void> {
  door.listen(0, '127.0.0.1');
  await once(door, 'listening');
  const place = door.address();
  if (place === null || typeof place === 'string') throw new Error('no port for the tests to ask at');
  project.provide('postgresPort', place.port);
}

/** Stops what was started. */
export async function teardown(): Promise<void> {
  door.close();
  await address;
  await server?.stop();
  if (folder !== undefined) await rm(folder, { recursive: true, force: true });
}

async function findServer(): Promise<ServerAddress> {
  const given = process.env.DATABASE_URL_TEST;
  if (given) return { admin: given, user: given };
  folder = await mkdtemp(join(tmpdir(), 'relevo-test-'));
  // Started as root, the server runs as another account, which must be able to enter.
  await chmod(folder, 0o755);
  server = await startEmbedded({
    dataFolder: folder,
    elsewhere: join(folder, 'elsewhere'),
    log: { info: () => undefined, warn: () => undefined },
  });
  const admin = new URL(server.url);
  admin.username = 'postgres';
  admin.password = (await readPasswords(server.folder)).admin;
  admin.pathname = '/postgres';
  return { admin: admin.href, user: server.url };
}
