import type { Conversation } from '../core/conversation.ts';
import type { Commit, Effect } from '../core/event.ts';
import { effectName, remoteOf } from '../core/event.ts';
import type { Media, OutboundMessage } from '../core/message.ts';

/**
 * The message that a `send` effect carries. Pure.
 * @param state the conversation as it stands now: where its customer is
 * @returns null when the effect is no send, or does not point at words: a note can never become a message (law 7)
 */
export function outboundOf(commit: Commit, index: number, state: Conversation): OutboundMessage | null {
  const effect: Effect | undefined = commit.effects[index];
  if (effect?.kind !== 'send') return null;
  const event = commit.events[effect.event];
  if (event?.type !== 'said') return null;
  const { from, text, options, sources, attachment } = event;
  return {
    name: effectName(commit, index),
    conversation: commit.conversation,
    to: state.reach,
    from,
    text,
    options,
    sources,
    attachment: attachment ?? null,
    language: state.language,
    number: state.number,
    subject: state.subject,
    answers: state.lastWrote,
  };
}

/** The file that a `fetch` effect is to bring here; null when the effect is another. Pure. */
export function fileOf(commit: Commit, index: number): Media | null {
  const effect = commit.effects[index];
  const event = effect?.kind === 'fetch' ? commit.events[effect.event] : undefined;
  return event !== undefined && 'content' in event ? (remoteOf(event.content) ?? null) : null;
}
