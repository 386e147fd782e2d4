import type { Clock } from '../core/clock.ts';
import type { Conversation } from '../core/conversation.ts';
import type { Commit, Event } from '../core/event.ts';
import { hoursOf, ladderOf, type Rules, tierAt } from '../core/rules.ts';
import { decideWait, waitPauseMs } from '../core/wait.ts';
import type { Cases } from '../store/cases.ts';
import type { ConversationLog, LogCursor, Snapshot } from '../store/conversation-log.ts';
import type { Conversations } from '../store/conversations.ts';
import { createWaitEvidence, type Waiting } from './wait-evidence.ts';

/** What telling customers their place is made of. */
export interface WaitsDeps {
  readonly log: Pick<ConversationLog, 'since'>;
  readonly cases: Pick<Cases, 'list'>;
  readonly conversations: Pick<Conversations, 'handle' | 'peek'>;
  readonly clock: Clock;
  readonly rules: () => Rules;
}

/** Tells customers in the queue their place and an honest range, on whatever channel they are. */
export interface Waits {
  /** Reads what happened since last time and tells whoever has news. Call it about once a minute; never twice at once. */
  refresh(): Promise<void>;
}

/** How far back the log is read when a process starts. */
const memoryMs = 7 * 24 * 60 * 60_000;

const pageCommits = 1_000;

/** Cases looked at in one refresh: whoever stands behind them hears nothing that they could use. */
const maxQueued = 500;

/** Follows the queues through the log, which is every process's own truth, and speaks through the log again. */
export function createWaits(deps: WaitsDeps): Waits {
  const { clock, rules, conversations } = deps;
  const evidence = createWaitEvidence();
  const waiting = new Map<string, Waiting>();
  let place: LogCursor = { at: clock.now() - memoryMs, conversation: '', seq: 0 };

  async function catchUp(): Promise<void> {
    const until = clock.now();
    for (;;) {
      const commits = await deps.log.since(place, until, pageCommits);
      for (const commit of commits) {
        // Most of them are of no queue, and a process that starts reads those of a week.
        if (commit.events.some(({ type }) => ofQueues.has(type))) await follow(commit);
      }
      const last = commits.at(-1);
      if (last !== undefined) place = { at: last.at, conversation: last.conversation, seq: last.seq };
      if (commits.length < pageCommits) return;
    }
  }

  async function follow({ conversation, at, events }: Commit): Promise<void> {
    for (const event of events) {
      const tier = entered(event);
      if (tier !== null) {
        const state = (await conversations.peek(conversation, 1))?.state;
        if (state !== undefined) enter(conversation, state, tier, at);
      }
      const known = waiting.get(conversation);
      if (known === undefined) continue;
      if (event.type === 'claimed') {
        const waitMs = known.hours.between(known.since, at);
        evidence.add(known.tier, { position: known.position, waitMs });
      }
      if (ended(event)) waiting.delete(conversation);
    }
  }

  /** A case that goes up goes on waiting: the customer waits for a person, whoever it is. */
  function enter(conversation: string, state: Conversation, tier: number, at: number): void {
    if (waiting.has(conversation)) return;
    const ahead = [...waiting.values()].filter((other) => other.tier === tier).length;
    const hours = hoursOf(tierAt(ladderOf(rules(), state), tier));
    waiting.set(conversation, { tier, since: at, position: ahead + 1, hours });
  }

  async function tell({ state }: Snapshot, position: number): Promise<void> {
    const { stage } = state;
    if (stage.kind !== 'queued') return;
    const known = waiting.get(state.id);
    const now = clock.now();
    if (stage.told !== null && now - stage.told.at < waitPauseMs) return;
    // Then they know when somebody is back.
    if (!hoursOf(tierAt(ladderOf(rules(), state), stage.tier)).isOpen(now)) return;
    const range =
      known === undefined
        ? null
        : evidence.remaining(known.tier, known.position, known.hours.between(known.since, now));
    const wait = { position, range };
    if (decideWait(state, wait, rules(), now).length === 0) return;
    const command = { type: 'tell-wait', since: stage.since, wait } as const;
    await conversations.handle(state.id, command, { kind: 'clock' });
  }

  return {
    async refresh() {
      await catchUp();
      const queued = await deps.cases.list({ stages: ['queued'], limit: maxQueued });
      const places = new Map<number, number>();
      for (const snapshot of queued) {
        const { stage } = snapshot.state;
        // Whoever is to be called back later stands before nobody.
        if (stage.kind !== 'queued' || (stage.callback?.at ?? 0) > clock.now()) continue;
        const position = (places.get(stage.tier) ?? 0) + 1;
        places.set(stage.tier, position);
        await tell(snapshot, position);
      }
    },
  };
}

const ends: ReadonlySet<Event['type']> = new Set(['claimed', 'left-queue', 'closed', 'callback-wished']);
const ofQueues: ReadonlySet<Event['type']> = new Set([...ends, 'handed-over', 'reopened']);

/** The tier whose queue a case has entered; null: none. */
function entered(event: Event): number | null {
  if (event.type === 'handed-over') return event.tier;
  return event.type === 'reopened' && event.to === 'tier' ? event.tier : null;
}

function ended({ type }: Event): boolean {
  return ends.has(type);
}
