import { isDeepStrictEqual } from 'node:util';
import type { BaseContent } from '../core/article.ts';
import { RelevoError } from '../core/errors.ts';
import type { KnowledgeBases } from './bases.ts';

const attempts = 5;

/**
 * Changes the draft as it stands at this moment; again when somebody else saved it meanwhile.
 * @param change gives the new content and what the caller wants to know of it; pure, may be called again
 * @throws RelevoError `kb_draft_busy` when others keep saving the draft
 */
export async function changeDraft<T>(
  bases: Pick<KnowledgeBases, 'draft' | 'saveDraft'>,
  change: (content: BaseContent) => { readonly content: BaseContent; readonly result: T },
): Promise<T> {
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const { revision, ...before } = await bases.draft();
    const { content, result } = change(before);
    if (isDeepStrictEqual(before, content) || (await bases.saveDraft(content, revision))) return result;
  }
  throw new RelevoError('kb_draft_busy', 'the draft was changed by somebody else each time it was saved', {
    hint: 'Nothing was saved. Try again in a moment.',
  });
}
