import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { randomIds } from '../../src/core/ids.ts';
import { createMediaFolder, type MediaFolder } from '../../src/media/media-folder.ts';

let root: string;
let folder: MediaFolder;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'relevo-media-'));
  folder = createMediaFolder(root);
});
afterAll(() => rm(root, { recursive: true, force: true }));

const chunkBytes = 64 * 1024;

test('a file without an end is read no further than allowed, and nothing of it stays', async () => {
  let given = 0;
  const endless = (async function* () {
    for (;;) {
      given += chunkBytes;
      yield new Uint8Array(chunkBytes);
    }
  })();
  const maxBytes = 2 * 1024 * 1024;
  const id = randomIds.id();
  await expect(folder.write(id, endless, maxBytes)).rejects.toMatchObject({ code: 'media_too_large' });
  // What was read ahead of the refusal is a handful of chunks.
  expect(given).toBeLessThan(maxBytes + 16 * chunkBytes);
  expect(await readdir(join(root, id.slice(0, 2)))).toEqual([]);
});

test('what breaks off leaves nothing, and what was there before stays', async () => {
  const id = randomIds.id();
  const of = async function* (text: string, fails: boolean) {
    yield Buffer.from(text);
    if (fails) throw new Error('the line broke');
  };
  await folder.write(id, of('before', false), 100);
  await expect(folder.write(id, of('after', true), 100)).rejects.toThrow('the line broke');
  const chunks: Uint8Array[] = [];
  for await (const chunk of await folder.read(id)) chunks.push(chunk);
  expect(Buffer.concat(chunks).toString()).toBe('before');
});

test.each(['../../etc/passwd', 'a'.repeat(31), 'A'.repeat(32), '', `${'a'.repeat(32)}/x`, '..%2f'])(
  'no name is ever a path: %j',
  async (id) => {
    await expect(folder.read(id)).rejects.toMatchObject({ code: 'no_such_media' });
    const bytes = (async function* () {
      yield Buffer.from('x');
    })();
    await expect(folder.write(id, bytes, 10)).rejects.toMatchObject({ code: 'no_such_media' });
  },
);
