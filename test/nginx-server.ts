import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from './redis-server.ts';

/** A real nginx with the files of docker-compose.yml. */
export interface NginxServer {
  /** Where it answers, without a slash at the end; https where that was asked for. */
  readonly url: string;
  /** The plain port, which with https only leads there. */
  readonly plainUrl: string;
  stop(): Promise<void>;
}

const told = spawnSync('nginx', ['-v'], { encoding: 'utf8' });

/** Why tests behind nginx are left out here; undefined when it is installed. */
export const nginxMissing: string | undefined =
  told.status === 0 ? undefined : 'nginx is not installed (apt-get install nginx)';

/** Before 1.27.3 nginx asks for names once, at its start. */
const asksAgain = /nginx\/1\.(?:2[0-6]\.|27\.[0-2]\b|1?\d\.)/u.exec(told.stderr ?? '') === null;

const files = join(import.meta.dirname, '../ops/nginx');

/**
 * Starts it in front of two web processes, after `nginx -t` has looked at its files. Ports, folders and names of containers are put in
 * place; nothing else is changed.
 * @param ports of the web processes on this computer
 * @param kind `https` makes a certificate of its own
 * @throws Error with what nginx says when it does not take its files
 */
export async function startNginx(
  ports: readonly [number, number],
  kind: 'http' | 'https' = 'http',
): Promise<NginxServer> {
  const folder = await mkdtemp(join(tmpdir(), 'relevo-nginx-'));
  // Started as root, it works as another account, which must be able to write there.
  await chmod(folder, 0o777);
  const [plain, secure, own] = [await freePort(), await freePort(), await freePort()];
  const changes: readonly (readonly [string, string])[] = [
    [`web-1:3000${asksAgain ? '' : ' resolve'}`, `127.0.0.1:${ports[0]}`],
    [`web-2:3000${asksAgain ? '' : ' resolve'}`, `127.0.0.1:${ports[1]}`],
    ['listen 8080;', `listen 127.0.0.1:${plain};`],
    ['listen 8443 ssl', `listen 127.0.0.1:${secure} ssl`],
    ['listen 127.0.0.1:8081;', `listen 127.0.0.1:${own};`],
    [' /tmp/', ` ${folder}/`],
  ];
  const names = { 'nginx.conf': 'nginx.conf', 'relevo.conf': 'relevo.conf', 'server.conf': `${kind}.conf` };
  for (const [name, source] of Object.entries(names)) {
    const text = await readFile(join(files, source), 'utf8');
    const changed = changes.reduce((all, [from, to]) => all.replaceAll(from, to), text);
    const rules = changed.replaceAll(/^\s*#.*$/gmu, '');
    if (/web-\d:|:?8080|:?8443|:8081| \/tmp\/(?!relevo-nginx-)/u.test(rules))
      throw new Error(`${source} names what a test must not use`);
    await writeFile(join(folder, name), changed);
  }
  if (kind === 'https') await certify(join(folder, 'tls'));

  const args = ['-p', folder, '-c', join(folder, 'nginx.conf')];
  const looked = spawnSync('nginx', ['-t', ...args], { encoding: 'utf8' });
  if (looked.status !== 0) throw new Error(`nginx does not take its files: ${looked.stderr}`);
  const child = spawn('nginx', [...args, '-g', 'daemon off;'], { stdio: 'ignore' });
  const ended = once(child, 'exit');
  while (!(await answers(plain))) {
    if (child.exitCode !== null) throw new Error(`nginx ended with ${child.exitCode}`);
    await pause(20);
  }
  return {
    url: kind === 'https' ? `https://localhost:${secure}` : `http://127.0.0.1:${plain}`,
    plainUrl: `http://127.0.0.1:${plain}`,
    async stop() {
      child.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function certify(folder: string): Promise<void> {
  await mkdir(folder);
  const made = spawnSync('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'],
    ...[
      '-subj',
      '/CN=localhost',
      '-keyout',
      join(folder, 'privkey.pem'),
      '-out',
      join(folder, 'fullchain.pem'),
    ],
  ]);
  if (made.status !== 0) throw new Error(`no certificate: ${made.stderr}`);
}

/** Whether somebody listens on a port of this computer. */
function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('close', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
