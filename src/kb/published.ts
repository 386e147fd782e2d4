import type { Logger } from 'pino';
import type { Article, PublishedBase } from '../core/article.ts';
import { RelevoError } from '../core/errors.ts';
import { type Language, languages } from '../core/language.ts';
import type { OwnPhrases } from '../core/phrase.ts';
import { articleKey } from './article-key.ts';
import type { KnowledgeBases } from './bases.ts';
import type { Embedder } from './embedder.ts';
import type { Engine } from './engine/types.ts';
import type { BrandKnowledge, Candidate, Finding, Knowledge } from './knowledge.ts';
import { createQuestionVectors } from './question-vectors.ts';
import { trainedAlike } from './same-content.ts';
import { type BaseEngine, baseEngine, shelfOf, shelvesIn } from './shelves.ts';
import { enginesOf, type TrainedBases } from './trained.ts';
import { sideOf } from './trial/side.ts';
import type { Trial } from './trial/trial.ts';

/** Makes the engine of a base without holding up the thread that answers messages; `signal` ends it. */
export type MakeEngine = (base: PublishedBase, signal: AbortSignal) => Promise<Engine>;

type MakeBaseEngine = (base: PublishedBase, signal: AbortSignal) => Promise<BaseEngine>;

/** The published base, and how it follows what is published. */
export interface PublishedKnowledge extends BrandKnowledge {
  of(brand: string | null, customer?: string): Knowledge;
  /** What is said to a customer in other words than usual, when that is not what the live version says; null: it is. */
  triedPhrases(brand: string | null, customer: string): OwnPhrases | null;
  /** Resolves once the version that was current at the creation is trained, or has failed to be, which is logged. */
  readonly ready: Promise<void>;
  /** The version that answers; 0 before the first. */
  version(): number;
  /** How many articles it has, each language counted. */
  articleCount(): number;
  /**
   * Goes over to the newest published version when it is another one; until it is ready the old one answers.
   * @throws RelevoError `kb_training_failed`: the old version goes on answering
   */
  reload(): Promise<void>;
  /** Ends a training that is under way: from then on questions are handed over. Idempotent. */
  close(): Promise<void>;
}

/** What one company's customers may be told. */
interface Shelf {
  readonly version: number;
  readonly engine: Engine;
  readonly articles: ReadonlyMap<string, Article>;
}

interface Ready {
  readonly version: number;
  readonly base: PublishedBase;
  readonly engines: BaseEngine;
  /** By company; null: of no company, which is there always. */
  readonly shelves: ReadonlyMap<string | null, Shelf>;
}

const nothing: Finding = { decision: 'handoff', confidence: 0, candidates: [], version: 0 };

/**
 * Answers from the newest published base. All languages are one engine, so that a question finds an article
 * that exists in another language only.
 * @param deps `makeEngine`: stored with its version, or trained in a thread of its own, by default
 * @returns at once; until `ready` every question is handed over
 */
export function createKnowledge(deps: {
  readonly bases: Pick<KnowledgeBases, 'current' | 'version'> & TrainedBases;
  readonly log: Logger;
  readonly makeEngine?: MakeEngine;
  /** By which name articles say that they are for a company; absent: by its own. */
  readonly knowledgeOf?: (brand: string | null) => string | null;
  /** Gives vectors, one more evidence beside the words; null: words alone. */
  readonly embedder?: Embedder | null;
  /** Told of each version as it begins to answer. */
  readonly inForce?: (base: PublishedBase) => void;
  /** The trial that runs: some customers are answered by its candidate; null: none. */
  readonly trial?: () => Promise<Trial | null>;
}): PublishedKnowledge {
  const { bases, log, embedder = null, knowledgeOf = (brand) => brand } = deps;
  const vectors = embedder === null ? null : createQuestionVectors(embedder, log);
  const { makeEngine } = deps;
  const makeEngines: MakeBaseEngine =
    makeEngine === undefined
      ? async (base, signal) => baseEngine(base, await enginesOf(base, bases, log, signal, embedder))
      : async (base, signal) => {
          const engines = new Map<string | null, Engine>();
          for (const name of shelvesIn(base))
            engines.set(name, await makeEngine(shelfOf(base, name), signal));
          return baseEngine(base, engines);
        };
  let ready: Ready | null = null;
  let tried: { readonly trial: Trial; readonly ready: Ready } | null = null;
  const closing = new AbortController();
  let last: Promise<void> = Promise.resolve();

  async function follow(): Promise<void> {
    const base = closing.signal.aborted ? null : await bases.current();
    if (!base) return;
    if (base.version !== ready?.version) {
      ready = (await readied(base, [ready])) ?? ready;
      if (ready?.version === base.version) deps.inForce?.(base);
    }
    await followTrial(base.version);
  }

  /** A trial is of what is live: when that is another version by now, it is over. */
  async function followTrial(live: number): Promise<void> {
    const trial = (await deps.trial?.()) ?? null;
    if (trial?.live !== live || ready?.version !== live) tried = null;
    else if (tried?.trial.id !== trial.id) {
      tried = null;
      const base = await bases.version(trial.candidate);
      const made = base === null ? null : await readied(base, [ready]);
      if (made !== null) tried = { trial, ready: made };
    }
  }

  /** A base that is ready to answer; null when it is all over. What differs in its words only is so at once. */
  async function readied(base: PublishedBase, known: readonly (Ready | null)[]): Promise<Ready | null> {
    const started = performance.now();
    const alike = known.find((one) => one !== null && trainedAlike(one.base, base));
    const engines =
      alike?.engines ??
      (await made(base, makeEngines, closing.signal).catch((error: unknown) => {
        if (closing.signal.aborted) return null;
        throw error;
      }));
    if (!engines) return null;
    const { version } = base;
    const shelves = shelvesIn(base).map((name) => {
      const { articles } = shelfOf(base, name);
      const byKey = new Map(articles.map((article) => [articleKey(article), article]));
      return [name, { version, engine: engines.of(name), articles: byKey }] as const;
    });
    const seconds = Number(((performance.now() - started) / 1000).toFixed(2));
    log.info({ version, articles: base.articles.length, seconds }, 'knowledge base ready');
    return { version, base, engines, shelves: new Map(shelves) };
  }

  function answersOf(brand: string | null, customer: string | undefined): Ready | null {
    if (tried === null || customer === undefined) return ready;
    return sideOf(tried.trial, customer, brand) === 'candidate' ? tried.ready : ready;
  }

  /** One after the other: a second call sees what the first one did. */
  function reload(): Promise<void> {
    const mine = last.then(follow, follow);
    last = mine;
    return mine;
  }

  /** Vectors of one model say nothing to an engine that was trained with another's. */
  function helps(engine: Engine): boolean {
    return embedder !== null && engine.embedding === embedder.name;
  }

  /** One that no article is for has what everybody has. */
  function onShelfOf(name: () => string | null, of: () => Ready | null = () => ready): Knowledge {
    const shelf = (): Shelf | undefined => of()?.shelves.get(name()) ?? of()?.shelves.get(null);
    return {
      ask(question, language) {
        const found = shelf();
        if (found === undefined) return nothing;
        const { engine, articles, version } = found;
        const vector = helps(engine) ? vectors?.of(question) : undefined;
        const { decision, candidates } = engine.decide(question, language, vector);
        const known = candidates.flatMap(({ article: id, probability }): Candidate[] => {
          const article = inLanguage(articles, id, language);
          return article ? [{ article, probability }] : [];
        });
        const confidence = known[0]?.probability ?? 0;
        return {
          decision: known.length === 0 ? 'handoff' : decision,
          confidence,
          candidates: known,
          version,
        };
      },
      async prepare(questions, names, signal) {
        const found = shelf();
        if (vectors !== null && found !== undefined && helps(found.engine))
          await vectors.fetch(questions, names, signal);
      },
      article(id, language) {
        const found = shelf();
        return found === undefined ? null : inLanguage(found.articles, id, language);
      },
    };
  }

  const shared = onShelfOf(() => null);

  const first = reload().catch((error: unknown) => {
    log.error({ err: error }, 'the knowledge base cannot answer; questions go to people');
  });

  return {
    ready: first,
    version: () => ready?.version ?? 0,
    articleCount: () => ready?.base.articles.length ?? 0,
    ...shared,
    of: (brand, customer) =>
      onShelfOf(
        () => knowledgeOf(brand),
        () => answersOf(brand, customer),
      ),
    triedPhrases(brand, customer) {
      const answers = answersOf(brand, customer);
      return answers === null || answers === ready ? null : answers.base.phrases;
    },
    reload,
    async close() {
      closing.abort();
      // How the last training ended was told to whoever began it.
      await Promise.allSettled([last]);
      ready = null;
      tried = null;
    },
  };
}

async function made(
  base: PublishedBase,
  makeEngines: MakeBaseEngine,
  signal: AbortSignal,
): Promise<BaseEngine> {
  try {
    return await makeEngines(base, signal);
  } catch (cause) {
    throw new RelevoError('kb_training_failed', `version ${base.version} cannot be made ready to answer`, {
      hint: 'The version before goes on answering. "relevo kb rollback" publishes an earlier one again.',
      cause,
    });
  }
}

/** An article in a language, or else in the first of Relevo's languages that has it. */
function inLanguage(articles: ReadonlyMap<string, Article>, id: string, language: Language): Article | null {
  for (const one of [language, ...languages]) {
    const article = articles.get(articleKey({ id, language: one }));
    if (article) return article;
  }
  return null;
}
