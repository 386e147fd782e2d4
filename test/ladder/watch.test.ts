import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type LadderWatch, watchLadder } from '../../src/ladder/watch.ts';
import type { Ladder } from '../../src/ladder-file.ts';
import { hearLog } from '../log.ts';

const tier = (acceptWithin: string) => `tiers: [{ level: 1, name: Uno, acceptWithin: ${acceptWithin} }]\n`;

describe('relevo.yaml while Relevo runs', () => {
  let folder: string;
  let path: string;
  let watch: LadderWatch;
  const heard = hearLog();
  const changed = vi.fn<(ladder: Ladder) => void>();
  const accepts = () => changed.mock.calls.map(([{ tiers }]) => tiers[0].acceptWithinMs / 60_000);

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'relevo-watch-'));
    path = join(folder, 'relevo.yaml');
    await writeFile(path, tier('5m'));
    watch = watchLadder({ path, name: 'relevo.yaml', changed, log: heard.log, everyMs: 20, settleMs: 20 });
  });
  afterEach(async () => {
    watch.stop();
    await rm(folder, { recursive: true });
  });

  test('a change is in force, one with faults is refused with all of them, and the next right one counts', async () => {
    await writeFile(path, tier('17m'));
    await vi.waitFor(() => expect(accepts()).toEqual([17]), 5_000);

    await writeFile(path, 'tiers: [{ level: 1, name: "", acceptWithin: soon }]\n');
    await vi.waitFor(
      () =>
        expect(heard.messages(50)).toEqual(['relevo.yaml has faults: what it said before stays in force']),
      5_000,
    );
    expect(accepts()).toEqual([17]);

    await writeFile(`${path}.new`, tier('123m'));
    await rename(`${path}.new`, path);
    await vi.waitFor(() => expect(accepts()).toEqual([17, 123]), 5_000);

    await rm(path);
    await vi.waitFor(
      () => expect(heard.messages(40)).toContain('relevo.yaml cannot be read: what it said stays in force'),
      5_000,
    );
    expect(accepts()).toEqual([17, 123]);
  });
});
