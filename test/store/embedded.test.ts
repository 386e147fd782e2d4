import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmod,
  chown,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { RelevoError } from '../../src/core/errors.ts';
import { type EmbeddedLog, type EmbeddedPostgres, startEmbedded } from '../../src/store/postgres/embedded.ts';
import { findBinaries, prepareBinaries } from '../../src/store/postgres/embedded-binaries.ts';
import { lockFolder } from '../../src/store/postgres/embedded-lock.ts';
import { inspectProcess, run } from '../../src/store/postgres/embedded-process.ts';
import { canReach, runsAsRoot } from '../../src/store/postgres/embedded-user.ts';

const MODULE = fileURLToPath(new URL('../../src/store/postgres/embedded.ts', import.meta.url));
const NOBODY = { uid: 65_534, gid: 65_534 };
const asRoot = runsAsRoot();
const othersReachCheckout = await canReach(MODULE, NOBODY, 'read');

let root: string;
let folders = 0;
const servers: EmbeddedPostgres[] = [];
const children: ChildProcess[] = [];

const silent: EmbeddedLog = { info: () => undefined, warn: () => undefined };

beforeAll(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'relevo-embedded-')));
  await chmod(root, 0o755);
});

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const server of servers.splice(0)) await server.stop();
});

afterAll(async () => {
  const left = await serversUnder(root);
  for (const pid of left) process.kill(pid, 'SIGQUIT');
  while ((await serversUnder(root)).length > 0) await sleep(50);
  await rm(root, { recursive: true, force: true, maxRetries: 5 });
  expect(left, 'servers left running by the tests').toEqual([]);
});

function newFolder(): string {
  folders += 1;
  return join(root, `data ${folders}`);
}

async function start(dataFolder: string, log = silent): Promise<EmbeddedPostgres> {
  const server = await startEmbedded({ dataFolder, log, elsewhere: join(root, 'elsewhere') });
  servers.push(server);
  return server;
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query({ text: sql, rowMode: 'array' })).rows.flat();
  } finally {
    await client.end();
  }
}

async function startInChild(dataFolder: string, user?: { uid: number; gid: number }) {
  const code = `
    import { startEmbedded } from ${JSON.stringify(MODULE)};
    const log = { info() {}, warn() {} };
    const server = await startEmbedded({ dataFolder: ${JSON.stringify(dataFolder)}, log });
    console.log(JSON.stringify({ url: server.url, folder: server.folder, pid: process.pid }));
    process.once('SIGTERM', () => server.stop().then(() => process.exit(0)));
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
    ...user,
  });
  children.push(child);
  for await (const line of createInterface({ input: child.stdout })) {
    const { url, folder, pid } = JSON.parse(line) as { url: string; folder: string; pid: number };
    return { url, folder, pid, child };
  }
  throw new Error('the child ended without starting a server');
}

async function end(child: ChildProcess, signal: NodeJS.Signals, group = false): Promise<void> {
  const exited = once(child, 'exit');
  process.kill((group ? -1 : 1) * (child.pid ?? Number.NaN), signal);
  await exited;
}

async function serverPid(folder: string): Promise<number> {
  return Number((await readFile(join(folder, 'data', 'postmaster.pid'), 'utf8')).split('\n')[0]);
}

async function serversUnder(folder: string): Promise<number[]> {
  const lines = await run('ps', ['-A', '-o', 'pid=,stat=,args=']);
  return lines
    .split('\n')
    .filter((line) => line.includes(`-D ${folder}`) && !/^\s*\d+\s+Z/.test(line))
    .map((line) => Number.parseInt(line, 10));
}

async function faultOf(work: Promise<unknown>): Promise<RelevoError> {
  const fault = await work.then(
    () => undefined,
    (cause: unknown) => cause,
  );
  if (fault instanceof RelevoError) return fault;
  throw new Error(`expected a RelevoError, got ${String(fault)}`);
}

describe('the server', () => {
  test('is made on first use and found again with its rows', async () => {
    const folder = newFolder();
    const first = await start(folder);
    await query(first.url, 'CREATE TABLE kept AS SELECT 42 AS x');
    await first.stop();
    await first.stop();
    expect(await serversUnder(root)).toEqual([]);

    const second = await start(folder);
    expect(second.folder).toBe(first.folder);
    expect(await query(second.url, 'SELECT x FROM kept')).toEqual([42]);
  });

  test('is durable, modest, listens on loopback only and wants its password', async () => {
    const server = await start(newFolder());
    const show = async (name: string) => (await query(server.url, `SHOW ${name}`))[0];
    expect(await show('fsync')).toBe('on');
    expect(await show('full_page_writes')).toBe('on');
    expect(await show('synchronous_commit')).toBe('on');
    expect(await show('listen_addresses')).toBe('127.0.0.1');
    expect(await show('server_encoding')).toBe('UTF8');
    expect(await show('jit')).toBe('off');
    expect(await query(server.url, "SELECT rolsuper FROM pg_roles WHERE rolname = 'relevo'")).toEqual([
      false,
    ]);
    expect(await query(server.url, "SELECT upper('ñ жук')")).toEqual(['Ñ ЖУК']);
    const wrong = new URL(server.url);
    wrong.password = 'wrong';
    await expect(query(wrong.href, 'SELECT 1')).rejects.toThrow(/password authentication failed/);
    const secret = new URL(server.url).password;
    for (const name of await readdir(server.folder)) {
      const { mode } = await stat(join(server.folder, name));
      expect([name, mode & 0o077]).toEqual([name, 0]);
    }
    expect(await readFile(join(server.folder, 'server.log'), 'utf8')).not.toContain(secret);
    expect((await inspectProcess(await serverPid(server.folder)))?.command).not.toContain(secret);
  });

  test('rotates its log at a start', async () => {
    const folder = newFolder();
    const first = await start(folder);
    await first.stop();
    await writeFile(join(first.folder, 'server.log'), 'x'.repeat(1_500_000));
    await start(folder);
    expect((await stat(join(first.folder, 'server.log'))).size).toBeLessThan(10_000);
    expect((await stat(join(first.folder, 'server.log.1'))).size).toBe(1_500_000);
  });

  test('refuses data of another version with a hint', async () => {
    const folder = newFolder();
    const first = await start(folder);
    await first.stop();
    await writeFile(join(first.folder, 'data', 'PG_VERSION'), '17\n');
    const fault = await faultOf(start(folder));
    expect(fault.code).toBe('embedded_database_version');
    expect(fault.hint).toContain('DATABASE_URL');
  });
});

describe('a killed process', () => {
  test('leaves its server running, which the next start takes over', async () => {
    const folder = newFolder();
    const { url, child, folder: place } = await startInChild(folder);
    await query(url, 'CREATE TABLE kept AS SELECT 7 AS x');
    const pid = await serverPid(place);
    // The whole process group, as a terminal would do it.
    await end(child, 'SIGKILL', true);

    const next = await start(folder);
    expect(await serverPid(place)).toBe(pid);
    expect(next.url).toBe(url);
    expect(await query(next.url, 'SELECT x FROM kept')).toEqual([7]);
    await next.stop();
    expect(await inspectProcess(pid)).toBeUndefined();
  });

  test('with its server killed too leaves nothing that blocks', async () => {
    const folder = newFolder();
    const { url, child, folder: place } = await startInChild(folder);
    await query(url, 'CREATE TABLE kept AS SELECT 8 AS x');
    const pid = await serverPid(place);
    await end(child, 'SIGKILL');
    process.kill(pid, 'SIGKILL');
    await expect.poll(() => inspectProcess(pid)).toBeUndefined();

    const next = await start(folder);
    expect(await query(next.url, 'SELECT x FROM kept')).toEqual([8]);
  });

  test('leaves a process id that may now be another process', async () => {
    const folder = newFolder();
    const first = await start(folder);
    await query(first.url, 'CREATE TABLE kept AS SELECT 9 AS x');
    await first.stop();
    const stranger = spawn('sleep', ['60'], asRoot ? await ownerOf(join(first.folder, 'data')) : {});
    children.push(stranger);
    const data = join(first.folder, 'data');
    const stale = [stranger.pid, data, 1_700_000_000, 5432, '', '127.0.0.1', '  1234567  99999', 'ready'];
    await writeFile(join(data, 'postmaster.pid'), `${stale.join('\n')}\n`);
    const next = await start(folder);
    expect(await query(next.url, 'SELECT x FROM kept')).toEqual([9]);
  });

  test('whose server dies alone can still be stopped, and says so', async () => {
    const said: string[] = [];
    const log = {
      info: () => undefined,
      warn: (_: object, message: string) => {
        said.push(message);
      },
    };
    const server = await start(newFolder(), log);
    process.kill(await serverPid(server.folder), 'SIGKILL');
    await expect.poll(() => said.join()).toContain('ended by itself');
    await server.stop();
  });
});

async function ownerOf(path: string): Promise<{ uid: number; gid: number }> {
  const { uid, gid } = await stat(path);
  return { uid, gid };
}

describe('the lock', () => {
  test('refuses a second process while the first lives', async () => {
    const folder = newFolder();
    const { pid, child } = await startInChild(folder);
    const fault = await faultOf(start(folder));
    expect(fault.code).toBe('data_folder_in_use');
    expect(fault.hint).toContain(`process ${pid}`);
    expect(fault.hint).toContain('RELEVO_DATA');
    expect(fault.hint).toContain('DATABASE_URL');
    await end(child, 'SIGTERM');
    await start(folder);
  });

  test('lets one of many through', async () => {
    const folder = await lockedFolder(undefined);
    const results = await Promise.allSettled(Array.from({ length: 8 }, () => lockFolder(folder)));
    const won = results.filter((result) => result.status === 'fulfilled');
    expect(won).toHaveLength(1);
    await won[0]?.value.release();
    await (await lockFolder(folder)).release();
  });

  test.each([
    ['a dead process', { pid: 4_194_303, started: '1' }],
    ['a process id that was given out again', { pid: process.pid, started: '1' }],
    ['a cut-short write', undefined],
  ])('of %s is ignored', async (_, holder) => {
    const folder = await lockedFolder(undefined);
    const lock = await lockFolder(folder);
    const mine = JSON.parse(await readFile(join(folder, 'relevo.lock'), 'utf8')) as object;
    await lock.release();
    const text = holder ? JSON.stringify({ ...mine, ...holder, token: 'other' }) : '{"pid":';
    await writeFile(join(folder, 'relevo.lock'), text);
    await (await lockFolder(folder)).release();
  });

  test('of a process that cannot be looked up counts while it is touched', async () => {
    const holder = { pid: 1, started: '1', space: 'another machine', token: 'other' };
    const folder = await lockedFolder(holder);
    const path = join(folder, 'relevo.lock');
    const heart = setInterval(() => void writeFile(path, JSON.stringify(holder)), 500);
    expect((await faultOf(lockFolder(folder))).code).toBe('data_folder_in_use');
    clearInterval(heart);
    await (await lockFolder(folder)).release();
  });
});

async function lockedFolder(holder: object | undefined): Promise<string> {
  const folder = newFolder();
  await mkdir(folder);
  if (holder) await writeFile(join(folder, 'relevo.lock'), JSON.stringify(holder));
  return folder;
}

describe('as root', () => {
  test.skipIf(!asRoot)(
    'a private parent folder is noticed, and the data goes elsewhere for good',
    async () => {
      const home = newFolder();
      await mkdir(home, { mode: 0o700 });
      const first = await start(join(home, 'data'));
      expect(first.folder.startsWith(join(root, 'elsewhere'))).toBe(true);
      await query(first.url, 'CREATE TABLE kept AS SELECT 1 AS x');
      await first.stop();
      await chmod(home, 0o755);
      const second = await start(join(home, 'data'));
      expect(second.folder).toBe(first.folder);
      expect(await query(second.url, 'SELECT x FROM kept')).toEqual([1]);
    },
  );

  test.skipIf(!asRoot)(
    'existing data that became unreachable is never replaced by an empty one',
    async () => {
      const home = newFolder();
      await mkdir(home, { mode: 0o755 });
      const first = await start(join(home, 'data'));
      await first.stop();
      await chmod(home, 0o700);
      expect((await faultOf(start(join(home, 'data')))).code).toBe('embedded_database_unreachable');
    },
  );

  test.skipIf(!asRoot)('without any place within reach the fault says what to set', async () => {
    const home = newFolder();
    await mkdir(home, { mode: 0o700 });
    const work = startEmbedded({ dataFolder: home, log: silent, elsewhere: join(home, 'elsewhere') });
    const fault = await faultOf(work);
    expect(fault.code).toBe('embedded_database_unreachable');
    expect(fault.hint).toMatch(/RELEVO_DATA.*DATABASE_URL/);
  });

  test.skipIf(!asRoot)('programs out of reach are copied, links and all', async () => {
    const source = findBinaries();
    const folder = newFolder();
    const hidden = join(folder, 'private', 'native');
    await mkdir(hidden, { recursive: true });
    for (const name of ['bin', 'share', 'pg-symlinks.json']) {
      await run('cp', ['-r', join(source.native, name), hidden]);
    }
    await mkdir(join(hidden, 'lib'));
    for (const entry of await readdir(join(source.native, 'lib'), { withFileTypes: true })) {
      if (entry.isFile()) await run('cp', [join(source.native, 'lib', entry.name), join(hidden, 'lib')]);
    }
    await chmod(join(folder, 'private'), 0o700);
    const binaries = await prepareBinaries({ ...source, native: hidden }, folder, NOBODY);
    expect(binaries.postgres.startsWith(join(folder, `runtime-${source.version}`))).toBe(true);
    expect(await run(binaries.postgres, ['--version'], NOBODY)).toContain('PostgreSQL) 18');
    expect(await run(binaries.initdb, ['--version'], NOBODY)).toContain('PostgreSQL) 18');
  });
});

describe('as an ordinary user', () => {
  test.skipIf(!asRoot || !othersReachCheckout)(
    'it works in the given folder, also after a kill',
    async () => {
      const folder = newFolder();
      await mkdir(folder, { mode: 0o700 });
      await chown(folder, NOBODY.uid, NOBODY.gid);
      const first = await startInChild(folder, NOBODY);
      expect(first.folder).toBe(join(folder, 'postgres'));
      await query(first.url, 'CREATE TABLE kept AS SELECT 3 AS x');
      expect((await stat(join(first.folder, 'data'))).uid).toBe(NOBODY.uid);
      await end(first.child, 'SIGKILL');
      const second = await startInChild(folder, NOBODY);
      expect(second.url).toBe(first.url);
      expect(await query(second.url, 'SELECT x FROM kept')).toEqual([3]);
      await end(second.child, 'SIGTERM');
      expect(await serversUnder(folder)).toEqual([]);
    },
  );
});
