import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { RelevoError } from '../core/errors.ts';
import type { KeptBytes } from '../store/files.ts';
import { sniffType } from './sniff-type.ts';

/** Where the bytes of files are. Whoever knows a file's id may ask for it: who may, is asked elsewhere. */
export interface MediaFolder {
  /**
   * Keeps bytes under an id; durable once it resolves. What was there under it is replaced.
   * @param maxBytes more are refused as soon as they come
   * @throws RelevoError `media_too_large`, `disk_full`
   */
  write(id: string, bytes: AsyncIterable<Uint8Array>, maxBytes: number): Promise<KeptBytes>;
  /** @throws RelevoError `no_such_media` */
  read(id: string): Promise<AsyncIterable<Uint8Array>>;
}

/** @param folder outside of what any web server serves; made when it is first written to */
export function createMediaFolder(folder: string): MediaFolder {
  /** Ids are hexadecimal, so that no name of anybody's ever becomes a path. */
  function pathOf(id: string): string {
    if (!/^[\da-f]{32}$/u.test(id)) throw noSuchMedia();
    return join(folder, id.slice(0, 2), id);
  }

  return {
    async write(id, bytes, maxBytes) {
      const path = pathOf(id);
      await mkdir(dirname(path), { recursive: true });
      const partial = `${path}.part`;
      const hash = createHash('sha256');
      let count = 0;
      const counted = new Transform({
        transform(chunk: Buffer, _encoding, done) {
          count += chunk.length;
          hash.update(chunk);
          if (count > maxBytes) done(tooLarge(maxBytes));
          else done(null, chunk);
        },
      });
      try {
        await pipeline(Readable.from(bytes, { objectMode: false }), counted, createWriteStream(partial));
        const handle = await open(partial, 'r+');
        await handle.sync();
        await handle.close();
        const type = await sniffType(partial);
        await rename(partial, path);
        return { type, bytes: count, sha256: hash.digest('hex') };
      } catch (error) {
        await rm(partial, { force: true });
        throw isFull(error) ? noRoom(error) : error;
      }
    },
    async read(id) {
      const handle = await open(pathOf(id), 'r').catch((cause: unknown) => {
        throw noSuchMedia(cause);
      });
      return createReadStream('', { fd: handle, autoClose: true });
    },
  };
}

function isFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
}

function noRoom(cause: unknown): RelevoError {
  return new RelevoError('disk_full', 'there is no room left on the disk for a file', {
    hint: 'Make room in the data folder: messages are kept meanwhile, and what is to be fetched is tried again.',
    cause,
  });
}

function noSuchMedia(cause?: unknown): RelevoError {
  return new RelevoError('no_such_media', 'there is no such file', { cause });
}

function tooLarge(maxBytes: number): RelevoError {
  return new RelevoError(
    'media_too_large',
    `the file is larger than ${Math.floor(maxBytes / 1024 / 1024)} MB`,
    {
      hint: 'Send a smaller one.',
    },
  );
}
