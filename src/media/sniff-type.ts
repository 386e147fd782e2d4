import { isUtf8 } from 'node:buffer';
import { open } from 'node:fs/promises';
import { fileTypeFromFile } from 'file-type';

const sampleBytes = 64 * 1024;

/** Control bytes that texts hold: tab, line feed, form feed, carriage return, escape. */
const textControls = new Set([0x09, 0x0a, 0x0c, 0x0d, 0x1b]);

/**
 * What the bytes of a file say they are, whatever its sender called it: `text/plain` for any text, also for one that
 * a browser would run; `application/octet-stream` for what nobody knows.
 */
export async function sniffType(path: string): Promise<string> {
  const known = await fileTypeFromFile(path);
  if (known !== undefined && !known.mime.endsWith('xml')) return known.mime;
  const handle = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(sampleBytes), 0, sampleBytes, 0);
    // The sample may end within a character.
    const sample = buffer.subarray(0, bytesRead === sampleBytes ? bytesRead - 3 : bytesRead);
    return readsAsText(sample) ? 'text/plain; charset=utf-8' : 'application/octet-stream';
  } finally {
    await handle.close();
  }
}

function readsAsText(sample: Buffer): boolean {
  for (let cut = 0; cut < 4 && cut <= sample.length; cut += 1) {
    if (isUtf8(sample.subarray(0, sample.length - cut)))
      return sample.every((byte) => byte >= 0x20 || textControls.has(byte));
  }
  return false;
}
