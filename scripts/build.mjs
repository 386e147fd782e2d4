// Builds the server and the pages side by side, each only when its sources are newer than its last build; the server, once
// it is built, learns the sample answers.
// Plain Node: it runs before anything is installed that could help it.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const inRoot = (...path) => join(root, ...path);

const parts = [
  {
    name: 'server',
    sources: ['src', 'scripts/bundle-server.mjs', 'package-lock.json'],
    output: 'dist/server/relevo.js',
    stamp: 'dist/.server-built',
    tool: 'scripts/bundle-server.mjs',
    needs: 'node_modules/esbuild',
    args: [],
  },
  {
    name: 'pages',
    sources: ['console', 'tsconfig.json', 'package-lock.json'],
    output: 'dist/console/index.html',
    stamp: 'dist/.pages-built',
    tool: 'node_modules/vite/bin/vite.js',
    needs: 'node_modules/vite',
    args: ['build', '--config', 'console/vite.config.ts', '--logLevel', 'warn'],
  },
];

const samples = {
  name: 'sample answers',
  sources: ['samples/kb', 'src/kb', 'src/core/article.ts'],
  output: 'dist/sample-engine',
  stamp: 'dist/.samples-learned',
  tool: 'dist/server/train-samples.js',
  args: [],
};

/** When the newest of these last changed, in epoch milliseconds. A folder counts too: a removed file changes it. */
function newest(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return readdirSync(path).reduce((time, name) => Math.max(time, newest(join(path, name))), stat.mtimeMs);
}

function isBuilt({ sources, output, stamp }) {
  if (!existsSync(inRoot(output)) || !existsSync(inRoot(stamp))) return false;
  const builtAt = statSync(inRoot(stamp)).mtimeMs;
  return sources.every((source) => newest(inRoot(source)) <= builtAt);
}

/** @returns true when it worked */
async function build({ name, stamp, tool, args }) {
  const begunAt = Date.now();
  const { code, said } = await run(inRoot(tool), args);
  const seconds = ((Date.now() - begunAt) / 1000).toFixed(1);
  if (code !== 0) {
    console.error(`${name}: the build failed after ${seconds} s\n${said}`);
    return false;
  }
  console.log(`${name} built in ${seconds} s`);
  // As old as its beginning, so that what was changed meanwhile is built next time.
  writeFileSync(inRoot(stamp), '');
  utimesSync(inRoot(stamp), new Date(begunAt), new Date(begunAt));
  return true;
}

function run(tool, args) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [tool, ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    const said = [];
    child.stdout.on('data', (chunk) => said.push(chunk));
    child.stderr.on('data', (chunk) => said.push(chunk));
    child.on('error', (error) => resolve({ code: 1, said: String(error) }));
    child.on('close', (code) => resolve({ code, said: Buffer.concat(said).toString() }));
  });
}

/** A production install has no build tools and needs none, as long as the build came with it. */
function withoutTools() {
  if (parts.every(({ output }) => existsSync(inRoot(output)))) return;
  const missing = 'Relevo is not built, and the tools to build it are not installed: run `npm ci`.';
  console.error(missing);
  // The install itself must not fail: the build may be copied in afterwards.
  if (process.env.npm_lifecycle_event !== 'prepare') process.exitCode = 1;
}

if (parts.some(({ needs }) => !existsSync(inRoot(needs)))) {
  withoutTools();
} else {
  const once = async (part) => isBuilt(part) || (await build(part));
  const [server, pages] = parts.map(once);
  const done = await Promise.all([server.then((built) => built && once(samples)), pages]);
  if (done.includes(false)) process.exitCode = 1;
}
