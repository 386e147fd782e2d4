import type { Article, BaseContent } from '../core/article.ts';
import type { Clock } from '../core/clock.ts';
import { RelevoError } from '../core/errors.ts';
import type { KnowledgeBases } from './bases.ts';
import { changeDraft } from './draft.ts';
import type { Engine } from './engine/types.ts';
import { type Gap, isSettled, type SettledGap, type Wording } from './gap.ts';
import { type Accepted, acceptAsArticle, acceptAsExample, draftArticle } from './gap-accept.ts';
import { groupGaps, type Missed, type Settled } from './gap-grouping.ts';
import type { GapProposal } from './gap-proposal.ts';
import type { MissedQuestion } from './missed-question.ts';
import type { BaseEngine } from './shelves.ts';

/** What working on gaps takes. */
export interface GapWorkDeps {
  readonly bases: Pick<KnowledgeBases, 'draft' | 'saveDraft'>;
  readonly gaps: { settled(): Promise<SettledGap[]>; settle(gap: SettledGap): Promise<void> };
  /** What was missed since a moment, oldest first. */
  readonly missed: (from: number) => Promise<readonly MissedQuestion[]>;
  readonly clock: Clock;
  /** An engine trained on a draft; asked for only where something was missed. */
  readonly engineOf: (content: BaseContent) => Promise<Engine & Partial<Pick<BaseEngine, 'of'>>>;
  /** By which name articles say that they are for a company; absent: by its own. */
  readonly knowledgeOf?: (brand: string) => string;
  /** A gap as it was found last, which decisions go by; found anew each time when left out. */
  readonly known?: (id: string, days: number) => Promise<ProposedGap | undefined>;
  /** Groups what was missed; here and now when left out, which holds up everybody else. */
  readonly group?: (
    missed: readonly Missed<Engine>[],
    by: Settled,
  ) => readonly ProposedGap[] | Promise<readonly ProposedGap[]>;
}

/** A gap and what could close it. */
export interface ProposedGap {
  readonly gap: Gap;
  readonly proposal: GapProposal;
}

/** What a person wants of a gap: its wordings as examples of an article, or an article of what the agents answered. */
export interface GapDecision {
  readonly action: 'example' | 'article';
  /** The article's id. */
  readonly article: string;
  /** With `example`: these instead of the gap's own wordings. */
  readonly wordings?: readonly Wording[];
  /** With `article`: what a person made of the draft. */
  readonly edited?: object;
}

/** The gaps in the knowledge base, and what people do about them. `days`: how far to look back. */
export interface GapWork {
  /** The most costly first. */
  list(days: number): Promise<readonly ProposedGap[]>;
  /** @throws RelevoError `kb_gap_unknown` */
  one(id: string, days: number): Promise<ProposedGap>;
  /**
   * Puts what a gap needs into the draft; nothing is published.
   * @throws RelevoError `kb_gap_unknown`, `kb_draft_busy`, and as `acceptAsExample` and `acceptAsArticle` do
   */
  accept(
    id: string,
    days: number,
    decision: GapDecision,
  ): Promise<Accepted & { readonly before: BaseContent }>;
  /** The article that `accept` would add; its answer is empty where nobody has answered. @throws RelevoError `kb_gap_unknown` */
  draft(id: string, days: number, article: string): Promise<Article>;
  /** Hides a gap, for a reason that is remembered, until more have asked anew. @throws RelevoError `kb_gap_unknown` */
  dismiss(id: string, days: number, reason: string): Promise<Gap>;
  /** Takes back the newest decision about a gap: its questions are missed again. @throws RelevoError `kb_gap_unknown` */
  restore(id: string, reason: string): Promise<SettledGap>;
}

const dayMs = 24 * 3_600_000;

/** Finds gaps and does what people decide about them. */
export function createGapWork(deps: GapWorkDeps): GapWork {
  const { bases, gaps, clock, engineOf, knowledgeOf = (brand) => brand, group = groupGaps } = deps;

  async function list(days: number): Promise<readonly ProposedGap[]> {
    const missed = await deps.missed(clock.now() - days * dayMs);
    // Where nothing was missed nothing needs to be trained.
    if (missed.length === 0) return [];
    const [draft, settled] = await Promise.all([bases.draft(), gaps.settled()]);
    const whole = await engineOf(draft);
    const nameOf = (brand: string | undefined) => (brand === undefined ? null : knowledgeOf(brand));
    const names = new Set(missed.map(({ brand }) => nameOf(brand)));
    const byName = [...names].map((name) => ({
      name,
      questions: missed.filter(({ brand }) => nameOf(brand) === name),
      engine: whole.of?.(name) ?? whole,
    }));
    return group(byName, { settled, synonyms: draft.synonyms });
  }

  async function one(id: string, days: number): Promise<ProposedGap> {
    const found = await (deps.known?.(id, days) ??
      list(days).then((known) => known.find(({ gap }) => gap.id === id)));
    // Another process may have settled it since.
    if (found !== undefined && !isSettled(found.gap, await gaps.settled())) return found;
    throw new RelevoError('kb_gap_unknown', `there is no gap "${id}" in the last ${days} days`, {
      hint: '"relevo kb gaps" lists them; give the same --days.',
    });
  }

  async function settle({ id, questions }: Gap, action: SettledGap['action'], detail: string): Promise<void> {
    const names = questions.map(({ name }) => name);
    await gaps.settle({ id, at: clock.now(), action, detail, questions: names });
  }

  return {
    list,
    one,
    async draft(id, days, article) {
      const { gap } = await one(id, days);
      return draftArticle(gap, article);
    },
    async accept(id, days, { action, article, wordings, edited }) {
      const { gap } = await one(id, days);
      const accepted = await changeDraft(bases, (before) => {
        const done =
          action === 'article'
            ? acceptAsArticle(before, gap, article, edited)
            : acceptAsExample(before, { ...gap, ...(wordings === undefined ? {} : { wordings }) }, article);
        return { content: done.content, result: { ...done, before } };
      });
      await settle(gap, action, article);
      return accepted;
    },
    async dismiss(id, days, reason) {
      const { gap } = await one(id, days);
      await settle(gap, 'dismissed', reason);
      return gap;
    },
    async restore(id, reason) {
      const newest = (await gaps.settled()).findLast((settled) => settled.id === id);
      if (newest === undefined || newest.action === 'restored')
        throw new RelevoError('kb_gap_unknown', `nothing was decided about the gap "${id}"`);
      await gaps.settle({ ...newest, at: clock.now(), action: 'restored', detail: reason });
      return newest;
    },
  };
}
