import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const folder = join(import.meta.dirname, '../../dist/console');
const assets = join(folder, 'assets');
const isBuilt = existsSync(assets) && readdirSync(assets).some((name) => name.endsWith('.js.gz'));
const maxBytes = 250_000;
const languageFile = /^(?:es|en|pt)-/u;

const lines = isBuilt
  ? readdirSync(assets).flatMap((name) =>
      name.endsWith('.js') ? [[name, readFileSync(join(assets, name), 'utf8')] as const] : [],
    )
  : [];
const scripts = new Map(lines);
const named = (pattern: RegExp) => (name: string) =>
  [...(scripts.get(name) ?? '').matchAll(pattern)].flatMap(([, found]) => found ?? []);
const needs = named(/(?:from|import)\s*["'`]\.\/([\w.-]+\.js)["'`]/gu);
const mayLoad = named(/import\(\s*["'`]\.\/([\w.-]+\.js)["'`]\)/gu);
const bytesOf = (name: string) => statSync(join(assets, `${name}.gz`)).size;

/** These and all that they cannot run without. */
function withNeeds(names: readonly string[]): ReadonlySet<string> {
  const all = new Set<string>();
  const next = [...names];
  for (let name = next.pop(); name !== undefined; name = next.pop()) {
    if (all.has(name)) continue;
    all.add(name);
    next.push(...needs(name));
  }
  return all;
}

/** What a browser loads before a page can be used, with the longest language, compressed as with gzip. */
function firstLoad(...names: readonly string[]): number {
  const all = [...withNeeds(names)];
  const texts = all.map((name) =>
    mayLoad(name)
      .filter((other) => languageFile.test(other))
      .map(bytesOf),
  );
  const sum = (sizes: readonly number[]) => sizes.reduce((total, size) => total + size, 0);
  return sum(all.map(bytesOf)) + sum(texts.map((sizes) => Math.max(0, ...sizes)));
}

function entryOf(page: string): string {
  const html = readFileSync(join(folder, page, 'index.html'), 'utf8');
  return /<script type="module"[^>]*src="\/assets\/([\w.-]+)"/u.exec(html)?.[1] ?? '';
}

const skipped = isBuilt ? '' : ': left out, the pages are not built (npm run build)';

describe.skipIf(!isBuilt)(`the first load of a page is at most 250 kB of compressed script${skipped}`, () => {
  test.each(['', 'desk', 'video'])('/%s', (page) => {
    const entry = entryOf(page);
    expect(scripts.has(entry)).toBe(true);
    expect(firstLoad(entry)).toBeLessThan(maxBytes);
  });

  const entry = isBuilt ? entryOf('supervisor') : '';
  const sections = mayLoad(entry).filter((name) => !languageFile.test(name));

  test('all pages of the console are found', () => {
    const listed = readFileSync(join(import.meta.dirname, '../../console/supervisor/sections.ts'), 'utf8');
    expect(sections).toHaveLength(listed.match(/^ {4}path: '/gmu)?.length ?? 0);
  });

  test.each(sections.map((name) => [name.replace(/-page.*$/u, ''), name] as const))(
    '/console/%s',
    (_, name) => {
      expect(firstLoad(entry, name)).toBeLessThan(maxBytes);
    },
  );
});
