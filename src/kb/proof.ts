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
  /** How sure the draft is at least where it answers; null where it has no such bar. Each training moves it for all questions. */
  readonly answersFrom: number | null;
  /** How the draft deals with them. */
  readonly after: readonly GoldenResult[];
  /** Beside the published version; null before the first. */
  readonly published: {
    readonly version: number;
    /** The same for this version. */
    readonly answersFrom: number | null;
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

/** What one side makes of the golden questions. */
interface Asked extends Pick<Proof, 'answersFrom'> {
  readonly results: GoldenResult[];
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
  const run = async (what: 'draft' | 'published', content: BaseContent): Promise<Asked> => {
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
    return { results, answersFrom: engine.answersFrom ?? null };
  };
  const asked = await run('draft', draft);
  const { results: after, answersFrom } = asked;
  if (current === null) return { answersFrom, after, published: null };
  const earlier = trainedAlike(draft, current) ? asked : await run('published', current);
  const { results: before } = earlier;
  const kept = new Set(draft.golden.map(goldenKey));
  return {
    answersFrom,
    after,
    published: {
      version: current.version,
      answersFrom: earlier.answersFrom,
      before,
      comparison: compareGolden(before, after),
      dropped: current.golden.filter((question) => !kept.has(goldenKey(question))),
    },
  };
}
