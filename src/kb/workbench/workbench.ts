import { setImmediate } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Article, BaseContent, GoldenQuestion, PublishedBase } from '../../core/article.ts';
import type { Clock } from '../../core/clock.ts';
import { RelevoError } from '../../core/errors.ts';
import type { Json } from '../../core/json.ts';
import type { Language } from '../../core/language.ts';
import type { KnowledgeBases } from '../bases.ts';
import { type Gap, maxQuestions, type SettledGap } from '../gap.ts';
import type { Accepted } from '../gap-accept.ts';
import { groupGapsInThread } from '../gap-thread.ts';
import { createGapWork, type GapDecision, type GapWorkDeps, type ProposedGap } from '../gap-work.ts';
import type { LintFinding } from '../lint.ts';
import { lintInThread } from '../lint-thread.ts';
import type { MissedKeeper } from '../missed-keeper.ts';
import { type Proof, proveDraft } from '../proof.ts';
import type { Published } from '../publish.ts';
import type { Played } from '../rehearsal/play.ts';
import { shelfOf, shelfOfGolden } from '../shelves.ts';
import { type ArticleWork, createArticleWork, type DraftArticle } from './article-work.ts';
import { type AskedQuestion, type AskedQuestionsDeps, createAskedQuestions } from './asked-questions.ts';
import { type BaseChanges, changesBetween } from './base-changes.ts';
import { decidedOnce } from './decided-once.ts';
import { createEngines, gateRates, type TrainGates, type WorkEngine } from './engines.ts';
import { type ExampleOpinion, opinionsOf } from './example-opinion.ts';
import { createGapDecisions } from './gap-decisions.ts';
import { type GatePoint, gateCurve } from './gate-curve.ts';
import { createGoldenWork } from './golden-work.ts';
import { createKeptGaps, type FoundGaps } from './kept-gaps.ts';
import { lastMade } from './last-made.ts';
import { createPublishing } from './publishing.ts';
import { remember } from './remember.ts';
import { type Replay, replay } from './replay.ts';
import { createReplayJobs, type ReplayJob, type ReplayJobsDeps } from './replay-jobs.ts';
import { type Converse, type TrialSide, type TrialTurn, trySide } from './trial.ts';
import type { WriteDown, Writer } from './write-down.ts';
import { setWrongRate } from './wrong-rate.ts';

/** One entry of what was written down about an article. */
export interface HistoryEntry {
  readonly number: number;
  readonly at: number;
  readonly who: { readonly id: string; readonly name: string };
  readonly action: string;
  readonly reason: string;
  readonly before: Json;
  readonly after: Json;
}

/** A published version, without what it holds. */
export type Version = Omit<PublishedBase, keyof BaseContent> & { readonly articleCount: number };

/** What the workbench is made of. */
export interface WorkbenchDeps {
  readonly bases: KnowledgeBases & { versions(): Promise<readonly Version[]> };
  readonly gaps: GapWorkDeps['gaps'];
  readonly log: AskedQuestionsDeps['log'];
  readonly missed: MissedKeeper;
  readonly cursors: ReplayJobsDeps['cursors'];
  readonly signals: ReplayJobsDeps['signals'];
  readonly writeDown: WriteDown;
  /** What was written down about something, newest first. */
  readonly written: (subject: string, limit: number) => Promise<readonly HistoryEntry[]>;
  readonly converse: Converse;
  /** Plays a draft's rehearsals to it. */
  readonly rehearse: (draft: BaseContent) => Promise<readonly Played[]>;
  /** By which name articles say that they are for a company. */
  readonly knowledgeOf: (brand: string | null) => string | null;
  /** Trains engines; in threads of their own when left out. */
  readonly train?: TrainGates;
  readonly clock: Clock;
  readonly id: () => string;
  readonly logger: Logger;
}

/** The gate as it stands, and what others would make of the questions. */
export interface GateView {
  readonly wrongRate: number;
  /** Null: nothing is published. */
  readonly publishedWrongRate: number | null;
  readonly points: readonly GatePoint[];
}

/** Where supervisors tune the answers: what the commands of `relevo kb` do, with everything that is changed written down. */
export interface Workbench {
  readonly articles: ArticleWork;
  /** At once, as they were found last. */
  gaps(days: number): Promise<FoundGaps>;
  /** One of them, which is waited for where it is not known yet; undefined: there is none such. */
  gap(id: string, days: number): Promise<ProposedGap | undefined>;
  /** @throws RelevoError as `GapWork.accept` does */
  acceptGap(writer: Writer, id: string, days: number, decision: GapDecision): Promise<Accepted>;
  /** @throws RelevoError `kb_gap_unknown` */
  dismissGap(writer: Writer, id: string, days: number): Promise<Gap>;
  /** The article that accepting a gap as one would add. @throws RelevoError `kb_gap_unknown` */
  draftGap(id: string, days: number, article: string): Promise<Article>;
  /** @throws RelevoError as `GapDecisions.restore` does */
  restoreGap(writer: Writer, id: string): Promise<void>;
  settledGaps(): Promise<readonly SettledGap[]>;
  history(key: string, limit: number): Promise<readonly HistoryEntry[]>;
  /** Saves an article as it was after an entry of its history. @throws RelevoError `kb_entry_unknown`, and as `ArticleWork.save` */
  restore(writer: Writer, key: string, entry: number, etag: string | null): Promise<DraftArticle>;
  lint(): Promise<readonly LintFinding[]>;
  /** What the draft's engine makes of examples. @param article they are of, which need not be there yet */
  opinions(
    article: Pick<Article, 'id' | 'language'>,
    examples: readonly string[],
  ): Promise<readonly ExampleOpinion[]>;
  /** A conversation, on what is published (null before the first) and on the draft. */
  tryOut(
    turns: readonly TrialTurn[],
    language: Language,
    brand: string | null,
  ): Promise<{ readonly published: TrialSide | null; readonly draft: TrialSide }>;
  /** @param questions how many of the newest real ones are asked */
  gate(questions: number): Promise<GateView>;
  setWrongRate(writer: Writer, wrongRate: number): Promise<void>;
  /** Begins to ask the newest real questions of what is published and of the draft. @throws RelevoError `kb_unpublished`, `kb_replay_busy` */
  startReplay(writer: Writer, questions: number): Promise<ReplayJob>;
  /** Newest first, of every process. */
  replayJobs(): Promise<readonly ReplayJob[]>;
  replayJob(id: string): Promise<{ readonly job: ReplayJob; readonly result: Replay | null } | null>;
  cancelReplay(id: string): Promise<boolean>;
  /** Calls back whenever there may be news of a replay. */
  watchReplay(id: string, listener: () => void): () => void;
  golden(): Promise<readonly GoldenQuestion[]>;
  /** Adds a golden question, or changes what is expected of it. */
  setGolden(writer: Writer, golden: GoldenQuestion): Promise<void>;
  /** @returns false when there is none such */
  removeGolden(
    writer: Writer,
    golden: Pick<GoldenQuestion, 'question' | 'language' | 'brand'>,
  ): Promise<boolean>;
  versions(): Promise<readonly Version[]>;
  /** What publishing the draft would change. `version` is what is published, `revision` the draft's. */
  changes(): Promise<{
    readonly version: number | null;
    readonly revision: number;
    readonly changes: BaseChanges;
  }>;
  /** What a version holds, and otherwise than the one before it. Null: there is no such version. */
  versionHeld(version: number): Promise<{ readonly held: BaseContent; readonly changes: BaseChanges } | null>;
  /** What the golden questions say of the draft; null where there are none. */
  proof(): Promise<Proof | null>;
  /** @throws RelevoError as `publishProven` does */
  publish(writer: Writer, force: boolean): Promise<Published & { readonly proof: Proof | null }>;
  /** @throws RelevoError as `rollBack` does */
  rollBack(writer: Writer, version: number): Promise<Published>;
  /** Ends what runs. */
  close(): void;
}

const hourMs = 3_600_000;
const historyRead = 200;
const inARow = 5;

/** Builds the workbench. */
export function createWorkbench(deps: WorkbenchDeps): Workbench {
  const { bases, clock, writeDown, log, missed, signals } = deps;
  const engines = createEngines({
    bases,
    log: deps.logger,
    ...(deps.train === undefined ? {} : { train: deps.train }),
  });
  const engineOf = (content: BaseContent | PublishedBase) =>
    'version' in content ? engines.ofPublished(content) : engines.ofDraft(content);
  const gapWork = createGapWork({
    bases,
    gaps: deps.gaps,
    clock,
    engineOf: engines.ofDraft,
    missed: async (from) => await missed.read(from, maxQuestions),
    known: (id, days) => kept.one(id, days),
    ...(deps.train === undefined ? { group: groupGapsInThread } : {}),
  });
  const kept = createKeptGaps({
    async made() {
      const [changes, { revision }, settled] = await Promise.all([
        missed.refresh(),
        bases.heads(),
        deps.gaps.settled(),
      ]);
      return [changes, revision, settled.length, Math.floor(clock.now() / hourMs)].join(' ');
    },
    find: gapWork.list,
    clock,
    log: deps.logger,
  });
  const asked = createAskedQuestions({ log, clock });
  const decideGolden = decidedOnce((engine: WorkEngine, golden: GoldenQuestion) =>
    engine.decideGolden(golden),
  );
  const decideAsked = decidedOnce((engine: WorkEngine, { question, brand, language }: AskedQuestion) =>
    engine.of(deps.knowledgeOf(brand)).decide(question, language),
  );
  const articles = createArticleWork({ bases, writeDown });
  const changesOf = lastMade(changesBetween);
  const lintOf = remember(lintInThread);
  const goldenWork = createGoldenWork({ bases, writeDown });
  const publishing = createPublishing({
    ...deps,
    bases: {
      ...bases,
      async publish(base) {
        const version = await bases.publish(base);
        await engines.keep(version, base);
        return version;
      },
    },
  });
  const decisions = createGapDecisions({ work: gapWork, bases, writeDown, written: deps.written });
  const jobs = createReplayJobs({
    cursors: deps.cursors,
    signals,
    id: deps.id,
    now: () => clock.now(),
    log: deps.logger,
  });

  async function drafted(): Promise<BaseContent> {
    const { revision: _, ...content } = await bases.draft();
    return content;
  }

  return {
    articles,
    gaps: kept.look,
    gap: kept.one,
    async acceptGap(writer, id, days, decision) {
      const accepted = await decisions.accept(writer, id, days, decision);
      kept.drop(id);
      return accepted;
    },
    async dismissGap(writer, id, days) {
      const gap = await decisions.dismiss(writer, id, days);
      kept.drop(id);
      return gap;
    },
    draftGap: (id, days, article) => gapWork.draft(id, days, article),
    async restoreGap(writer, id) {
      await decisions.restore(writer, id);
      kept.forget();
    },
    settledGaps: () => deps.gaps.settled(),
    history: (key, limit) => deps.written(`article/${key}`, limit),
    async restore(writer, key, number, etag) {
      const entries = await deps.written(`article/${key}`, historyRead);
      const entry = entries.find((one) => one.number === number);
      if (entry === undefined || entry.after === null)
        throw new RelevoError('kb_entry_unknown', `the history of "${key}" has no article under ${number}`);
      return articles.save(writer, entry.after, etag);
    },
    lint: async () => lintOf(await bases.draft()),
    async opinions(article, examples) {
      const draft = await drafted();
      return opinionsOf(article, examples, draft, await engines.ofDraft(draft));
    },
    async tryOut(turns, language, brand) {
      const name = deps.knowledgeOf(brand);
      const [draft, current] = await Promise.all([drafted(), bases.current()]);
      const side = async (
        content: BaseContent,
        version: number | null,
        engine: ReturnType<typeof engineOf>,
      ) =>
        trySide(
          { engine: (await engine).of(name), content: shelfOf(content, name), version },
          turns,
          language,
          deps.converse,
        );
      const [published, tried] = await Promise.all([
        current === null ? null : side(current, current.version, engines.ofPublished(current)),
        side(draft, null, engines.ofDraft(draft)),
      ]);
      return { published, draft: tried };
    },
    async gate(questions) {
      const [draft, current] = await Promise.all([drafted(), bases.current()]);
      const [engine, real] = await Promise.all([engines.withGates(draft), asked.newest(questions)]);
      const rates = gateRates.map((wrongRate, place) => {
        return { wrongRate, answerFrom: engine.gatesOf(null)[place]?.answerFrom ?? 1 };
      });
      const golden = await inTurns(draft.golden, (question) => {
        const gates = engine.gatesOf(shelfOfGolden(question, draft));
        return { question, decision: decideGolden(engine, question), gates };
      });
      const ended = await inTurns(real, (question) => {
        const gates = engine.gatesOf(deps.knowledgeOf(question.brand));
        return { question, decision: decideAsked(engine, question), gates };
      });
      return {
        wrongRate: draft.wrongRate,
        publishedWrongRate: current?.wrongRate ?? null,
        points: gateCurve(golden, ended, rates),
      };
    },
    setWrongRate: (writer, wrongRate) => setWrongRate(deps, writer, wrongRate),
    async startReplay(writer, questions) {
      const [{ revision, ...draft }, current] = await Promise.all([bases.draft(), bases.current()]);
      if (current === null)
        throw new RelevoError('kb_unpublished', 'nothing is published that the draft could be compared with');
      return jobs.start({
        by: writer.name,
        revision,
        version: current.version,
        async run(progress, signal) {
          const real = await asked.newest(questions);
          const { knowledgeOf } = deps;
          return replay({ draft, current, questions: real, engineOf, knowledgeOf, progress, signal });
        },
      });
    },
    replayJobs: jobs.list,
    replayJob: jobs.get,
    cancelReplay: jobs.cancel,
    watchReplay: jobs.watch,
    golden: async () => (await bases.draft()).golden,
    setGolden: goldenWork.set,
    removeGolden: goldenWork.remove,
    versions: () => bases.versions(),
    async changes() {
      const [draft, current] = await Promise.all([bases.draft(), bases.current()]);
      const { revision } = draft;
      return { version: current?.version ?? null, revision, changes: changesOf(current, draft) };
    },
    async versionHeld(version) {
      const [held, before] = await Promise.all([
        bases.version(version),
        version > 1 ? bases.version(version - 1) : null,
      ]);
      return held === null ? null : { held, changes: changesBetween(before, held) };
    },
    async proof() {
      const [draft, current] = await Promise.all([drafted(), bases.current()]);
      return draft.golden.length === 0 ? null : proveDraft(draft, current, { train: engineOf });
    },
    publish: (writer, force) => publishing.publish(writer, { force }, { train: engineOf }),
    rollBack: publishing.rollBack,
    close() {
      jobs.close();
      engines.close();
    },
  };
}

/** Asks questions a few at a time, so that others have their turn. */
async function inTurns<One, Made>(all: readonly One[], make: (one: One) => Made): Promise<Made[]> {
  const made: Made[] = [];
  for (const [place, one] of all.entries()) {
    if (place % inARow === inARow - 1) await setImmediate();
    made.push(make(one));
  }
  return made;
}
