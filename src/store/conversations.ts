import { LRUCache } from 'lru-cache';
import type { Clock } from '../core/clock.ts';
import type { Command, Meaning, Refusal } from '../core/command.ts';
import type { Conversation } from '../core/conversation.ts';
import { decide } from '../core/decide.ts';
import { isOver } from '../core/decide-customer.ts';
import { RelevoError } from '../core/errors.ts';
import type { Actor, Commit, Event } from '../core/event.ts';
import { effectsOf } from '../core/event.ts';
import { evolve } from '../core/evolve.ts';
import { conversationId } from '../core/ids.ts';
import { createLanes } from '../core/lanes.ts';
import type { Language } from '../core/language.ts';
import type { InboundMessage } from '../core/message.ts';
import { addressKey } from '../core/message.ts';
import type { Rules } from '../core/rules.ts';
import type { ConversationLog, Snapshot } from './conversation-log.ts';

/** How a command ended. */
export type Handled =
  /** Carried out; `commit` is null when there was nothing to do. */
  | { readonly kind: 'done'; readonly snapshot: Snapshot; readonly commit: Commit | null }
  | { readonly kind: 'refused'; readonly refusal: Refusal; readonly snapshot: Snapshot | null }
  /** The key was stored before: the same command came twice. */
  | { readonly kind: 'repeated'; readonly conversation: string };

/** The only way anything is written to a conversation: decide, append, and on a conflict decide again (law 2). */
export interface Conversations {
  /**
   * Stores a customer's message, opening a conversation where there is none. Resolves once it is durable (law 1).
   * @throws RelevoError `store_unreachable`: nothing is known to be stored, sending it again is safe
   */
  receive(message: InboundMessage): Promise<{ conversation: string; duplicate: boolean }>;
  /**
   * Carries out a command.
   * @param key makes a repetition of the command harmless; null when nothing can repeat it
   * @throws RelevoError `store_unreachable`
   */
  handle(conversation: string, command: Command, by: Actor, key?: string | null): Promise<Handled>;
  /**
   * A conversation to begin work on, whose end is checked by an append.
   * @param seq as this process remembers it will do when it is at least this new; 0: read it from the store
   */
  peek(conversation: string, seq: number): Promise<Snapshot | null>;
}

/** What the log of conversations is built from. */
export interface ConversationsDeps {
  readonly log: ConversationLog;
  readonly clock: Clock;
  readonly rules: () => Rules;
  /** What short answers mean where only a few make sense. */
  readonly readMeaning: (text: string, language: Language) => Meaning | null;
  /** The language of a customer of whom nothing is known yet. */
  readonly defaultLanguage: Language;
  /** Called after each stored commit, in order per conversation within this process; must not throw. */
  readonly onCommit: (commit: Commit, after: Conversation) => void;
}

/** States kept in memory. A stale one is found out by the sequence when something is appended. */
const cachedStates = 5_000;

/** Conflicts in a row before giving up: more means that something appends without end. */
const maxConflicts = 100;

/** Connects the pure core to a store. */
export function createConversations(deps: ConversationsDeps): Conversations {
  const { log, clock, rules } = deps;
  const lanes = createLanes();
  const states = new LRUCache<string, Snapshot>({ max: cachedStates });
  const newest = new LRUCache<string, string>({ max: cachedStates });

  async function append(
    id: string,
    before: Snapshot | null,
    events: readonly Event[],
    by: Actor,
    key: string | null,
    at: number,
  ): Promise<{ result: 'conflict' | 'repeated' } | { result: 'stored'; snapshot: Snapshot; commit: Commit }> {
    const seq = (before?.seq ?? 0) + 1;
    const commit: Commit = { conversation: id, seq, at, by, key, events, effects: effectsOf(events) };
    const state = events.reduce<Conversation | null>(
      (s, event) => evolve(s, event, commit),
      before?.state ?? null,
    );
    if (state === null) throw new Error('a commit without events');
    const result = await log.append(commit, state);
    if (result !== 'stored') {
      states.delete(id);
      return { result };
    }
    const snapshot = { state, seq };
    states.set(id, snapshot);
    newest.set(addressKey(state.address), id);
    deps.onCommit(commit, state);
    return { result, snapshot, commit };
  }

  async function load(id: string): Promise<Snapshot | null> {
    const snapshot = await log.load(id);
    if (snapshot !== null) states.set(id, snapshot);
    return snapshot;
  }

  async function newestOf(message: InboundMessage): Promise<Snapshot | null> {
    const known = newest.get(addressKey(message.address));
    const cached = known === undefined ? undefined : states.get(known);
    return cached ?? (await log.newest(message.address));
  }

  async function receive(message: InboundMessage): Promise<{ conversation: string; duplicate: boolean }> {
    const address = addressKey(message.address);
    let number: number | null = null;
    for (let conflicts = 0; conflicts < maxConflicts; conflicts += 1) {
      const last = await newestOf(message);
      const now = clock.now();
      const { gesture } = message;
      const speaks = gesture.kind === 'message' && message.bystander === undefined;
      const before = last === null || (speaks && isOver(last.state, rules(), now)) ? null : last;
      const ordinal = before?.state.ordinal ?? (last?.state.ordinal ?? 0) + 1;
      const id = conversationId(address, ordinal);
      if (before === null) number ??= await log.nextNumber();
      const language = message.languageHint ?? last?.state.language ?? deps.defaultLanguage;
      const said =
        gesture.kind === 'message' && gesture.content.kind === 'text' ? gesture.content.text : null;
      const command: Command = {
        type: 'receive',
        message,
        meaning: said === null ? null : deps.readMeaning(said, before?.state.language ?? language),
        start: number === null ? null : { ordinal, number, language },
      };
      const decided = decide(before?.state ?? null, command, rules(), now);
      if ('refused' in decided) throw new Error(`a customer's message was refused: ${decided.refused.code}`);
      if (decided.events.length === 0) return { conversation: before?.state.id ?? id, duplicate: false };
      const appended = await append(id, before, decided.events, { kind: 'customer' }, message.key, now);
      if (appended.result === 'stored') return { conversation: id, duplicate: false };
      if (appended.result === 'repeated') {
        const known = await log.findKey(message.key);
        return { conversation: known?.conversation ?? id, duplicate: true };
      }
      newest.delete(address);
    }
    throw contended();
  }

  async function handle(id: string, command: Command, by: Actor, key: string | null): Promise<Handled> {
    for (let conflicts = 0; conflicts < maxConflicts; conflicts += 1) {
      let before = states.get(id) ?? null;
      let fresh = false;
      if (before === null) {
        before = await load(id);
        fresh = true;
      }
      let now = clock.now();
      let decided = decide(before?.state ?? null, command, rules(), now);
      // Only an append finds out that a remembered state is stale: whoever appends nothing must look again.
      if (!fresh && ('refused' in decided || decided.events.length === 0)) {
        before = await load(id);
        now = clock.now();
        decided = decide(before?.state ?? null, command, rules(), now);
      }
      if ('refused' in decided) {
        if (key !== null && (await log.findKey(key)) !== null) return { kind: 'repeated', conversation: id };
        return { kind: 'refused', refusal: decided.refused, snapshot: before };
      }
      if (before === null) throw new Error('a command on no conversation was accepted');
      if (decided.events.length === 0) return { kind: 'done', snapshot: before, commit: null };
      const appended = await append(id, before, decided.events, by, key, now);
      if (appended.result === 'stored')
        return { kind: 'done', snapshot: appended.snapshot, commit: appended.commit };
      if (appended.result === 'repeated') return { kind: 'repeated', conversation: id };
    }
    throw contended();
  }

  return {
    receive: (message) => lanes.run(addressKey(message.address), () => receive(message)),
    handle: (id, command, by, key = null) => lanes.run(id, () => handle(id, command, by, key)),
    async peek(id, seq) {
      const known = seq === 0 ? undefined : states.get(id);
      return known !== undefined && known.seq >= seq ? known : await load(id);
    },
  };
}

function contended(): RelevoError {
  return new RelevoError('conversation_contended', 'too many writers on one conversation at once', {
    hint: 'Send it again: nothing was stored.',
  });
}
