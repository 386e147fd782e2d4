import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';

/** What a folder of src may import, beside itself and core. Anything not listed is wiring and may import all. */
const mayImportTypesOf: Readonly<Record<string, readonly string[]>> = {
  core: [],
  channels: ['slack'],
  slack: [],
  store: [],
  queue: [],
  kb: [],
  model: [],
  video: [],
  oidc: [],
  bot: ['kb'],
  outbox: ['channels', 'queue', 'store'],
  media: ['channels', 'store'],
  escalation: ['outbox', 'queue', 'store', 'kb', 'slack', 'video'],
  insight: ['escalation', 'store'],
  inbox: ['channels', 'bot', 'escalation', 'outbox', 'queue', 'store'],
  http: ['channels', 'escalation', 'insight', 'kb', 'oidc', 'store', 'video'],
};

/** Wiring: the only places that build parts of several folders. */
const wiring = new Set([
  'app.ts',
  'app-bot.ts',
  'app-channels.ts',
  'app-channel-states.ts',
  'app-commits.ts',
  'app-console.ts',
  'app-settings.ts',
  'app-accounts.ts',
  'app-http.ts',
  'app-inbox.ts',
  'app-insight.ts',
  'app-outbox.ts',
  'app-turns.ts',
  'app-video.ts',
  'app-desks.ts',
  'app-engines.ts',
  'app-faults.ts',
  'app-roles.ts',
  'app-rounds.ts',
  'app-preview.ts',
  'app-rehearsal.ts',
  'app-rules.ts',
  'fault-settings.ts',
  'role.ts',
  'main.ts',
  'config.ts',
  'ladder-file.ts',
  'ladder',
  'startup-report.ts',
  'cli',
  'simulation',
]);

/** SDKs and the one folder that may import each; signing and sealing is done in two. */
const homes: Readonly<Record<string, string | readonly string[]>> = {
  fastify: 'http',
  '@fastify/': 'http',
  bullmq: 'queue',
  ioredis: 'queue',
  pg: 'store/postgres',
  kysely: 'store/postgres',
  mongoose: 'store/mongo',
  mongodb: 'store/mongo',
  botkit: 'bot/botkit',
  botbuilder: 'bot/botkit',
  commander: 'cli',
  '@huggingface/': 'model',
  '@slack/': 'slack',
  jose: ['video', 'oidc'],
  'openid-client': 'oidc',
  telegraf: 'channels/telegram',
  imapflow: 'channels/email',
  mailparser: 'channels/email',
  nodemailer: 'channels/email',
  'whatsapp-web.js': 'channels/whatsapp-web',
};

interface Import {
  readonly file: string;
  readonly target: string;
  readonly typeOnly: boolean;
}

const root = join(import.meta.dirname, '..', 'src');

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return path.endsWith('.ts') ? [path] : [];
  });
}

const statement = /^(import|export)\s+(type\s)?([^'";]*?from\s+)?['"]([^'"]+)['"]/gmu;
const dynamic = /(?<![\w.])import\(\s*['"]([^'"]+)['"]\s*\)/gu;

function importsOf(path: string): Import[] {
  const text = readFileSync(path, 'utf8');
  const file = relative(root, path);
  const found = [...text.matchAll(statement)].map(([, , type, names, target = '']) => {
    const inner = /\{([^}]*)\}/su.exec(names ?? '')?.[1] ?? '';
    const members = inner.split(',').filter((member) => member.trim() !== '');
    const allTypes = members.length > 0 && members.every((member) => member.trim().startsWith('type '));
    return { file, target, typeOnly: type !== undefined || allTypes };
  });
  const lazily = [...text.matchAll(dynamic)].map(([, target = '']) => ({ file, target, typeOnly: false }));
  return [...found, ...lazily];
}

const imports = sources(root).flatMap(importsOf);
const folderOf = (path: string): string => path.split('/')[0] ?? '';

/** Imports between folders of src, with the folder each points at. */
const between = imports.flatMap((one) => {
  if (!one.target.startsWith('.')) return [];
  const to = relative(root, join(root, dirname(one.file), one.target));
  return folderOf(to) === folderOf(one.file) ? [] : [{ ...one, from: folderOf(one.file), to: folderOf(to) }];
});

const shown = (list: readonly Import[]): string[] => list.map(({ file, target }) => `${file} → ${target}`);

describe('the import rules of docs/architecture.md', () => {
  test('the rules know every folder', () => {
    const folders = readdirSync(root);
    expect(folders.filter((name) => !wiring.has(name) && !(name in mayImportTypesOf))).toEqual([]);
    expect(imports.length).toBeGreaterThan(100);
  });

  test('imports point down', () => {
    const upward = between.filter(({ from, to }) => {
      if (wiring.has(from) || to === 'core') return false;
      return !(mayImportTypesOf[from] ?? []).includes(to);
    });
    expect(shown(upward)).toEqual([]);
  });

  test('between folders only types cross, but for core', () => {
    const values = between.filter(
      ({ from, to, typeOnly }) => !wiring.has(from) && to !== 'core' && !typeOnly,
    );
    expect(shown(values)).toEqual([]);
  });

  test('a channel never imports another', () => {
    const crossing = imports.filter(({ file, target }) => {
      const own = /^channels\/([^/]+)\//u.exec(file)?.[1];
      const other = /^channels\/([^/]+)\//u.exec(relative(root, join(root, dirname(file), target)))?.[1];
      return own !== undefined && other !== undefined && own !== other;
    });
    expect(shown(crossing)).toEqual([]);
  });

  test('each SDK is imported in its own folder only', () => {
    const strays = imports.filter(({ file, target }) => {
      const home = Object.entries(homes).find(([name]) => target === name || target.startsWith(name))?.[1];
      return home !== undefined && ![home].flat().some((folder) => file.startsWith(`${folder}/`));
    });
    expect(shown(strays)).toEqual([]);
  });

  test('what only some installations use is loaded when it is used', () => {
    const early = sources(root).filter((path) =>
      [...readFileSync(path, 'utf8').matchAll(statement)].some(
        ([, , type, , target]) => type === undefined && target === 'openid-client',
      ),
    );
    expect(early.map((path) => relative(root, path))).toEqual([]);
  });

  test('only config.ts reads the environment', () => {
    const readers = sources(root).filter((path) => /process\.env\b/u.test(readFileSync(path, 'utf8')));
    expect(readers.map((path) => relative(root, path)).filter((file) => file !== 'config.ts')).toEqual([]);
  });

  test('what starts by itself has a file in the bundle, and finds its files from there as from the sources', () => {
    const files = sources(root).map((path) => ({
      file: relative(root, path),
      text: readFileSync(path, 'utf8'),
    }));
    const started = files.filter(({ text }) => /\bparentPort\b|^process\.on\('message'/mu.test(text));
    expect(started.filter(({ file }) => !file.endsWith('-worker.ts'))).toEqual([]);
    expect(started.length).toBeGreaterThan(3);
    // The bundle lies as deep as a folder directly under src.
    const above = files.flatMap(({ file, text }) =>
      [...text.matchAll(/new URL\('(\.\.\/[^']+)'/gu)].map(([, url = '']) => ({ file, url })),
    );
    const deep = above.filter(({ file, url }) => file.split('/').length !== 2 || !url.startsWith('../../'));
    expect(deep).toEqual([]);
    expect(above.length).toBeGreaterThan(3);
  });

  test('no default exports and no barrels', () => {
    const defaults = sources(root).filter((path) => /^export default\b/mu.test(readFileSync(path, 'utf8')));
    const barrels = sources(root).filter((path) => /^export \* from/mu.test(readFileSync(path, 'utf8')));
    expect([...defaults, ...barrels].map((path) => relative(root, path))).toEqual([]);
  });
});
