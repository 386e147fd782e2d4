import type { Clock } from '../core/clock.ts';
import type { Commit } from '../core/event.ts';
import type { CaseFact } from '../core/figures.ts';
import type { ConversationLog, LogCursor } from '../store/conversation-log.ts';
import type { Facts } from '../store/facts.ts';
import { addCommit, type HoursBetween } from './case-fact.ts';
import { type HourOf, rollUp } from './roll-up.ts';

/** What keeping facts is made of. */
export interface FactKeeperDeps {
  readonly log: Pick<ConversationLog, 'since' | 'commits'>;
  readonly facts: Facts;
  readonly hoursBetween: HoursBetween;
  /** The day of a moment in the installation's time zone, such as `2026-11-22`. */
  readonly dayOf: (at: number) => string;
  readonly hourOf: HourOf;
  readonly clock: Clock;
}

/** Keeps what reports are made from up to the log. */
export interface FactKeeper {
  /** Reads what happened since last time. Never twice at once in one installation: one process leads. */
  refresh(): Promise<void>;
}

const pageCommits = 1_000;

/** Commits carry the clock of the process that wrote them: so much is read again each time. What is later still comes with its conversation's next commit. */
const overlapMs = 5_000;

/** Where nobody has written yet, only so much is read again: no clock is further behind. */
const emptyOverlapMs = 24 * 60 * 60_000;

/** Days made anew in one go. */
const maxDays = 60;

/** Follows the log of all conversations into facts, and facts into the figures of days. */
export function createFactKeeper(deps: FactKeeperDeps): FactKeeper {
  const { log, facts, clock } = deps;
  let emptyUntil = 0;

  async function follow(): Promise<void> {
    const until = clock.now();
    const place = await facts.place();
    let from: LogCursor = { at: (place?.at ?? emptyUntil) - overlapMs, conversation: '', seq: 0 };
    for (;;) {
      const commits = await log.since(from, until, pageCommits);
      const last = commits.at(-1);
      if (last === undefined) {
        if (place === null && from.conversation === '') emptyUntil = until - emptyOverlapMs;
        return;
      }
      from = { at: last.at, conversation: last.conversation, seq: last.seq };
      const changed = await fold(commits);
      if (changed.length > 0) await facts.save(changed, from);
      if (commits.length < pageCommits) return;
    }
  }

  async function fold(commits: readonly Commit[]): Promise<{ day: string; fact: CaseFact }[]> {
    const byConversation = new Map<string, Commit[]>();
    for (const commit of commits) {
      const found = byConversation.get(commit.conversation);
      if (found === undefined) byConversation.set(commit.conversation, [commit]);
      else found.push(commit);
    }
    const known = new Map(
      (await facts.of([...byConversation.keys()])).map((fact) => [fact.conversation, fact]),
    );
    const changed: { day: string; fact: CaseFact }[] = [];
    for (const [conversation, found] of byConversation) {
      const before = known.get(conversation) ?? null;
      const fact = await foldOne(conversation, before, found);
      if (fact !== null && fact !== before) changed.push({ day: deps.dayOf(fact.startedAt), fact });
    }
    return changed;
  }

  async function foldOne(
    conversation: string,
    before: CaseFact | null,
    found: readonly Commit[],
  ): Promise<CaseFact | null> {
    let fact = before;
    for (const commit of found.toSorted((a, b) => a.seq - b.seq)) {
      const seq = fact?.seq ?? 0;
      // A clock that was behind put an earlier commit out of sight: the conversation's own log has it.
      const next = commit.seq > seq + 1 ? await log.commits(conversation, seq, pageCommits) : [commit];
      for (const one of next) fact = addCommit(fact, one, deps.hoursBetween);
    }
    return fact;
  }

  async function makeDays(): Promise<void> {
    const now = clock.now();
    for (const day of await facts.dueDays(now, maxDays)) {
      await facts.saveDay(rollUp(day, await facts.ofDay(day), deps.hourOf, now));
    }
  }

  return {
    async refresh() {
      await follow();
      await makeDays();
    },
  };
}
