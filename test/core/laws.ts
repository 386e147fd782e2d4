import type { Conversation } from '../../src/core/conversation.ts';
import { deadlineOf, ownerOf } from '../../src/core/conversation.ts';
import type { Commit } from '../../src/core/event.ts';

/** Who has the word, as told by the events alone: kept apart from the product's own owner table on purpose. */
export type Holder = 'bot' | 'people' | 'nobody';

/** The holder after a commit's events. */
export function holderAfter(before: Holder, commit: Commit): Holder {
  return commit.events.reduce<Holder>((holder, event) => {
    switch (event.type) {
      case 'started':
      case 'returned-to-bot':
      case 'left-queue':
        return 'bot';
      case 'handed-over':
      case 'escalated':
      case 'claimed':
      case 'solution-refused':
        return 'people';
      case 'closed':
        return 'nobody';
      case 'reopened':
        return event.to === 'bot' ? 'bot' : 'people';
      default:
        return holder;
    }
  }, before);
}

/** What is wrong with a log, in words; empty when laws 2 to 4 hold in it. */
export function faultsOfLog(commits: readonly Commit[]): string[] {
  const faults: string[] = [];
  let holder: Holder = 'nobody';
  const answered = new Set<number>();
  commits.forEach((commit, position) => {
    if (commit.seq !== position + 1) faults.push(`sequence ${commit.seq} at place ${position + 1}`);
    const botSpoke = commit.events.some((event) => event.type === 'said' && event.from === 'bot');
    if (botSpoke && holder !== 'bot') faults.push(`bot over person at ${commit.seq}`);
    for (const event of commit.events) {
      if (event.type !== 'bot-took-turn') continue;
      if (answered.has(event.throughSeq)) faults.push(`message ${event.throughSeq} answered twice`);
      answered.add(event.throughSeq);
    }
    for (const effect of commit.effects) {
      if (effect.kind === 'send' && commit.events[effect.event]?.type !== 'said') {
        faults.push(`an effect at ${commit.seq} carries ${commit.events[effect.event]?.type}`);
      }
    }
    holder = holderAfter(holder, commit);
  });
  return faults;
}

/** What is wrong with a state, in words; empty when it has one owner and one next deadline (law 3). */
export function faultsOfState(state: Conversation): string[] {
  const owner = ownerOf(state.stage);
  const deadline = deadlineOf(state.stage);
  const open = state.stage.kind !== 'closed';
  const faults: string[] = [];
  if (open && owner === null) faults.push('an open conversation without an owner');
  if (open && (deadline === null || !Number.isFinite(deadline.at)))
    faults.push('an open conversation without a deadline');
  if (!open && (owner !== null || deadline !== null)) faults.push('a closed conversation that somebody owns');
  if (state.stage.kind === 'claimed') {
    const { call, waiting } = state.stage;
    if (call !== null && call.since !== null && waiting !== null)
      faults.push('a call and a customer waited for');
    if (call !== null && (call.phase === 'requested') !== (call.ring === null)) {
      faults.push('a call that is agreed on without a next step');
    }
  }
  if (state.stage.kind === 'bot' && state.stage.turn === null && state.pending.length > 0) {
    faults.push('a customer message that the bot owes an answer to and has no turn for');
  }
  return faults;
}
