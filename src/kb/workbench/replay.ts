import { setImmediate } from 'node:timers/promises';
import type { BaseContent, PublishedBase } from '../../core/article.ts';
import type { Decision, Engine } from '../engine/types.ts';
import { sureOf } from '../golden-run.ts';
import { type Proof, proveDraft } from '../proof.ts';
import type { AskedQuestion } from './asked-questions.ts';
import type { WorkEngine } from './engines.ts';

/** How a question was, or would be, dealt with. */
export interface Dealt extends Pick<Decision, 'decision' | 'article'> {
  /** That the article is the right one, 0 to 1. */
  readonly confidence: number;
}

/** A real question that the draft deals with otherwise. */
export interface ReplayChange {
  readonly question: AskedQuestion;
  readonly change: 'newly-answered' | 'newly-asked' | 'newly-handed-over' | 'other-article';
  readonly before: Dealt;
  readonly after: Dealt;
}

/** What a draft makes of real questions and of the golden ones. */
export interface Replay {
  readonly questions: number;
  readonly same: number;
  readonly changes: readonly ReplayChange[];
  /** Answered, asked back, handed over: by the published version and by the draft. */
  readonly before: Readonly<Record<Decision['decision'], number>>;
  readonly after: Readonly<Record<Decision['decision'], number>>;
  /** Null where there are no golden questions. */
  readonly proof: Proof | null;
}

/** Where a replay stands. */
export interface ReplayStep {
  readonly stage: 'training' | 'replaying' | 'proving';
  readonly done: number;
  readonly of: number;
}

/** What a replay takes. */
export interface ReplayWork {
  readonly draft: BaseContent;
  readonly current: PublishedBase;
  readonly questions: readonly AskedQuestion[];
  readonly engineOf: (content: BaseContent | PublishedBase) => Promise<WorkEngine>;
  /** By which name articles say that they are for a company. */
  readonly knowledgeOf: (brand: string | null) => string | null;
  readonly progress: (step: ReplayStep) => void;
  readonly signal: AbortSignal;
}

/** Questions asked in a row before others have their turn: a few milliseconds. */
const inARow = 5;

/** Asks the published version and the draft what customers really asked, and the golden questions. @throws the signal's reason */
export async function replay({
  draft,
  current,
  questions,
  engineOf,
  knowledgeOf,
  progress,
  signal,
}: ReplayWork): Promise<Replay> {
  progress({ stage: 'training', done: 0, of: questions.length });
  const engines = Promise.all([engineOf(current), engineOf(draft)]);
  const [published, tried] = await untilAborted(engines, signal);
  const changes: ReplayChange[] = [];
  const before = { answer: 0, clarify: 0, handoff: 0 };
  const after = { answer: 0, clarify: 0, handoff: 0 };
  for (const [place, question] of questions.entries()) {
    if (place % inARow === 0) {
      signal.throwIfAborted();
      progress({ stage: 'replaying', done: place, of: questions.length });
      await setImmediate();
    }
    const name = knowledgeOf(question.brand);
    const [was, is] = [dealt(published.of(name), question), dealt(tried.of(name), question)];
    before[was.decision] += 1;
    after[is.decision] += 1;
    const change = changeOf(was, is);
    if (change !== null) changes.push({ question, change, before: was, after: is });
  }
  const of = draft.golden.length;
  progress({ stage: 'proving', done: 0, of });
  const proof =
    of === 0
      ? null
      : await proveDraft(draft, current, {
          train: engineOf,
          signal,
          progress: (step) => progress({ stage: 'proving', done: 'done' in step ? step.done : 0, of }),
        });
  return {
    questions: questions.length,
    same: questions.length - changes.length,
    changes,
    before,
    after,
    proof,
  };
}

/** What is made is waited for no longer than anybody wants it; it goes on, for whoever asks next. @throws the signal's reason */
async function untilAborted<Made>(made: Promise<Made>, signal: AbortSignal): Promise<Made> {
  signal.throwIfAborted();
  const over = new AbortController();
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { signal: over.signal });
  });
  try {
    return await Promise.race([made, aborted]);
  } finally {
    over.abort();
  }
}

function dealt(engine: Engine, { question, language }: AskedQuestion): Dealt {
  const decided = engine.decide(question, language);
  return { decision: decided.decision, article: decided.article, confidence: sureOf(decided) };
}

function changeOf(before: Dealt, after: Dealt): ReplayChange['change'] | null {
  if (before.decision === after.decision)
    return after.decision === 'answer' && before.article !== after.article ? 'other-article' : null;
  const changes = { answer: 'newly-answered', clarify: 'newly-asked', handoff: 'newly-handed-over' } as const;
  return changes[after.decision];
}
