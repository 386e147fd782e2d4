import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import type { BaseContent, GoldenQuestion, PublishedBase } from '../../core/article.ts';
import { loadEngine, type TrainedEngine } from '../engine/engine.ts';
import type { Gate } from '../engine/gate.ts';
import type { Decision, Engine } from '../engine/types.ts';
import { engineArticle, engineOptions } from '../engine-article.ts';
import { trainGatesInThread } from '../engine-thread.ts';
import { shelfOf, shelfOfGolden, shelvesIn } from '../shelves.ts';
import { enginesOf, type TrainedBases } from '../trained.ts';

/** Shares of wrong answers whose gates are found with each training of a draft. */
export const gateRates: readonly number[] = [
  0.005, 0.01, 0.015, 0.02, 0.03, 0.04, 0.05, 0.06, 0.08, 0.1, 0.12, 0.15, 0.2, 0.25, 0.3,
];

/** The engines of one base: each company's customers are answered by one of their own. */
export interface WorkEngine extends Engine {
  /** The engine for a company, by the name of its knowledge; null: for none of them. */
  of(name: string | null): TrainedEngine;
  /** Decides for the customers who would ask it. */
  decideGolden(golden: GoldenQuestion): Decision;
  /** The gates that other shares of wrong answers would give, in the order of `gateRates`; none of what is published. */
  gatesOf(name: string | null): readonly Gate[];
}

/** Engines to try things with, trained in threads of their own and kept for a while. They decide by words alone. */
export interface Engines {
  /** @throws RelevoError `kb_engine_failed` */
  ofDraft(content: BaseContent): Promise<WorkEngine>;
  /** @throws RelevoError `kb_engine_failed` */
  ofPublished(base: PublishedBase): Promise<WorkEngine>;
  /** Ends trainings that run. */
  close(): void;
}

/** Trains an engine, and finds the gates that some shares of wrong answers would give it. */
export type TrainGates = typeof trainGatesInThread;

interface Shelf {
  readonly engine: TrainedEngine;
  readonly gates: readonly Gate[];
}

/** A draft as it was a moment ago is often asked for again; more of them are only memory. */
const keptEngines = 2;

/** Makes engines when they are first asked for, each once however many ask. */
export function createEngines({
  bases,
  log,
  train: trainOne = trainGatesInThread,
}: {
  readonly bases: TrainedBases;
  readonly log: Logger;
  /** In a thread of its own when left out. */
  readonly train?: TrainGates;
}): Engines {
  const drafts = new LRUCache<string, Promise<WorkEngine>>({ max: keptEngines });
  const published = new LRUCache<number, Promise<WorkEngine>>({ max: keptEngines });
  const closing = new AbortController();

  async function train(content: BaseContent): Promise<WorkEngine> {
    const shelves = new Map<string | null, Shelf>();
    for (const name of shelvesIn(content)) {
      const { articles } = shelfOf(content, name);
      const trained = await trainOne(
        articles.map(engineArticle),
        engineOptions(content),
        gateRates,
        closing.signal,
      );
      shelves.set(name, { engine: loadEngine(trained.bytes), gates: trained.gates });
    }
    return workEngine(content, shelves);
  }

  async function load(base: PublishedBase): Promise<WorkEngine> {
    if (trainOne !== trainGatesInThread) return train(base);
    const made = await enginesOf(base, bases, log, closing.signal);
    const shelves = new Map<string | null, Shelf>();
    for (const [name, engine] of made) {
      // What explains itself has its state with it, as every engine of ours.
      if (!('state' in engine)) return train(base);
      shelves.set(name, { engine: engine as TrainedEngine, gates: [] });
    }
    return workEngine(base, shelves);
  }

  return {
    ofDraft: (content) => remembered(drafts, keyOf(content), () => train(content)),
    ofPublished: (base) => remembered(published, base.version, () => load(base)),
    close: () => closing.abort(),
  };
}

function workEngine(content: BaseContent, shelves: ReadonlyMap<string | null, Shelf>): WorkEngine {
  function shelf(name: string | null): Shelf {
    const found = shelves.get(name) ?? shelves.get(null);
    if (found === undefined) throw new Error('a base without the engine that everybody has');
    return found;
  }
  return {
    of: (name) => shelf(name).engine,
    gatesOf: (name) => shelf(name).gates,
    decide: (...asked) => shelf(null).engine.decide(...asked),
    decideGolden: (golden) =>
      shelf(shelfOfGolden(golden, content)).engine.decide(golden.question, golden.language),
  };
}

/** A failure is not kept: the next who asks tries again. */
function remembered<K extends string | number, V extends object>(
  cache: LRUCache<K, Promise<V>>,
  key: K,
  make: () => Promise<V>,
): Promise<V> {
  const known = cache.get(key);
  if (known !== undefined) return known;
  const made = make();
  cache.set(key, made);
  made.catch(() => {
    if (cache.peek(key) === made) cache.delete(key);
  });
  return made;
}

function keyOf(content: BaseContent): string {
  const { articles } = content;
  return createHash('sha256')
    .update(JSON.stringify([articles, engineOptions(content)]))
    .digest('hex');
}
