import { createHash } from 'node:crypto';
import { RelevoError } from '../../src/core/errors.ts';
import type { FileBytes } from '../../src/escalation/cases.ts';
import type { FileRow, Files } from '../../src/store/files.ts';

/** What is known of files, in memory. */
export function createMemoryFiles(): Pick<Files, 'addKept' | 'own' | 'get' | 'ofConversation'> {
  const rows = new Map<string, FileRow>();
  return {
    async addKept({ media, channel, kept }) {
      rows.set(media.id, {
        media,
        channel,
        kept,
        conversation: null,
        state: 'kept',
        attempts: 0,
        error: null,
      });
    },
    async own(ids, conversation) {
      for (const id of ids) {
        const row = rows.get(id);
        if (row !== undefined) rows.set(id, { ...row, conversation: row.conversation ?? conversation });
      }
    },
    get: async (id) => rows.get(id) ?? null,
    ofConversation: async (conversation) =>
      [...rows.values()].filter((row) => row.conversation === conversation),
  };
}

/** The bytes of files, in memory; what begins as a PNG is a picture, all else is text. At most 1 MB each. */
export function createMemoryBytes(): FileBytes {
  const kept = new Map<string, Buffer>();
  return {
    async write(id, bytes) {
      const chunks: Uint8Array[] = [];
      for await (const chunk of bytes) chunks.push(chunk);
      const all = Buffer.concat(chunks);
      if (all.length > 1024 * 1024) throw new RelevoError('media_too_large', 'the file is larger than 1 MB');
      kept.set(id, all);
      const type = all.subarray(1, 4).toString() === 'PNG' ? 'image/png' : 'text/plain; charset=utf-8';
      return { type, bytes: all.length, sha256: createHash('sha256').update(all).digest('hex') };
    },
    async read(id) {
      const bytes = kept.get(id);
      if (bytes === undefined) throw new RelevoError('no_such_media', 'there is no such file');
      return (async function* () {
        yield bytes;
      })();
    },
  };
}
