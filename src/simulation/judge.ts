import { deadlineOf, ownerOf } from '../core/conversation.ts';
import type { Commit, Event } from '../core/event.ts';
import { effectName } from '../core/event.ts';
import type { OutboundMessage } from '../core/message.ts';
import type { Snapshot } from '../store/conversation-log.ts';
import type { EffectRow } from '../store/outbox.ts';

/** What must be zero, figure by figure. */
export interface Verdict {
  /** Open conversations without an owner or a deadline, or whose deadline passed and nobody rang. */
  stranded: number;
  /** Claims of a case that somebody held. */
  twoOwners: number;
  /** Times the bot spoke while people had the case. */
  botOverPerson: number;
  /** Messages a customer sent that are in no log. */
  lost: number;
  storedTwice: number;
  answeredTwice: number;
  /** Words committed for a customer that neither reached them nor are shown to people as failed. */
  undelivered: number;
  shownTwice: number;
  outOfOrder: number;
  /** Notes that a customer was shown. */
  notesLeaked: number;
}

/** One conversation as the store holds it. */
export interface Judged {
  readonly snapshot: Snapshot;
  readonly commits: readonly Commit[];
  readonly effects: readonly EffectRow[];
}

/** How long after its moment a deadline may ring before the conversation counts as stranded, in milliseconds. */
const patienceMs = 60_000;

/**
 * Compares what customers sent, what the store holds and what the platforms showed. It follows the events by its own
 * little table on purpose: the product's own must not be its own judge.
 * @param sent how many different messages customers sent, by customer
 * @param shown what each customer was shown, oldest first, by the platforms' own logs
 * @param now epoch milliseconds
 */
export function judge(
  all: Iterable<Judged>,
  sent: ReadonlyMap<string, ReadonlySet<string>>,
  shown: ReadonlyMap<string, readonly OutboundMessage[]>,
  now: number,
): Verdict {
  const verdict: Verdict = {
    stranded: 0,
    twoOwners: 0,
    botOverPerson: 0,
    lost: 0,
    storedTwice: 0,
    answeredTwice: 0,
    undelivered: 0,
    shownTwice: 0,
    outOfOrder: 0,
    notesLeaked: 0,
  };
  const stored = new Map<string, string[]>();
  const failed = new Set<string>();
  const due = new Map<string, string[]>();
  for (const { snapshot, commits, effects } of all) {
    const { stage, address } = snapshot.state;
    if (stage.kind !== 'closed') {
      const deadline = deadlineOf(stage);
      if (ownerOf(stage) === null || deadline === null || deadline.at < now - patienceMs)
        verdict.stranded += 1;
    }
    follow(commits, verdict);
    for (const { name, state } of effects) if (state === 'failed') failed.add(name);
    for (const commit of commits) {
      for (const event of commit.events) {
        if (event.type === 'customer-wrote') push(stored, address.user, event.externalId);
      }
      commit.effects.forEach((effect, index) => {
        if (effect.kind === 'send') push(due, address.user, effectName(commit, index));
      });
    }
  }

  for (const [user, messages] of sent) {
    const kept = stored.get(user) ?? [];
    verdict.storedTwice += kept.length - new Set(kept).size;
    verdict.lost += [...messages].filter((id) => !kept.includes(id)).length;
  }
  for (const [user, names] of due) {
    const seen = shown.get(user) ?? [];
    const seenNames = seen.map(({ name }) => name);
    verdict.shownTwice += seenNames.length - new Set(seenNames).size;
    const reached = new Set(seenNames);
    verdict.undelivered += names.filter((name) => !reached.has(name) && !failed.has(name)).length;
    const wanted = names.filter((name) => reached.has(name));
    const first = [...new Set(seenNames)];
    if (wanted.some((name, place) => first[place] !== name)) verdict.outOfOrder += 1;
    verdict.notesLeaked += seen.filter(({ text }) => text.includes(noteMark)).length;
  }
  return verdict;
}

/** Words that every simulated note holds and nothing else does. */
export const noteMark = 'for our eyes only';

type Holder = 'nobody' | 'bot' | 'queue' | 'agent' | 'asked';

function follow(commits: readonly Commit[], verdict: Verdict): void {
  let holder: Holder = 'nobody';
  const answered = new Set<number>();
  for (const { events } of commits) {
    if (holder !== 'bot' && events.some((event) => event.type === 'said' && event.from === 'bot')) {
      verdict.botOverPerson += 1;
    }
    for (const event of events) {
      if (event.type === 'claimed' && holder !== 'queue') verdict.twoOwners += 1;
      if (event.type === 'bot-took-turn') {
        if (answered.has(event.throughSeq)) verdict.answeredTwice += 1;
        answered.add(event.throughSeq);
      }
      holder = holderAfter(event) ?? holder;
    }
  }
}

function holderAfter(event: Event): Holder | null {
  switch (event.type) {
    case 'started':
    case 'returned-to-bot':
    case 'left-queue':
      return 'bot';
    case 'handed-over':
    case 'escalated':
    case 'lease-expired':
      return 'queue';
    case 'claimed':
    case 'solution-refused':
      return 'agent';
    case 'solved':
      return 'asked';
    case 'closed':
      return 'nobody';
    case 'reopened':
      return event.to === 'bot' ? 'bot' : 'queue';
    default:
      return null;
  }
}

function push<V>(map: Map<string, V[]>, key: string, value: V): void {
  const values = map.get(key);
  if (values === undefined) map.set(key, [value]);
  else values.push(value);
}
