import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { statuses } from '../../src/http/problem.ts';

const source = join(import.meta.dirname, '../../src');

/** What no route can meet, and why. */
const notByRoutes: Readonly<Record<string, string>> = {
  kb_engine_outdated: 'a stored engine of an older Relevo is trained anew',
  kb_engine_unreadable: 'a damaged engine is trained anew',
  kb_evaluate_faults: 'files of relevo kb evaluate',
  kb_export_not_empty: 'a folder of relevo kb export',
  kb_golden_faults: 'a file of relevo kb golden import',
  kb_import_missing: 'a path of relevo kb import',
  kb_import_unknown: 'a path of relevo kb import',
  kb_training_failed: 'what answers customers goes on with the version before',
};

/** The names of the knowledge base's faults, as its sources throw them. */
function codesThrown(): string[] {
  const files = readdirSync(join(source, 'kb'), { recursive: true, encoding: 'utf8' });
  const texts = files
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(source, 'kb', file), 'utf8'));
  return [
    ...new Set(texts.flatMap((text) => [...text.matchAll(/'(kb_[a-z_]+)'/gu)].map(([, code]) => code ?? ''))),
  ];
}

test('every fault of the knowledge base that a route can meet has a status', () => {
  const codes = codesThrown().sort();
  expect(codes.length).toBeGreaterThan(30);
  expect(codes.filter((code) => !(code in statuses) && !(code in notByRoutes))).toEqual([]);
  expect(Object.keys(notByRoutes).filter((code) => !codes.includes(code))).toEqual([]);
});
