import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { displayName } from '../../src/video/display-name.ts';

const naughty = join(process.env.RELEVO_SHARED ?? '../shared', 'corpora', 'blns', 'blns.json');

describe('a name in a call', () => {
  test.each<[string | null, string | null]>([
    ['Ana Nuñez', 'Ana Nuñez'],
    ["Seán O'Brien-Löw Jr.", "Seán O'Brien-Löw Jr."],
    ['李小龙', '李小龙'],
    ['  Ana \n\t Nuñez ', 'Ana Nuñez'],
    ['<b onclick="alert(1)">Ana</b>', 'Ana'],
    ['<img src=x onerror=alert(1)>Ana', 'Ana'],
    ['Ana <', 'Ana'],
    ['Ana\u202Etxt\u200B', 'Ana txt'],
    ['a\uD800b', 'a b'],
    ['Ana 👩‍💻', 'Ana 👩 💻'],
    ['x'.repeat(500), 'x'.repeat(60)],
    [null, null],
    ['', null],
    ['<>', null],
    ['...', null],
    ['ana@example.com', null],
    ['+34 600 123 456', null],
    ['600-12-34', null],
    ['Ana (+34600123456)', null],
    ['Ana 2', 'Ana 2'],
  ])('%j is %j', (name, shown) => {
    expect(displayName(name)).toBe(shown);
  });

  test.skipIf(!existsSync(naughty))(
    `naughty strings (left out: no ${naughty}; RELEVO_SHARED names it)`,
    () => {
      for (const text of JSON.parse(readFileSync(naughty, 'utf8')) as string[]) {
        const shown = displayName(text) ?? '';
        expect(shown).not.toMatch(/[<>\p{Cc}\p{Cs}]/u);
        expect(shown.length).toBeLessThanOrEqual(240);
      }
    },
  );
});
