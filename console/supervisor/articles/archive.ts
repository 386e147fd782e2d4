import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';

/** A file with articles, by its name. */
export interface ArticleFile {
  readonly name: string;
  readonly text: string;
}

/** What an archive may unfold to: a small one can hold a mountain of nothing. */
const maxUnfoldedBytes = 10_000_000;
const isArticle = (name: string) =>
  /\.(?:md|markdown|csv)$/iu.test(name) && !/(?:^|\/)(?:__MACOSX|\.)/u.test(name);

/**
 * Reads Markdown and CSV files, and archives of them.
 * @returns the files; `strange`: the names of those that are neither
 * @throws Error for an archive that cannot be read, or is too large
 */
export async function readFiles(
  files: readonly File[],
): Promise<{ readonly files: readonly ArticleFile[]; readonly strange: readonly string[] }> {
  const found: ArticleFile[] = [];
  const strange: string[] = [];
  for (const file of files) {
    if (/\.zip$/iu.test(file.name)) found.push(...unfolded(new Uint8Array(await file.arrayBuffer())));
    else if (isArticle(file.name)) found.push({ name: file.name, text: await file.text() });
    else strange.push(file.name);
  }
  return { files: found, strange };
}

function unfolded(bytes: Uint8Array): ArticleFile[] {
  let size = 0;
  const entries = unzipSync(bytes, {
    filter({ name, originalSize }) {
      if (!isArticle(name)) return false;
      size += originalSize;
      if (size > maxUnfoldedBytes) throw new Error('the archive is too large');
      return true;
    },
  });
  return Object.entries(entries).map(([name, content]) => ({ name, text: strFromU8(content) }));
}

/** Files as one archive. */
export function archiveOf(files: readonly ArticleFile[]): Blob {
  const entries = Object.fromEntries(files.map(({ name, text }) => [name, strToU8(text)]));
  return new Blob([zipSync(entries, { level: 6 }) as Uint8Array<ArrayBuffer>], { type: 'application/zip' });
}
