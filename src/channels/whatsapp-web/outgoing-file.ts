import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Media } from '../../core/message.ts';
import type { ChannelDeps } from '../channel-kind.ts';
import type { Letter } from './keeper.ts';
import { shownAs } from './render.ts';

/** A file of ours, laid where the browser's process can read it. */
export interface OutgoingFile {
  readonly file: NonNullable<Letter['file']>;
  remove(): Promise<void>;
}

/**
 * Lays a file of ours into a folder.
 * @param name its name there, of our own making
 * @throws RelevoError `no_such_media`
 */
export async function layFile(
  attachment: Media,
  { folder, name, media }: { folder: string; name: string; media: ChannelDeps['media'] },
): Promise<OutgoingFile> {
  const { type, body } = await media(attachment.id);
  const path = join(folder, name);
  await pipeline(Readable.from(body), createWriteStream(path, { mode: 0o600 }));
  const shown = attachment.name?.replace(/[\p{Cc}/\\]/gu, '_').slice(-120) ?? `file.${endingOf(type)}`;
  return {
    file: { path, type, name: shown, as: shownAs(attachment.kind, type) },
    remove: () => rm(path, { force: true }),
  };
}

/** The end of a name for a file without one: `image/jpeg` is a `jpeg`. */
function endingOf(type: string): string {
  return /\/(?:x-)?([a-z0-9]+)/iu.exec(type)?.[1] ?? 'bin';
}
