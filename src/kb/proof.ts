import { isDeepStrictEqual } from 'node:util';
import type { BaseContent, GoldenQuestion, PublishedBase } from '../core/article.ts';
import { trainEngine } from './engine/engine.ts';
import type { Engine } from './engine/types.ts';
import { engineArticle, engineOptions } from './engine-article.ts';
import { goldenKey } from './golden-file.ts';
import { compareGolden, type GoldenComparison, type GoldenResult, runGolden } from './golden-run.ts';
import { sameArticles } from './publish.ts';

/** Where a proof stands, for whoever waits for it. */
export type ProofStep =
  | { readonly kind: 'training'; readonly what: 'draft' | 'published' }
  | { readonly kind: 'asking'; readonly what: 'draft' | 'published'; readonly done: number };

/** What the golden questions of a draft say about it. */
export interface Proof {
  /** How the draft deals with them. */
  readonly after: readonly GoldenResult[];
  /** Beside the published version; null before the first. */
  readonly published: {
    readonly version: number;
    readonly before: readonly GoldenResult[];
    readonly comparison: GoldenComparison;
    /** Golden questions of that version that the draft does not have any more. */
    readonly dropped: readonly GoldenQuestion[];
  } | null;
}

/** An engine for a base, trained in this thread. */
export function trainContent(content: BaseContent): Engine {
  return trainEngine(content.articles.map(engineArticle), engineOptions(content));
}

/** Asks a draft and the published version the draft's golden questions. Trains one engine for each, unless they are the same. */
export function proveDraft(
  draft: BaseContent,
  current: PublishedBase | null,
  options: {
    readonly train?: (content: BaseContent) => Engine;
    readonly progress?: (step: ProofStep) => void;
  } = {},
): Proof {
  const { train = trainContent, progress = () => undefined } = options;
  const run = (what: 'draft' | 'published', content: BaseContent): GoldenResult[] => {
    progress({ kind: 'training', what });
    const engine = train(content);
    return runGolden(engine, draft.golden, (done) => progress({ kind: 'asking', what, done }));
  };
  const after = run('draft', draft);
  if (current === null) return { after, published: null };
  const before = trainedAlike(draft, current) ? after : run('published', current);
  const kept = new Set(draft.golden.map(goldenKey));
  return {
    after,
    published: {
      version: current.version,
      before,
      comparison: compareGolden(before, after),
      dropped: current.golden.filter((question) => !kept.has(goldenKey(question))),
    },
  };
}

function trainedAlike(one: BaseContent, other: BaseContent): boolean {
  return (
    sameArticles(one.articles, other.articles) && isDeepStrictEqual(engineOptions(one), engineOptions(other))
  );
}
