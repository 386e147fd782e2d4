import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const bytes = 32;

/**
 * The secret that marks our reply addresses, made with the first start. Whoever loses it loses no mail: replies to older
 * mails are then found by their sender only.
 * @param folder a folder that stays
 */
export async function replySecret(folder: string): Promise<Uint8Array> {
  const path = join(folder, 'reply-secret');
  try {
    await writeFile(path, randomBytes(bytes).toString('hex'), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  // Another process may be writing it at this moment.
  for (let tries = 0; tries < 50; tries++) {
    const secret = Buffer.from((await readFile(path, 'utf8')).trim(), 'hex');
    if (secret.length === bytes) return secret;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`${path} does not hold ${bytes} bytes in hexadecimal: remove it to have it made again`);
}
