import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Article } from '../core/article.ts';
import { RelevoError } from '../core/errors.ts';
import { formatArticle } from './article-file.ts';
import { articleKey } from './article-key.ts';

/**
 * Writes articles as files, `<folder>/<language>/<id>.md`, which an import reads back.
 * @throws RelevoError `kb_export_not_empty` when the folder holds anything: old files would look like articles
 */
export async function exportArticles(articles: readonly Article[], folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  if ((await readdir(folder)).length > 0)
    throw new RelevoError('kb_export_not_empty', `${folder} is not empty`, {
      hint: 'Expected a new or empty folder.',
    });
  for (const language of new Set(articles.map((article) => article.language)))
    await mkdir(join(folder, language), { recursive: true });
  for (const article of articles)
    await writeFile(join(folder, `${articleKey(article)}.md`), formatArticle(article));
}
