import { type BaseContent, contentOf, type PublishedBase } from '../core/article.ts';
import type { Clock } from '../core/clock.ts';
import { RelevoError } from '../core/errors.ts';
import type { KnowledgeBases } from './bases.ts';
import { sameContent, trainedAlike } from './same-content.ts';

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
  const { draft, current } = await publishable(deps.bases);
  return publishContent(deps, draft, { by, comment }, [current]);
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
 * Publishes an earlier version again, as a new one, with all that it holds. The draft stays as it is.
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
  return publishContent(deps, earlier, { by, comment }, [earlier, current]);
}

/** Publishes a content as it is, whatever the draft has become meanwhile. What is trained alike already is not trained again. @param candidate for a trial: never live */
export async function publishContent(
  { bases, clock }: { readonly bases: KnowledgeBases; readonly clock: Clock },
  given: BaseContent,
  { by: publishedBy, comment = '' }: Publication,
  alike: readonly (PublishedBase | null)[] = [],
  candidate = false,
): Promise<Published> {
  const content = contentOf(given);
  const version = await bases.publish({
    ...{ publishedAt: clock.now(), publishedBy, comment, ...content },
    ...(candidate ? { candidate: true } : {}),
  });
  const trained = alike.find((one) => one !== null && trainedAlike(one, content));
  const engine = trained ? await bases.trained(trained.version) : null;
  if (engine !== null) await bases.saveTrained(version, engine);
  return { version, articleCount: content.articles.length };
}
