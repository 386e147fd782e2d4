import { setImmediate } from 'node:timers/promises';
import type { BaseContent, GoldenQuestion, PublishedBase } from '../core/article.ts';
import { trainEngine } from './engine/engine.ts';
import type { Engine } from './engine/types.ts';
import { engineArticle, engineOptions } from './engine-article.ts';
import { goldenKey } from './golden-file.ts';
import { compareGolden, type GoldenComparison, type GoldenResult, runGolden } from './golden-run.ts';
import { trainedAlike } from './same-content.ts';
import { type BaseEngine, baseEngine, shelfOf, shelvesIn } from './shelves.ts';

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

/** Makes the engine of a draft, or of what is published. */
export type Train = (content: BaseContent | PublishedBase) => Engine | Promise<Engine>;

/** How a proof is made. */
export interface ProofOptions {
  /** In this thread when left out. */
  readonly train?: Train;
  readonly progress?: (step: ProofStep) => void;
  /** Ends it: what it throws is the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Questions asked in a row before others have their turn. */
const inARow = 5;

/** The engines of a base, one for each company that articles are for, trained in this thread. */
export function trainContent(content: BaseContent): BaseEngine {
  const engines = shelvesIn(content).map((name) => {
    const { articles } = shelfOf(content, name);
    return [name, trainEngine(articles.map(engineArticle), engineOptions(content))] as const;
  });
  return baseEngine(content, new Map(engines));
}

/** Asks a draft and the published version the draft's golden questions. Makes one engine for each, unless they are the same. */
export async function proveDraft(
  draft: BaseContent,
  current: PublishedBase | null,
  { train = trainContent, progress = () => undefined, signal }: ProofOptions = {},
): Promise<Proof> {
  const run = async (what: 'draft' | 'published', content: BaseContent): Promise<GoldenResult[]> => {
    signal?.throwIfAborted();
    progress({ kind: 'training', what });
    const engine = await train(content);
    const results: GoldenResult[] = [];
    while (results.length < draft.golden.length) {
      signal?.throwIfAborted();
      results.push(...runGolden(engine, draft.golden.slice(results.length, results.length + inARow)));
      progress({ kind: 'asking', what, done: results.length });
      await setImmediate();
    }
    return results;
  };
  const after = await run('draft', draft);
  if (current === null) return { after, published: null };
  const before = trainedAlike(draft, current) ? after : await run('published', current);
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
