import { readFileSync, writeFileSync } from 'node:fs';

/** What a file of JSON objects, one a line, holds. @throws when it cannot be read or a line is not JSON */
export function readJsonLines<T>(file: string): T[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as T);
}

/** Writes one JSON object a line. */
export function writeJsonLines(file: string, values: readonly object[]): void {
  writeFileSync(file, values.map((value) => `${JSON.stringify(value)}\n`).join(''));
}
