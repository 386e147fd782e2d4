import { type Conversation, deadlineOf } from '../../core/conversation.ts';
import { addressKey } from '../../core/message.ts';
import type { Snapshot } from '../conversation-log.ts';
import { holderOf, moveOf } from '../held.ts';
import type { ConversationDocument } from './documents.ts';

/** Fields that are left out where there is nothing to say. */
const optionalFields = [
  'tier',
  'agent',
  'holder',
  'move',
  'deadlineKind',
  'deadlineAt',
  'turnAt',
  'caseDeadlineAt',
  'closedAt',
  'askedAt',
  'brand',
] as const satisfies readonly (keyof ConversationDocument)[];

/** A state as the read model keeps it: the whole as JSON, and beside it what is searched for. */
export function modelOf(state: Conversation, seq: number): Omit<ConversationDocument, 'turnAt'> {
  const { stage } = state;
  const deadline = deadlineOf(stage);
  const [asked] = state.questions;
  const holder = holderOf(stage);
  const move = moveOf(stage);
  return {
    _id: state.id,
    seq,
    address: addressKey(state.address),
    ordinal: state.ordinal,
    number: state.number,
    state: JSON.stringify(state),
    stage: stage.kind,
    channel: state.reach.channel,
    ...(state.lastTier === null ? {} : { tier: state.lastTier }),
    ...(stage.kind === 'claimed' || stage.kind === 'solved' ? { agent: stage.agent.id } : {}),
    ...(holder === null ? {} : { holder }),
    ...(move === null ? {} : { move }),
    ...(deadline === null ? {} : { deadlineKind: deadline.kind, deadlineAt: deadline.at }),
    ...(state.lastTier === null || deadline === null ? {} : { caseDeadlineAt: deadline.at }),
    ...(stage.kind === 'closed' ? { closedAt: stage.at } : {}),
    ...(asked === undefined ? {} : { askedAt: asked.at }),
    ...(state.brand == null ? {} : { brand: state.brand }),
  };
}

/**
 * The update that puts one model in another's place.
 * @param kept an optional field that is left as it is where the model has none
 */
export function replacing(model: Partial<ConversationDocument>, kept?: 'turnAt') {
  const { _id, ...set } = model;
  const gone = optionalFields.filter((field) => model[field] === undefined && field !== kept);
  const unset: Record<string, ''> = Object.fromEntries(gone.map((field) => [field, '']));
  return { $set: set, ...(gone.length === 0 ? {} : { $unset: unset }) };
}

/** What a model says of its conversation. */
export function snapshotOf({ state, seq }: Pick<ConversationDocument, 'state' | 'seq'>): Snapshot {
  return { state: JSON.parse(state), seq };
}
