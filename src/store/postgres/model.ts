import type { Conversation } from '../../core/conversation.ts';
import { deadlineOf } from '../../core/conversation.ts';
import { addressKey } from '../../core/message.ts';

/** The read model's columns that follow from a state alone, in the order of `modelColumns`. */
export type ModelValues = readonly (string | number | null)[];

/** The columns of `conversations` that `modelValues` fills. */
export const modelColumns =
  'id, address, ordinal, number, state, stage, tier, agent, deadline_kind, deadline_at, closed_at';

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
    stage.kind === 'closed' ? stage.at : null,
  ];
}

/** The sequence of the oldest message that the bot owes an answer to; null when it owes none. */
export function turnSeq(state: Conversation): number | null {
  if (state.stage.kind !== 'bot' || state.stage.turn === null) return null;
  return state.pending[0]?.seq ?? state.stage.turn.throughSeq;
}

/** The SET list of an upsert that replaces a read model's row. */
export const modelReplacement = [...modelColumns.split(', ').slice(1), 'seq', 'turn_at']
  .map((column) => `${column} = excluded.${column}`)
  .join(', ');
