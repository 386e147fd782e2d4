import { readFile, writeFile } from 'node:fs/promises';
import type { BaseContent } from '../core/article.ts';
import { RelevoError } from '../core/errors.ts';
import type { Bases } from '../store/bases.ts';

/**
 * What the draft or the published version holds, and which it is, for people.
 * @throws RelevoError `kb_unpublished` when nothing was published yet
 */
export async function contentOf(
  bases: Bases,
  draft: boolean,
): Promise<{ content: BaseContent; from: string }> {
  if (draft) return { content: await bases.draft(), from: 'draft' };
  const current = await bases.current();
  if (!current)
    throw new RelevoError('kb_unpublished', 'nothing was published yet', {
      hint: 'Ask for the draft, or publish it with "relevo kb publish".',
    });
  return { content: current, from: `version ${current.version}` };
}

/** A file's text. @throws RelevoError `file_unreadable` */
export async function readText(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((cause: unknown) => {
    throw new RelevoError('file_unreadable', `${file} cannot be read`, { cause });
  });
}

/** Writes a file. @throws RelevoError `file_unwritable` */
export async function writeText(file: string, text: string): Promise<void> {
  await writeFile(file, text).catch((cause: unknown) => {
    throw new RelevoError('file_unwritable', `${file} cannot be written`, { cause });
  });
}
