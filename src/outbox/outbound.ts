import type { Commit, Effect } from '../core/event.ts';
import { effectName } from '../core/event.ts';
import type { Address, OutboundMessage } from '../core/message.ts';

/**
 * The message that a `send` effect carries. Pure.
 * @returns null when the effect is no send, or does not point at words: a note can never become a message (law 7)
 */
export function outboundOf(commit: Commit, index: number, to: Address): OutboundMessage | null {
  const effect: Effect | undefined = commit.effects[index];
  if (effect?.kind !== 'send') return null;
  const event = commit.events[effect.event];
  if (event?.type !== 'said') return null;
  const { from, text, options, sources } = event;
  return {
    name: effectName(commit, index),
    conversation: commit.conversation,
    to,
    from,
    text,
    options,
    sources,
  };
}
