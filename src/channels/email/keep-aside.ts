import { isUtf8 } from 'node:buffer';
import { RelevoError } from '../../core/errors.ts';
import type { Inlet } from '../channel.ts';

/** Up to so many bytes a mail is kept in the record itself; a larger one beside it, as a file, and of one too large for that only its beginning. */
const maxInRecord = 256 * 1024;

/** Puts a mail aside that nobody could read, with all its bytes. @param bytes null when not even those could be had */
export async function keepAside(
  inlet: Pick<Inlet, 'quarantine' | 'keep'>,
  key: string,
  reason: string,
  bytes: Uint8Array | null,
): Promise<void> {
  await inlet.quarantine({ key, reason, raw: await rawOf(inlet, bytes) });
}

async function rawOf(inlet: Pick<Inlet, 'keep'>, bytes: Uint8Array | null): Promise<string> {
  if (bytes === null) return '';
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.length > maxInRecord) {
    const all = (async function* () {
      yield buffer;
    })();
    try {
      const file = await inlet.keep({
        bytes: all,
        kind: 'document',
        name: 'mail.eml',
        type: 'message/rfc822',
      });
      return `kept as the file ${file.id}, ${buffer.length} bytes`;
    } catch (error) {
      if (!(error instanceof RelevoError && error.code === 'media_too_large')) throw error;
      return buffer.subarray(0, maxInRecord).toString('base64');
    }
  }
  return isUtf8(buffer) && !buffer.includes(0) ? buffer.toString('utf8') : buffer.toString('base64');
}
