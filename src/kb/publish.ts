import { isDeepStrictEqual } from 'node:util';
import type { Article, BaseContent, PublishedBase } from '../core/article.ts';
import type { Clock } from '../core/clock.ts';
import { RelevoError } from '../core/errors.ts';
import { articleKey } from './article-key.ts';
import type { KnowledgeBases } from './bases.ts';

/** The topic on which processes tell each other that a base was published. */
export const baseTopic = 'base';

/** Who publishes, and why. */
export interface Publication {
  readonly by: string;
  readonly comment?: string;
}

/** What a publication gave. */
export interface Published {
  readonly version: number;
  readonly articleCount: number;
}

/**
 * Publishes the draft as a new version.
 * @throws RelevoError `kb_draft_empty` when there is nothing in it, `kb_nothing_to_publish` when it is what is published
 */
export async function publishDraft(
  deps: { readonly bases: KnowledgeBases; readonly clock: Clock },
  { by, comment = '' }: Publication,
): Promise<Published> {
  const { draft } = await publishable(deps.bases);
  return publishContent(deps, draft, { by, comment });
}

/**
 * The draft and what it would replace (null: nothing yet).
 * @throws RelevoError as `publishDraft` does
 */
export async function publishable(
  bases: Pick<KnowledgeBases, 'draft' | 'current'>,
): Promise<{ draft: BaseContent; current: PublishedBase | null }> {
  const draft = await bases.draft();
  if (draft.articles.length === 0)
    throw new RelevoError('kb_draft_empty', 'the draft has no articles', { hint: 'Import some first.' });
  const current = await bases.current();
  if (current && sameContent(current, draft))
    throw new RelevoError(
      'kb_nothing_to_publish',
      `nothing to publish: the draft is the same as version ${current.version}`,
    );
  return { draft, current };
}

/**
 * Publishes an earlier version again, as a new one: its articles with its golden questions, synonyms and allowed share
 * of wrong answers. The draft stays as it is.
 * @throws RelevoError `kb_version_unknown`, or `kb_nothing_to_publish` when that is what is published
 */
export async function rollBack(
  deps: { readonly bases: KnowledgeBases; readonly clock: Clock },
  version: number,
  { by, comment = `Back to version ${version}` }: Publication,
): Promise<Published> {
  const earlier = await deps.bases.version(version);
  if (!earlier)
    throw new RelevoError('kb_version_unknown', `there is no version ${version}`, {
      hint: '"relevo kb versions" lists them.',
    });
  const current = await deps.bases.current();
  if (current && sameContent(current, earlier))
    throw new RelevoError(
      'kb_nothing_to_publish',
      `nothing to publish: version ${version} is the same as the current version ${current.version}`,
    );
  return publishContent(deps, earlier, { by, comment });
}

/** Whether two bases hold the same articles, in any order. */
export function sameArticles(one: readonly Article[], other: readonly Article[]): boolean {
  const byKey = (articles: readonly Article[]) =>
    new Map(articles.map((article) => [articleKey(article), article]));
  return one.length === other.length && isDeepStrictEqual(byKey(one), byKey(other));
}

/** Whether two bases answer and are tested in the same way. */
function sameContent(one: BaseContent, other: BaseContent): boolean {
  const { golden, synonyms, wrongRate } = one;
  return (
    sameArticles(one.articles, other.articles) &&
    isDeepStrictEqual(
      { golden, synonyms, wrongRate },
      { golden: other.golden, synonyms: other.synonyms, wrongRate: other.wrongRate },
    )
  );
}

/** Publishes a content as it is, whatever the draft has become meanwhile. */
export async function publishContent(
  { bases, clock }: { readonly bases: KnowledgeBases; readonly clock: Clock },
  { articles, golden, synonyms, wrongRate }: BaseContent,
  { by: publishedBy, comment = '' }: Publication,
): Promise<Published> {
  const content = { articles, golden, synonyms, wrongRate };
  const version = await bases.publish({ publishedAt: clock.now(), publishedBy, comment, ...content });
  return { version, articleCount: articles.length };
}
