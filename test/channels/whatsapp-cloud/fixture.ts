import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, 'fixtures');

/** Every fixture's name. */
export const fixtureNames: readonly string[] = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => name.replace(/\.json$/u, ''));

/** A webhook's body, byte for byte. */
export function fixture(name: string): string {
  return readFileSync(join(folder, `${name}.json`), 'utf8');
}
