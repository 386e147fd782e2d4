import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import type { BaseContent, GoldenQuestion, PublishedBase } from '../../core/article.ts';
import type { KnowledgeBases } from '../bases.ts';
import { loadEngine, saveEngine, type TrainedEngine } from '../engine/engine.ts';
import type { Gate } from '../engine/gate.ts';
import type { Decision, Engine } from '../engine/types.ts';
import { engineArticle, engineOptions } from '../engine-article.ts';
import { trainGatesInThread } from '../engine-thread.ts';
import { packShelves } from '../packed-shelves.ts';
import { shelfOf, shelfOfGolden, shelvesIn } from '../shelves.ts';
import { enginesOf, keepTrained, type Train, type TrainedBases } from '../trained.ts';
import { lastMade } from './last-made.ts';
import { remembered } from './remember.ts';

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
}

/** Engines that were trained with what gates of other shares would be. */
export interface GatedEngine extends WorkEngine {
  /** The gates that other shares of wrong answers would give, in the order of `gateRates`. */
  gatesOf(name: string | null): readonly Gate[];
}

/** Engines to try things with, trained in threads of their own and kept for a while. They decide by words alone. */
export interface Engines {
  /** That of what is or was just published, where the draft gives the same one. @throws RelevoError `kb_engine_failed` */
  ofDraft(content: BaseContent): Promise<WorkEngine>;
  /** @throws RelevoError `kb_engine_failed` */
  withGates(content: BaseContent): Promise<GatedEngine>;
  /** @throws RelevoError `kb_engine_failed` */
  ofPublished(base: PublishedBase): Promise<WorkEngine>;
  /** Keeps with a version the engine of the draft that it was published from, where that is trained: it answers at once. */
  keep(version: number, content: BaseContent): Promise<void>;
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
/** After going back the draft is still what was published before. */
const versionsBack = 3;

/** Makes engines when they are first asked for, each once however many ask. */
export function createEngines({
  bases,
  log,
  train: trainOne = trainGatesInThread,
}: {
  readonly bases: TrainedBases & Pick<KnowledgeBases, 'current' | 'version'>;
  readonly log: Logger;
  /** In a thread of its own when left out. */
  readonly train?: TrainGates;
}): Engines {
  const drafts = new LRUCache<string, Promise<GatedEngine>>({ max: keptEngines });
  const published = new LRUCache<number, Promise<WorkEngine>>({ max: keptEngines });
  const keyOfVersion = new LRUCache<number, string>({ max: 2 * versionsBack });
  const keyOfCurrent = lastMade((current: PublishedBase) => keyOf(current));
  const closing = new AbortController();

  async function train(content: BaseContent): Promise<GatedEngine> {
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
    const engines = new Map([...shelves].map(([name, { engine }]) => [name, engine]));
    return {
      ...workEngine(content, engines),
      gatesOf: (name) => onShelf(shelves, name).gates,
    };
  }

  async function load(base: PublishedBase): Promise<WorkEngine> {
    const made = await enginesOf(base, bases, log, closing.signal, null, trainPlain);
    const engines = new Map<string | null, TrainedEngine>();
    for (const [name, engine] of made) {
      // What explains itself has its state with it, as every engine of ours.
      if (!('state' in engine)) return train(base);
      engines.set(name, engine as TrainedEngine);
    }
    return workEngine(base, engines);
  }

  /** What is published, or a version shortly before it whose engine is stored, where it gives the same engine. */
  async function alikeVersion(key: string): Promise<PublishedBase | null> {
    const current = await bases.current();
    if (current === null || keyOfCurrent(current) === key) return current;
    for (let back = 1; back <= versionsBack; back += 1) {
      const version = current.version - back;
      if (version < 1) break;
      const known = keyOfVersion.get(version);
      const earlier = known === undefined || known === key ? await bases.version(version) : null;
      if (earlier === null) continue;
      const found = known ?? keyOf(earlier);
      keyOfVersion.set(version, found);
      if (found === key && (await bases.trained(version)) !== null) return earlier;
    }
    return null;
  }

  const trainPlain: Train = async (articles, options = {}, signal) =>
    (await trainOne(articles, options, [], signal)).bytes;
  const withGates = (content: BaseContent) => remembered(drafts, keyOf(content), () => train(content));
  const ofPublished = (base: PublishedBase) => remembered(published, base.version, () => load(base));

  return {
    withGates,
    ofPublished,
    async ofDraft(content) {
      const key = keyOf(content);
      if (drafts.has(key)) return withGates(content);
      const alike = await alikeVersion(key);
      return alike === null ? withGates(content) : ofPublished(alike);
    },
    async keep(version, content) {
      const made = await drafts.get(keyOf(content));
      if (made === undefined) return;
      const bytes = new Map(shelvesIn(content).map((name) => [name, saveEngine(made.of(name))]));
      await keepTrained(version, packShelves(bytes), bases, log);
    },
    close: () => closing.abort(),
  };
}

function workEngine(content: BaseContent, engines: ReadonlyMap<string | null, TrainedEngine>): WorkEngine {
  const of = (name: string | null) => onShelf(engines, name);
  return {
    of,
    answersFrom: of(null).answersFrom,
    decide: (...asked) => of(null).decide(...asked),
    decideGolden: (golden) => of(shelfOfGolden(golden, content)).decide(golden.question, golden.language),
  };
}

/** What is for a company, or else for everybody. */
function onShelf<One>(shelves: ReadonlyMap<string | null, One>, name: string | null): One {
  const found = shelves.get(name) ?? shelves.get(null);
  if (found === undefined) throw new Error('a base without the engine that everybody has');
  return found;
}

/** Of all that the training is told: whatever else differs, the engine is the same. */
function keyOf(content: BaseContent): string {
  const told = content.articles.map((article) => [engineArticle(article), article.brands ?? []]);
  return createHash('sha256')
    .update(JSON.stringify([told, engineOptions(content)]))
    .digest('hex');
}
