import type { Conversation } from '../../core/conversation.ts';
import { deadlineOf } from '../../core/conversation.ts';
import type { Commit } from '../../core/event.ts';
import { addressKey } from '../../core/message.ts';
import { holderOf, moveOf } from '../held.ts';

/** Columns of the read model with their types, in the order in which `modelValues` fills them. */
const columns = {
  id: 'text',
  address: 'text',
  ordinal: 'integer',
  number: 'bigint',
  state: 'json',
  stage: 'text',
  tier: 'integer',
  agent: 'text',
  deadline_kind: 'text',
  deadline_at: 'bigint',
  case_deadline_at: 'bigint',
  closed_at: 'bigint',
  asked_at: 'bigint',
  brand: 'text',
  holder: 'text',
  move: 'text',
} as const;

/** The columns that follow from a state alone, for an INSERT. */
export const modelColumns = Object.keys(columns).join(', ');

/** How many they are. */
export const modelCount = Object.keys(columns).length;

/** The values of `modelColumns`. */
export type ModelValues = readonly (string | number | null)[];

/** A state as the read model keeps it: the whole as a document, and beside it what is searched for. */
export function modelValues(state: Conversation): ModelValues {
  const { stage } = state;
  const deadline = deadlineOf(stage);
  return [
    state.id,
    addressKey(state.address),
    state.ordinal,
    state.number,
    JSON.stringify(state),
    stage.kind,
    state.lastTier,
    stage.kind === 'claimed' || stage.kind === 'solved' ? stage.agent.id : null,
    deadline?.kind ?? null,
    deadline?.at ?? null,
    state.lastTier === null ? null : (deadline?.at ?? null),
    stage.kind === 'closed' ? stage.at : null,
    state.questions[0]?.at ?? null,
    state.brand,
    holderOf(stage),
    moveOf(stage),
  ];
}

/** Parameters for the values of `modelColumns`, the first of them `$first`. */
export function modelParameters(first: number): string {
  return Object.values(columns)
    .map((type, n) => `$${first + n}::${type}`)
    .join(', ');
}

/** As `modelParameters`, for an array of values for each column. */
export function modelArrays(first: number): string {
  return Object.values(columns)
    .map((type, n) => `$${first + n}::${type}[]`)
    .join(', ');
}

/** The SET list of an upsert that replaces what follows from a state and its sequence. */
export const modelReplacement = ['seq', ...Object.keys(columns).slice(1)]
  .map((column) => `${column} = excluded.${column}`)
  .join(', ');

/**
 * What a commit means for the answer that the bot owes: it owes none, owes one from now on, or owes one still.
 * @param after the conversation after the commit
 */
export function turnAfter(commit: Pick<Commit, 'events'>, after: Conversation): 'none' | 'new' | 'still' {
  if (after.stage.kind !== 'bot' || after.stage.turn === null) return 'none';
  return commit.events.some((event) => event.type === 'bot-took-turn') ? 'new' : 'still';
}
