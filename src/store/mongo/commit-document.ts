import type { Commit } from '../../core/event.ts';
import { effectName } from '../../core/event.ts';
import type { CommitDocument, EffectDocument } from './documents.ts';

/** The `_id` of the commit of a conversation at a sequence. */
export function commitId(conversation: string, seq: number): string {
  return `${conversation}.${seq}`;
}

/** How a commit's key is kept. */
export function keyText(key: string): string {
  return `k:${key}`;
}

/** A commit as it is kept. */
export function documentOf({ conversation, seq, at, key, by, events, effects }: Commit): CommitDocument {
  const _id = commitId(conversation, seq);
  const body = JSON.stringify({ by, events, effects });
  return { _id, conversation, seq, at, key: key === null ? `s:${_id}` : keyText(key), body };
}

/** The commit that a document holds. */
export function commitOf({ conversation, seq, at, key, body }: CommitDocument): Commit {
  return { conversation, seq, at, key: key.startsWith('k:') ? key.slice(2) : null, ...JSON.parse(body) };
}

/** A commit's effects as they begin. @param unknown whether nobody can say if they went out */
export function effectsOfCommit(commit: Commit, unknown: boolean): EffectDocument[] {
  const { conversation, seq, at } = commit;
  return commit.effects.map((_, index) => ({
    _id: effectName(commit, index),
    conversation,
    seq,
    index,
    state: 'pending',
    attempts: 0,
    dueAt: 0,
    touchedAt: at,
    lease: null,
    unknown,
    externalId: null,
    error: null,
    partIds: [],
    sentIds: [],
    receipt: null,
    version: 0,
  }));
}
