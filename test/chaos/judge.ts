import type { Conversation } from '../../src/core/conversation.ts';
import type { Commit } from '../../src/core/event.ts';
import { evolveCommit } from '../../src/core/evolve.ts';
import type { Address } from '../../src/core/message.ts';
import type { EffectRow } from '../../src/store/outbox.ts';
import type { Store } from '../../src/store/store.ts';
import type { Crowd, Taken } from './crowds.ts';
import { customerIn, tokensIn } from './tokens.ts';

/** What was sent: each customer's messages, in order, as the customer wrote them. */
export type Sent = ReadonlyMap<string, readonly string[]>;

/** What came of a run. All but the last three must be nothing. */
export interface Verdict {
  /** Messages of customers that the store does not hold, and answers that never reached them. */
  readonly lost: readonly string[];
  readonly storedTwice: readonly string[];
  /** Answers that a customer saw twice, on channels that can be asked or tell. */
  readonly visibleDuplicates: readonly string[];
  readonly outOfOrder: readonly string[];
  /** What went out twice without a word about it, where a platform cannot be asked. */
  readonly unlisted: readonly string[];
  /** Effects that are neither done nor given up, and conversations in which somebody owes an answer. */
  readonly unfinished: readonly string[];
  readonly messages: number;
  readonly answers: number;
  /** Sends of which nobody knows whether they went out, or went out twice: shown to people. */
  readonly listed: number;
}

interface Known {
  readonly conversation: Conversation;
  readonly commits: Commit[];
}

/** Compares what customers sent, what the store holds and what the platforms took. */
export async function judge(
  store: Pick<Store, 'log' | 'outbox'>,
  crowds: readonly Crowd[],
  sent: Sent,
  answered: ReadonlySet<string>,
): Promise<Verdict> {
  const all = await readAll(store);
  const lost: string[] = [];
  const storedTwice: string[] = [];
  const visibleDuplicates: string[] = [];
  const outOfOrder: string[] = [];
  const unlisted: string[] = [];
  const unfinished: string[] = [];
  const found = byCustomer(all);

  for (const [customer, texts] of sent) {
    const stored = (found.get(customer) ?? []).flatMap(({ commits }) => commits.flatMap(textsOf));
    for (const [text, count] of countOf(stored)) if (count > 1) storedTwice.push(text);
    const there = new Set(stored);
    for (const text of texts) if (!there.has(text)) lost.push(`${customer}: ${text}`);
    outOfOrder.push(...inversions(texts, stored).map((text) => `stored ${customer}: ${text}`));
  }

  let listed = 0;
  let answers = 0;
  const rows = new Map<string, EffectRow>();
  for (const { conversation, commits } of all.values()) {
    if (owes(conversation, commits, answered))
      unfinished.push(`${conversation.id} ${conversation.stage.kind}`);
    for (const row of await store.outbox.rows(conversation.id)) {
      rows.set(row.name, row);
      if (row.state === 'pending' || row.state === 'sending') unfinished.push(row.name);
      if (row.error?.startsWith('unknown_outcome')) listed += 1;
    }
  }

  for (const crowd of crowds) {
    const taken = await crowd.taken();
    answers += taken.length;
    const tokens = taken.flatMap(({ text }) => tokensIn(text));
    const counts = countOf(tokens);
    for (const token of answered) {
      const mine = customerIn(token).startsWith(`${crowd.channel}-`);
      if (mine && !counts.has(token)) lost.push(`answer to ${token}`);
    }
    const twice = [...counts].filter(([, count]) => count > 1).map(([token]) => token);
    const orphans = crowd.channel === 'webchat' ? [] : await withoutEffect(store, found, taken);
    const doubled = [...new Set([...twice, ...orphans])];
    if (crowd.askable) visibleDuplicates.push(...doubled.map((one) => `${crowd.channel}: ${one}`));
    else {
      const told = [...rows.values()].filter(({ error }) => error?.startsWith('unknown_outcome')).length;
      unlisted.push(...doubled.slice(told));
    }
    // What was answered later is seen later: by the order in which the answers stand in the log.
    for (const customer of new Set(taken.map((one) => one.customer))) {
      const seen = taken.filter((one) => one.customer === customer).flatMap(({ text }) => tokensIn(text));
      const said = (found.get(customer) ?? []).flatMap(({ commits }) => commits.flatMap(repliesOf));
      outOfOrder.push(...inversions(said, [...new Set(seen)]).map((token) => `seen ${token}`));
    }
  }
  const messages = [...sent.values()].reduce((sum, texts) => sum + texts.length, 0);
  return {
    lost,
    storedTwice,
    visibleDuplicates,
    outOfOrder,
    unlisted,
    unfinished,
    messages,
    answers,
    listed,
  };
}

/** All conversations with their logs. */
async function readAll({ log }: Pick<Store, 'log'>): Promise<ReadonlyMap<string, Known>> {
  const all = new Map<string, Known>();
  let place = { at: 0, conversation: '', seq: 0 };
  const grouped = new Map<string, Commit[]>();
  for (;;) {
    const page = await log.since(place, Number.MAX_SAFE_INTEGER, 1_000);
    for (const commit of page)
      grouped.set(commit.conversation, [...(grouped.get(commit.conversation) ?? []), commit]);
    const last = page.at(-1);
    if (last === undefined) break;
    place = { at: last.at, conversation: last.conversation, seq: last.seq };
  }
  for (const [id, unordered] of grouped) {
    const commits = unordered.sort((a, b) => a.seq - b.seq);
    const conversation = commits.reduce<Conversation | null>(evolveCommit, null);
    if (conversation !== null) all.set(id, { conversation, commits });
  }
  return all;
}

/** Every customer's first message has a token: it tells whose conversation it is. */
function byCustomer(all: ReadonlyMap<string, Known>): ReadonlyMap<string, Known[]> {
  const found = new Map<string, Known[]>();
  const owners = new Map<string, string>();
  const keyOf = ({ channel, user }: Address) => `${channel}/${user}`;
  for (const { conversation, commits } of all.values()) {
    const [token] = commits.flatMap(textsOf).flatMap(tokensIn);
    if (token !== undefined) owners.set(keyOf(conversation.address), customerIn(token));
  }
  const inOrder = [...all.values()].sort((a, b) => a.conversation.ordinal - b.conversation.ordinal);
  for (const known of inOrder) {
    const customer = owners.get(keyOf(known.conversation.address));
    if (customer !== undefined) found.set(customer, [...(found.get(customer) ?? []), known]);
  }
  return found;
}

/** Whether the bot or an agent will still say something by itself. */
function owes({ stage }: Conversation, commits: readonly Commit[], answered: ReadonlySet<string>): boolean {
  if (stage.kind === 'bot') return stage.turn !== null;
  if (stage.kind !== 'claimed') return stage.kind === 'queued';
  return commits
    .flatMap(textsOf)
    .flatMap(tokensIn)
    .some((token) => !answered.has(token));
}

/** What a customer wrote in a commit. */
function textsOf({ events }: Commit): string[] {
  return events.flatMap((event) =>
    event.type === 'customer-wrote' && event.content.kind === 'text' ? [event.content.text] : [],
  );
}

/** The tokens an agent answered in a commit. */
function repliesOf({ events }: Commit): string[] {
  return events.flatMap((event) =>
    event.type === 'said' && event.from === 'agent' ? tokensIn(event.text) : [],
  );
}

/** What platforms took and no effect knows of: it went out twice. */
async function withoutEffect(
  store: Pick<Store, 'outbox'>,
  found: ReadonlyMap<string, Known[]>,
  taken: readonly Taken[],
): Promise<string[]> {
  const orphans: string[] = [];
  for (const { customer, id, text } of taken) {
    const address = found.get(customer)?.at(-1)?.conversation.address;
    const effect = address === undefined ? null : await store.outbox.findSent(address, id);
    if (effect === null) orphans.push(tokensIn(text)[0] ?? `${customer} ${id}: ${text.slice(0, 60)}`);
  }
  return orphans;
}

function countOf(values: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

/** Those of `got` that come after one that stands later in `order`. */
function inversions(order: readonly string[], got: readonly string[]): string[] {
  const place = new Map(order.map((value, index) => [value, index]));
  let furthest = -1;
  return got.filter((value) => {
    const at = place.get(value);
    if (at === undefined) return false;
    const early = at < furthest;
    furthest = Math.max(furthest, at);
    return early;
  });
}
