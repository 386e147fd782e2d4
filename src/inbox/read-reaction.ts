import type { InboundMessage, Option } from '../core/message.ts';
import { choices } from '../core/message.ts';
import type { ConversationLog } from '../store/conversation-log.ts';
import type { Outbox } from '../store/outbox.ts';

/** A reaction that answers a question becomes the choice it means; everything else stays as it is. */
export type ReadReaction = (message: InboundMessage) => Promise<InboundMessage>;

/** Emoji without their skin colour and their variation. */
const bare = (emoji: string) => emoji.replace(/[\u{1F3FB}-\u{1F3FF}\u{FE0F}]/gu, '');

const yes = new Set(['👍', '❤', '✅', '🙏', '👌', '💯', '🎉', '😀', '😃', '😊', '🙂', '🥰', '😍', '👏']);
const no = new Set(['👎', '❌', '😡', '😠', '😞', '🙁', '☹', '😢', '💩']);

/**
 * Makes the reader: 👍 or 👎 on a message that asks "did it help?" or "is it solved?" is its yes or no.
 * Reacting once more changes nothing: a choice has the key of its reaction.
 */
export function createReadReaction(
  outbox: Pick<Outbox, 'findSent'>,
  log: Pick<ConversationLog, 'commits'>,
): ReadReaction {
  async function optionsOf(message: InboundMessage, of: string): Promise<readonly Option[]> {
    const name = await outbox.findSent(message.address, of);
    const [conversation = '', seq = '', index = ''] = name?.split('.') ?? [];
    const [commit] = name === null ? [] : await log.commits(conversation, Number(seq) - 1, 1);
    const effect = commit?.effects[Number(index)];
    const event = effect?.kind === 'send' ? commit?.events[effect.event] : undefined;
    return event?.type === 'said' ? event.options : [];
  }

  return async (message) => {
    const { gesture } = message;
    if (gesture.kind !== 'reaction' || gesture.emoji === null) return message;
    const emoji = bare(gesture.emoji);
    const wanted = yes.has(emoji)
      ? [choices.helped, choices.solvedYes]
      : no.has(emoji)
        ? [choices.notHelped, choices.solvedNo]
        : [];
    if (wanted.length === 0) return message;
    const chosen = (await optionsOf(message, gesture.of)).find(({ id }) => wanted.some((one) => one === id));
    if (chosen === undefined) return message;
    const content = { kind: 'choice', option: chosen.id, label: `${gesture.emoji} ${chosen.label}` } as const;
    return { ...message, gesture: { kind: 'message', content } };
  };
}
