import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { validate } from 'dockerfile-utils';
import { describe, expect, test } from 'vitest';
import { root, textOf } from './compose-file.ts';

const text = textOf('Dockerfile');
/** One instruction a line. */
const lines = text
  .replaceAll(/\\\n\s*/gu, '')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'));
const stages = lines.flatMap((line, at) => (line.startsWith('FROM ') ? [at] : []));
const stage = (name: string) => {
  const from = lines.findIndex((line) => line.endsWith(` AS ${name}`));
  return lines.slice(from, stages.find((at) => at > from) ?? lines.length);
};

describe('the Dockerfile', () => {
  test('is understood, and nothing in it is deprecated or contradicts itself', () => {
    expect(validate(text)).toEqual([]);
    expect(validate('FROM node\nCPOY a b')).not.toEqual([]);
  });

  test('is built on one pinned image', () => {
    const bases = lines.flatMap((line) => /^FROM (\S+)(?: AS (\S+))?$/u.exec(line)?.[1] ?? []);
    const own = lines.flatMap((line) => /^FROM \S+ AS (\S+)$/u.exec(line)?.[1] ?? []);
    expect(bases.filter((base) => !own.includes(base))).toEqual([
      expect.stringMatching(/^node:(?:20|22)\.\d+\.\d+-\w+-slim$/u),
    ]);
  });

  test('copies only what is there and what .dockerignore lets through', () => {
    const copied = lines
      .filter((line) => line.startsWith('COPY ') && !line.includes('--from='))
      .flatMap((line) => line.split(' ').slice(1, -1));
    expect(copied.filter((path) => !existsSync(join(root, path)))).toEqual([]);
    const allowed = textOf('.dockerignore')
      .split('\n')
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1));
    expect(new Set(copied)).toEqual(new Set(allowed));
    expect(textOf('.dockerignore')).toMatch(/^\*$/mu);
  });

  test.each(['relevo', 'relevo-chromium'])('%s runs without rights', (name) => {
    const user = stage(name).findLast((line) => line.startsWith('USER '));
    expect(user).toBe('USER node');
  });

  test('what is built by default has no browser, no tools of development, and says whether it is ready', () => {
    expect(lines.at(-1)).toBe('FROM relevo');
    expect(stage('relevo').join('\n')).not.toMatch(/apt-get|chromium/u);
    expect(stage('dependencies').join('\n')).toContain('npm ci --omit=dev --ignore-scripts');
    const health = stage('relevo').find((line) => line.startsWith('HEALTHCHECK '));
    expect(health).toContain('ops/healthcheck.mjs');
    expect(textOf('ops/healthcheck.mjs')).toContain('/readyz');
  });

  test('starts what package.json names', () => {
    const { bin } = JSON.parse(textOf('package.json')) as { bin: { relevo: string } };
    expect(lines).toContain(`ENTRYPOINT ["node", "${bin.relevo}"]`);
  });
});
