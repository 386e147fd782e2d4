import { SendError } from '../../core/errors.ts';
import type { OutboundMessage } from '../../core/message.ts';
import type { SlackApp, SlackObject } from '../../slack/slack-app.ts';
import { placeOf } from './place.ts';
import { metadataType } from './render.ts';

/** Our clock may be so much ahead of Slack's. */
const skewSeconds = 300;
const maxPages = 10;

/**
 * Looks among our posts for one that carries a part's name, or its file.
 * @returns its id; `absent` when it surely is not there; `unknown` when Slack cannot say now
 */
export async function findSent(
  slack: Pick<SlackApp, 'call' | 'identity'>,
  part: OutboundMessage,
  nowMs: number,
): Promise<{ externalId: string } | 'absent' | 'unknown'> {
  const { channel, root } = placeOf(part.to);
  // A part is never older than what it answers; without that, a day is more than any retry lasts.
  const oldest = ((part.answers?.at ?? nowMs - 86_400_000) / 1_000 - skewSeconds).toFixed(6);
  const where = root === null ? { channel } : { channel, ts: root };
  let cursor = '';
  try {
    const { userId, botId } = await slack.identity();
    for (let page = 0; page < maxPages; page += 1) {
      const { messages, response_metadata: more } = await slack.call(
        root === null ? 'conversations.history' : 'conversations.replies',
        { ...where, oldest, include_all_metadata: true, limit: 200, ...(cursor === '' ? {} : { cursor }) },
      );
      for (const message of Array.isArray(messages) ? messages : []) {
        const isOurs = message?.user === userId || (botId !== null && message?.bot_id === botId);
        const id = isOurs ? idOf(message, part) : undefined;
        if (id !== undefined) return { externalId: id };
      }
      const next = (more as { readonly next_cursor?: unknown } | undefined)?.next_cursor;
      if (typeof next !== 'string' || next === '') return 'absent';
      cursor = next;
    }
    return 'unknown';
  } catch (error) {
    if (!(error instanceof SendError)) throw error;
    return error.code === 'recipient_unreachable' ? 'absent' : 'unknown';
  }
}

function idOf(message: SlackObject, { name, attachment }: OutboundMessage): string | undefined {
  if (attachment !== null) {
    // Slack keeps no metadata with a file: its name and size tell it.
    const files: unknown[] = Array.isArray(message.files) ? message.files : [];
    const file = files.find(
      (one): one is { id: string } =>
        typeof one === 'object' &&
        one !== null &&
        'id' in one &&
        typeof one.id === 'string' &&
        (!('size' in one) || attachment.bytes === undefined || one.size === attachment.bytes) &&
        'name' in one &&
        one.name === fileName(attachment),
    );
    return file?.id;
  }
  const metadata = message.metadata as
    | { readonly event_type?: unknown; readonly event_payload?: { readonly name?: unknown } }
    | undefined;
  const isIt = metadata?.event_type === metadataType && metadata.event_payload?.name === name;
  return isIt && typeof message.ts === 'string' ? message.ts : undefined;
}

/** The name under which a file of ours is shared. */
export function fileName(media: { readonly id: string; readonly name?: string }): string {
  return media.name ?? media.id;
}
