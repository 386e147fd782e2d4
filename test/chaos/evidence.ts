import type { Conversation } from '../../src/core/conversation.ts';
import type { Commit } from '../../src/core/event.ts';
import { evolveCommit } from '../../src/core/evolve.ts';
import type { Address } from '../../src/core/message.ts';
import type { EffectRow } from '../../src/store/outbox.ts';
import type { Store } from '../../src/store/store.ts';
import type { Crowd, Taken } from './crowds/crowd.ts';
import { customerIn, textsIn, tokensIn } from './tokens.ts';

/** A conversation as the store holds it. */
export interface Known {
  readonly conversation: Conversation;
  /** In their order. */
  readonly commits: readonly Commit[];
  readonly rows: readonly EffectRow[];
}

/** What a platform took, by its own log. */
export interface PlatformLog extends Pick<Crowd, 'channel' | 'askable' | 'names'> {
  readonly taken: readonly Taken[];
  /** Of these, what no effect knows of, by `takenKey`: what they are went out twice. */
  readonly orphans: ReadonlySet<string>;
}

/** What a platform took: its names are only each customer's own. Pure. */
export function takenKey({ customer, id }: Pick<Taken, 'customer' | 'id'>): string {
  return `${customer} ${id}`;
}

/** All that a run left behind. */
export interface Evidence {
  /** What customers wrote: each customer's messages in order. */
  readonly sent: ReadonlyMap<string, readonly string[]>;
  /** The tokens of messages whose answers were acknowledged to an agent. */
  readonly answered: ReadonlySet<string>;
  /** Each customer's conversations, in order. */
  readonly found: ReadonlyMap<string, readonly Known[]>;
  readonly platforms: readonly PlatformLog[];
}

/** Reads it. @throws RelevoError when the store cannot be read @throws Error when the chat's pages cannot */
export async function gather(
  store: Pick<Store, 'log' | 'outbox'>,
  crowds: readonly Crowd[],
  { sent, answered }: Pick<Evidence, 'sent' | 'answered'>,
): Promise<Evidence> {
  const found = byCustomer(await readAll(store));
  const platforms: PlatformLog[] = [];
  for (const { channel, askable, names, taken: read } of crowds) {
    const taken = await read();
    const orphans = names ? await orphansOf(store, found, taken) : new Set<string>();
    platforms.push({ channel, askable, names, taken, orphans });
  }
  return { sent, answered: new Set(answered), found, platforms };
}

/** All conversations with their logs. */
async function readAll({ log, outbox }: Pick<Store, 'log' | 'outbox'>): Promise<readonly Known[]> {
  const grouped = new Map<string, Commit[]>();
  for (let place = { at: 0, conversation: '', seq: 0 }; ; ) {
    const page = await log.since(place, Number.MAX_SAFE_INTEGER, 1_000);
    for (const commit of page) {
      const known = grouped.get(commit.conversation);
      if (known === undefined) grouped.set(commit.conversation, [commit]);
      else known.push(commit);
    }
    const last = page.at(-1);
    if (last === undefined) break;
    place = { at: last.at, conversation: last.conversation, seq: last.seq };
  }
  const all: Known[] = [];
  for (const [id, unordered] of grouped) {
    const commits = unordered.sort((a, b) => a.seq - b.seq);
    const conversation = commits.reduce<Conversation | null>(evolveCommit, null);
    if (conversation !== null) all.push({ conversation, commits, rows: await outbox.rows(id) });
  }
  return all;
}

/** Every customer's first message has a token: it tells whose conversation it is. */
function byCustomer(all: readonly Known[]): ReadonlyMap<string, readonly Known[]> {
  const found = new Map<string, Known[]>();
  const owners = new Map<string, string>();
  const keyOf = ({ channel, user }: Address) => `${channel}/${user}`;
  for (const { conversation, commits } of all) {
    const [token] = commits.flatMap(textsIn).flatMap(tokensIn);
    if (token !== undefined) owners.set(keyOf(conversation.address), customerIn(token));
  }
  const inOrder = [...all].sort((a, b) => a.conversation.ordinal - b.conversation.ordinal);
  for (const known of inOrder) {
    const customer = owners.get(keyOf(known.conversation.address));
    if (customer !== undefined) found.set(customer, [...(found.get(customer) ?? []), known]);
  }
  return found;
}

async function orphansOf(
  store: Pick<Store, 'outbox'>,
  found: ReadonlyMap<string, readonly Known[]>,
  taken: readonly Taken[],
): Promise<ReadonlySet<string>> {
  const orphans = new Set<string>();
  const named = new Map<string, ReadonlySet<string | null>>();
  for (const [customer, conversations] of found)
    named.set(customer, new Set(conversations.flatMap(({ rows }) => rows.map((row) => row.externalId))));
  for (const { customer, id } of taken) {
    if (named.get(customer)?.has(id)) continue;
    // A part that was not the last one is not among the rows' names.
    const address = found.get(customer)?.at(-1)?.conversation.address;
    const effect = address === undefined ? null : await store.outbox.findSent(address, id);
    if (effect === null) orphans.add(takenKey({ customer, id }));
  }
  return orphans;
}
