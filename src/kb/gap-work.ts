import type { BaseContent } from '../core/article.ts';
import type { Clock } from '../core/clock.ts';
import { RelevoError } from '../core/errors.ts';
import type { KnowledgeBases } from './bases.ts';
import { changeDraft } from './draft.ts';
import type { Engine } from './engine/types.ts';
import { byCost, findGaps, type Gap, type SettledGap } from './gap.ts';
import { type Accepted, acceptAsArticle, acceptAsExample } from './gap-accept.ts';
import { type GapProposal, proposeFor } from './gap-proposal.ts';
import { type KnowledgeLog, readLog } from './read-log.ts';
import type { BaseEngine } from './shelves.ts';

/** What working on gaps takes. */
export interface GapWorkDeps {
  readonly bases: Pick<KnowledgeBases, 'draft' | 'saveDraft'>;
  readonly gaps: { settled(): Promise<SettledGap[]>; settle(gap: SettledGap): Promise<void> };
  readonly log: KnowledgeLog;
  readonly clock: Clock;
  /** An engine trained on a draft; asked for only where something was missed. */
  readonly engineOf: (content: BaseContent) => Promise<Engine & Partial<Pick<BaseEngine, 'of'>>>;
  /** By which name articles say that they are for a company; absent: by its own. */
  readonly knowledgeOf?: (brand: string) => string;
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
  accept(id: string, days: number, decision: GapDecision): Promise<Accepted>;
  /** Hides a gap, for a reason that is remembered, until more have asked anew. @throws RelevoError `kb_gap_unknown` */
  dismiss(id: string, days: number, reason: string): Promise<Gap>;
}

const dayMs = 24 * 3_600_000;

/** Finds gaps and does what people decide about them. */
export function createGapWork(deps: GapWorkDeps): GapWork {
  const { bases, gaps, log, clock, engineOf, knowledgeOf = (brand) => brand } = deps;

  async function list(days: number): Promise<ProposedGap[]> {
    const now = clock.now();
    const missed = (await readLog(log, now - days * dayMs, now + 1)).missed();
    // Where nothing was missed nothing needs to be trained.
    if (missed.length === 0) return [];
    const [draft, settled] = await Promise.all([bases.draft(), gaps.settled()]);
    const whole = await engineOf(draft);
    const { synonyms } = draft;
    // What customers of two companies ask is never one gap, and closed by what they may be told.
    const askers = new Set(missed.map(({ brand }) => (brand === undefined ? null : knowledgeOf(brand))));
    return [...askers]
      .flatMap((name) => {
        const engine = whole.of?.(name) ?? whole;
        const theirs = missed.filter(
          ({ brand }) => (brand === undefined ? null : knowledgeOf(brand)) === name,
        );
        return findGaps(theirs, { engine, settled, synonyms }).map((found) => {
          const gap = name === null ? found : { ...found, brand: name };
          return { gap, proposal: proposeFor(gap, engine) };
        });
      })
      .sort((one, other) => byCost(one.gap, other.gap));
  }

  async function one(id: string, days: number): Promise<ProposedGap> {
    const found = (await list(days)).find(({ gap }) => gap.id === id);
    if (found !== undefined) return found;
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
    async accept(id, days, { action, article }) {
      const { gap } = await one(id, days);
      const accepted = await changeDraft(bases, (before) => {
        const done =
          action === 'article'
            ? acceptAsArticle(before, gap, article)
            : acceptAsExample(before, gap, article);
        return { content: done.content, result: done };
      });
      await settle(gap, action, article);
      return accepted;
    },
    async dismiss(id, days, reason) {
      const { gap } = await one(id, days);
      await settle(gap, 'dismissed', reason);
      return gap;
    },
  };
}
