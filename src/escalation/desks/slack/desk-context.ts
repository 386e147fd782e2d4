import type { Logger } from 'pino';
import type { Clock } from '../../../core/clock.ts';
import type { Agent } from '../../../core/conversation.ts';
import type { Event } from '../../../core/event.ts';
import type { BrandKnowledge } from '../../../kb/knowledge.ts';
import type { SlackApp } from '../../../slack/slack-app.ts';
import type { ConversationLog } from '../../../store/conversation-log.ts';
import type { CaseDesk, CaseDetail } from '../../case-view.ts';
import type { NextCase } from '../../next-case.ts';
import type { Answering } from './answer/answering.ts';
import type { CardRecords } from './card/card-records.ts';
import type { CardSync } from './card/card-sync.ts';
import type { DeskAgents } from './desk-agents.ts';
import type { HomeKeeper } from './home/home-keeper.ts';
import { lastMove } from './last-move.ts';
import { escaped } from './mrkdwn.ts';
import type { Poster } from './poster.ts';
import type { Pressed } from './press-value.ts';
import type { SlackDeskSettings } from './settings.ts';
import type { Words } from './words/words.ts';

/** What everything in Slack that agents press, submit and type has at hand. */
export interface DeskContext {
  readonly slack: Pick<SlackApp, 'call'>;
  readonly poster: Poster;
  readonly cases: CaseDesk;
  readonly next: NextCase;
  readonly log: Pick<ConversationLog, 'commits'>;
  readonly knowledge: Pick<BrandKnowledge, 'ask' | 'article' | 'of'>;
  readonly agents: DeskAgents;
  readonly answering: Answering;
  readonly records: CardRecords;
  readonly sync: CardSync;
  readonly home: HomeKeeper;
  /** As relevo.yaml says now. */
  readonly settings: () => SlackDeskSettings;
  /** What stands in channels and threads, where many read it; one person is spoken to in their own language. */
  readonly words: Words;
  /** Turns Slack's text into what its author saw. */
  readonly readText: (text: string) => string;
  readonly clock: Clock;
  readonly logger: Logger;
}

const maxCommits = 5_000;

/** A case as it is now, beside what its reader saw. */
export interface SeenCase {
  readonly detail: CaseDetail;
  /** Why what was pressed or submitted means nothing any more; null: it still does. */
  readonly moved: string | null;
  /** The change of hands since, where there was one. */
  readonly move: Event | null;
}

/** A case as it is now, or that there is none. @param words the reader's */
export async function caseAsSeen(
  { cases, log }: Pick<DeskContext, 'cases' | 'log'>,
  seen: Pressed,
  agent: Agent,
  words: Words,
): Promise<SeenCase | { readonly missing: string }> {
  const [detail, since] = await Promise.all([
    cases.open(seen.id, agent),
    log.commits(seen.id, seen.version, maxCommits),
  ]);
  if (detail === null) return { missing: words.refusals.not_found };
  const move = lastMove(since);
  return { detail, move, moved: move === null ? null : `${words.moved} ${whoHas(detail, words)}`.trim() };
}

/** Who has a case now, for whoever came late. Pure. */
export function whoHas({ owner, stage, tierName, tier }: CaseDetail, words: Words): string {
  if (stage === 'closed') return words.refusals.closed;
  if (stage === 'bot') return words.card.withBot;
  if (owner !== null && 'agent' in owner && owner.agent !== undefined) {
    return words.holder(escaped(owner.agent.name));
  }
  return words.card.inQueue(escaped(tierName ?? String(tier ?? '')));
}
