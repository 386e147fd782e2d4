import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import whatsappWeb, { type Message, type MessageMedia } from 'whatsapp-web.js';
import { within } from '../../../core/within.ts';
import type { Attached } from '../parse.ts';
import type { ToBrowser, WebEvent } from '../protocol.ts';

const downloadTimeoutMs = 60_000;
const tries = 2;
const againAfterMs = 3_000;

type FileOf = Pick<Extract<WebEvent, { kind: 'message' }>, 'file' | 'missing'>;

/**
 * Downloads a message's file into a folder.
 * @returns its name there, or why it could not be had
 */
export async function download(
  message: Pick<Message, 'downloadMedia'>,
  attached: Attached,
  { folder, maxBytes }: { folder: string; maxBytes: number },
): Promise<FileOf> {
  if ((attached.bytes ?? 0) > maxBytes) return { missing: 'too_large' };
  const media = await mediaOf(message);
  if (media === null) return { missing: 'unavailable' };
  const bytes = Buffer.from(media.data, 'base64');
  if (bytes.length > maxBytes) return { missing: 'too_large' };
  const file = randomBytes(16).toString('hex');
  await writeFile(join(folder, file), bytes, { mode: 0o600 });
  const type = media.mimetype || attached.type;
  const name = media.filename || attached.name;
  return { file: { file, ...(type ? { type } : {}), ...(name ? { name } : {}) } };
}

async function mediaOf(message: Pick<Message, 'downloadMedia'>): Promise<MessageMedia | null> {
  for (let attempt = 1; attempt <= tries; attempt += 1) {
    // What has expired, and what the page itself gave up, is simply not there.
    const media = await within(downloadTimeoutMs, message.downloadMedia()).catch(() => undefined);
    if (media !== undefined) return media;
    if (attempt < tries) await new Promise((resolve) => setTimeout(resolve, againAfterMs));
  }
  return null;
}

/** A file of ours as the library takes it. */
export async function mediaToSend(
  file: NonNullable<Extract<ToBrowser, { is: 'send' }>['file']>,
): Promise<MessageMedia> {
  const bytes = await readFile(file.path);
  return new whatsappWeb.MessageMedia(file.type, bytes.toString('base64'), file.name, bytes.length);
}
