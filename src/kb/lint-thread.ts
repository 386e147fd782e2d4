import type { BaseContent } from '../core/article.ts';
import { type LintFinding, lint } from './lint.ts';
import { inThread } from './thread.ts';

/** So many articles are looked at sooner than a thread begins. */
const fewArticles = 200;

/**
 * As `lint` without options; of many articles, each of which is held against each other one, in a thread of its own.
 * @throws RelevoError `kb_engine_failed` when the thread ends without a result
 */
export async function lintInThread(content: BaseContent): Promise<readonly LintFinding[]> {
  if (content.articles.length <= fewArticles) return lint(content);
  return inThread('lint-worker', content, 'looking at the articles ended without findings');
}
