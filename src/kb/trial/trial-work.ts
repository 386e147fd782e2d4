import type { BaseContent, PublishedBase } from '../../core/article.ts';
import type { Clock } from '../../core/clock.ts';
import { RelevoError } from '../../core/errors.ts';
import type { Json } from '../../core/json.ts';
import type { KnowledgeBases } from '../bases.ts';
import { countGrades, type GoldenResult } from '../golden-run.ts';
import { proveDraft, type Train } from '../proof.ts';
import { showWorse } from '../proof-report.ts';
import { baseTopic, publishable, publishContent, rollBack } from '../publish.ts';
import type { KnowledgeLog } from '../read-log.ts';
import { sameContent } from '../same-content.ts';
import type { WriteDown, Writer } from '../workbench/write-down.ts';
import { createTrialCounter, type TrialCounter } from './count-trial.ts';
import { alpha, evidenceOf, type ShareRange, shareRange, verdictOf } from './evidence.ts';
import {
  noCounts,
  type Side,
  type SideCounts,
  type Trial,
  type TrialCounts,
  type TrialEnd,
  type WrongAnswers,
} from './trial.ts';
import { createTrialRecord, type TrialMemory } from './trial-record.ts';

/** What one side has shown, with how sure that is. */
export interface SideFigures extends SideCounts {
  readonly version: number;
  /** Of those who were decided; null: of nobody yet. */
  readonly ranges: Readonly<Record<'resolved' | 'disliked' | 'handedOver', ShareRange | null>>;
  /** Of the golden questions, those answered wrongly; null without any. */
  readonly wrong: { readonly count: number; readonly of: number; readonly range: ShareRange } | null;
}

/** A trial as it stands. */
export interface TrialStatus {
  readonly trial: Trial;
  /** When it was counted last; null: not yet. */
  readonly countedAt: number | null;
  readonly sides: Readonly<Record<Side, SideFigures>>;
  readonly byBrand: TrialCounts['byBrand'];
  /** From 1, none; at `stopsAt` the side with fewer resolved is clearly worse. */
  readonly evidence: number;
  readonly stopsAt: number;
}

/** What is tried, with whom. */
export interface TrialWish {
  /** A version that is not live; null: the draft as it is, frozen as a version of its own. */
  readonly version: number | null;
  /** The share of customers whom it answers, above 0 and below 1. */
  readonly share: number;
  /** Only customers of these companies; null: of all. */
  readonly brands: readonly string[] | null;
  /** Also when golden questions get worse; then the writer's reason says why. */
  readonly force: boolean;
}

/** Tries a version with some customers beside what is live. */
export interface TrialWork {
  status(): Promise<TrialStatus | null>;
  /**
   * @throws RelevoError `kb_trial_running`, `kb_unpublished`, `kb_version_unknown`, `kb_trial_same`, `kb_regression` with the
   *   questions, and of a draft as `publishable` does
   */
  start(writer: Writer, wish: TrialWish): Promise<Trial>;
  /**
   * Ends the trial: the candidate becomes what all are answered by, as a new version, or nobody is.
   * @throws RelevoError `kb_trial_none`
   */
  end(writer: Writer, how: 'made-live' | 'dropped'): Promise<Trial>;
  /** Counts anew and stops the trial when its rule says so: one process of the installation does it now and then. */
  watch(): Promise<void>;
}

/** What trials are made of. */
export interface TrialDeps {
  readonly bases: KnowledgeBases;
  readonly memory: TrialMemory;
  readonly log: KnowledgeLog;
  readonly signals: { publish(topic: string): void };
  readonly writeDown: WriteDown;
  /** In this thread when left out. */
  readonly train?: Train;
  readonly clock: Clock;
  readonly id: () => string;
}

/** Who ends a trial that its rule stops. */
const relevo: Writer = { id: 'relevo', name: 'Relevo', reason: '' };

const nothing: TrialCounts = { live: noCounts, candidate: noCounts, byBrand: {} };

/** Works on the one trial that an installation may have at a time. */
export function createTrialWork(deps: TrialDeps): TrialWork {
  const { bases, clock, signals, writeDown } = deps;
  const record = createTrialRecord(deps.memory);
  let counting: { readonly id: string; readonly counter: TrialCounter } | null = null;

  async function candidateOf(version: number | null, current: PublishedBase): Promise<BaseContent> {
    if (version === null) return (await publishable(bases)).draft;
    const found = await bases.version(version);
    if (found === null)
      throw new RelevoError('kb_version_unknown', `there is no version ${version}`, {
        hint: '"relevo kb versions" lists them.',
      });
    if (sameContent(found, current))
      throw new RelevoError('kb_trial_same', `version ${version} is the same as what is live`);
    return found;
  }

  async function over(
    trial: Trial,
    why: TrialEnd,
    writer: Writer,
    counts: TrialCounts,
  ): Promise<Trial | null> {
    const ended = { at: clock.now(), why, by: writer.name, counts };
    const done = await record.end(trial.id, ended);
    if (done === null) return null;
    signals.publish(baseTopic);
    const { live, candidate } = counts;
    const after: Json = { why, live: { ...live }, candidate: { ...candidate } };
    await writeDown(writer, `trial.${why}`, `version/${trial.candidate}`, null, after);
    return done;
  }

  const known = async (trial: Trial): Promise<TrialCounts> =>
    trial.ended?.counts ?? (await record.counts(trial.id))?.counts ?? nothing;

  return {
    async status() {
      const trial = await record.newest();
      if (trial === null) return null;
      const [counts, counted] = [await known(trial), await record.counts(trial.id)];
      return {
        trial,
        countedAt: counted?.at ?? null,
        sides: {
          live: figuresOf(counts.live, trial.live, trial.golden?.live),
          candidate: figuresOf(counts.candidate, trial.candidate, trial.golden?.candidate),
        },
        byBrand: counts.byBrand,
        evidence: evidenceOf(counts, trial.share),
        stopsAt: 1 / alpha,
      };
    },
    async start(writer, { version, share, brands, force }) {
      const current = await bases.current();
      if (current === null)
        throw new RelevoError('kb_unpublished', 'nothing is published that could be tried beside something');
      if ((await record.running()) !== null)
        throw new RelevoError('kb_trial_running', 'a trial runs already', {
          hint: 'End it first: make the candidate live, or drop it.',
        });
      const content = await candidateOf(version, current);
      const train = deps.train === undefined ? {} : { train: deps.train };
      const proof = content.golden.length === 0 ? null : await proveDraft(content, current, train);
      const comparison = proof?.published?.comparison;
      if (comparison?.regression && !force)
        throw new RelevoError(
          'kb_regression',
          `nothing was begun, the candidate is worse:${showWorse(comparison)}`,
          { hint: 'Correct it, or say why customers are to get it all the same.' },
        );
      const publication = { by: writer.name, comment: writer.reason || 'For a trial' };
      const candidate =
        version ?? (await publishContent(deps, content, publication, [current], true)).version;
      const trial: Trial = {
        id: deps.id(),
        candidate,
        live: current.version,
        share,
        brands,
        seed: deps.id(),
        startedAt: clock.now(),
        startedBy: writer.name,
        reason: writer.reason,
        golden:
          proof === null
            ? null
            : { live: wrongIn(proof.published?.before ?? []), candidate: wrongIn(proof.after) },
        ended: null,
      };
      await record.begin(trial);
      signals.publish(baseTopic);
      await writeDown(writer, 'trial.start', `version/${candidate}`, current.version, {
        share,
        brands: brands === null ? null : [...brands],
        forced: comparison?.regression === true,
      });
      return trial;
    },
    async end(writer, how) {
      const trial = await record.newest();
      const decided = trial?.ended?.why === 'dropped' || trial?.ended?.why === 'made-live';
      // What its rule has stopped may still be made live: it may well be the better one.
      const stopped = trial?.ended?.why === 'candidate-worse' || trial?.ended?.why === 'live-worse';
      if (trial === null || decided || (trial.ended !== null && !(stopped && how === 'made-live')))
        throw new RelevoError('kb_trial_none', 'no trial runs');
      const counts = await known(trial);
      if (how === 'made-live') {
        const before = (await bases.current())?.version ?? null;
        const comment = writer.reason || `Version ${trial.candidate}, after its trial`;
        const done = await rollBack({ bases, clock }, trial.candidate, { by: writer.name, comment });
        await writeDown(writer, 'base.publish', `version/${done.version}`, before, trial.candidate);
        signals.publish(baseTopic);
      }
      return (await over(trial, how, writer, counts)) ?? trial;
    },
    async watch() {
      const trial = await record.running();
      if (trial === null) {
        counting = null;
        return;
      }
      if ((await bases.current())?.version !== trial.live) {
        await over(trial, 'published', relevo, await known(trial));
        return;
      }
      if (counting?.id !== trial.id)
        counting = { id: trial.id, counter: createTrialCounter(trial, deps.log) };
      const at = clock.now();
      const counts = await counting.counter.count(at);
      await record.keepCounts(trial.id, at, counts);
      const why = verdictOf(counts, trial.share);
      if (why !== null) await over(trial, why, relevo, counts);
    },
  };
}

function figuresOf(counts: SideCounts, version: number, golden: WrongAnswers | undefined): SideFigures {
  const { customers, resolved, disliked, handedOver } = counts;
  const range = golden === undefined ? null : shareRange(golden.wrong, golden.of);
  return {
    ...counts,
    version,
    ranges: {
      resolved: shareRange(resolved, customers),
      disliked: shareRange(disliked, customers),
      handedOver: shareRange(handedOver, customers),
    },
    wrong: golden === undefined || range === null ? null : { count: golden.wrong, of: golden.of, range },
  };
}

function wrongIn(results: readonly GoldenResult[]): WrongAnswers {
  return { wrong: countGrades(results).wrong, of: results.length };
}
