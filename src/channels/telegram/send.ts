import { SendError } from '../../core/errors.ts';
import type { OutboundMessage } from '../../core/message.ts';
import type { ChannelDeps } from '../channel-kind.ts';
import { chatOf } from './address.ts';
import type { CallBotApi } from './bot-api.ts';
import { BotApiError, isUnfitPicture, isUnreadableHtml, sendErrorOf } from './refusal.ts';
import { partsOf, renderPart } from './render.ts';
import { createSendFile } from './send-file.ts';
import { asDocument, type Upload } from './upload.ts';

/** Sends one part. @returns Telegram's number of the message. @throws SendError */
export type SendPart = (part: OutboundMessage) => Promise<{ externalId: string }>;

/** Builds what sends. A call that surely changed nothing is made again in another form; no other is. */
export function createSend(deps: { call: CallBotApi; media: ChannelDeps['media'] }): SendPart {
  const { call } = deps;
  const sendFile = createSendFile(deps);
  /** Groups that became supergroups, by their old id. */
  const moved = new Map<number, number>();

  async function sendTo(chat: number, part: OutboundMessage): Promise<number> {
    const words = renderPart(part);
    const { attachment } = part;
    const answered = replyOf(part);
    async function as(form: 'html' | 'plain', upload?: Upload): Promise<number> {
      if (attachment !== null) return sendFile({ chat, answered, words, form, attachment, upload });
      const sent = await call('sendMessage', {
        chat_id: chat,
        text: words[form],
        link_preview_options: { is_disabled: true },
        ...(form === 'html' ? { parse_mode: 'HTML' } : {}),
        ...(answered === null ? {} : { reply_parameters: answered }),
        ...(words.keyboard === null ? {} : { reply_markup: { inline_keyboard: words.keyboard } }),
      });
      return sent.message_id;
    }
    try {
      return await as('html');
    } catch (error) {
      if (isUnreadableHtml(error)) return as('plain');
      if (attachment !== null && isUnfitPicture(error)) return as('html', asDocument);
      throw error;
    }
  }

  async function sendWhereItIs(chat: number, part: OutboundMessage): Promise<number> {
    try {
      return await sendTo(moved.get(chat) ?? chat, part);
    } catch (error) {
      if (!(error instanceof BotApiError) || error.movedTo === undefined) throw error;
      moved.set(chat, error.movedTo);
      return sendTo(error.movedTo, part);
    }
  }

  return async (message) => {
    const [part = message, ...rest] = partsOf(message);
    if (rest.length > 0) {
      throw new SendError('too_long', 'The message takes more than one call.', { permanent: true });
    }
    try {
      return { externalId: `${await sendWhereItIs(chatOf(part.to).id, part)}` };
    } catch (error) {
      throw sendErrorOf(error);
    }
  };
}

/** In a group an answer shows whom it answers; elsewhere that is plain. */
function replyOf({ to, answers }: OutboundMessage): Answered | null {
  if (!chatOf(to).group || answers === null || !/^\d+$/u.test(answers.externalId)) return null;
  return { message_id: Number(answers.externalId), allow_sending_without_reply: true };
}

/** The message that an answer points at, if it is still there. */
export interface Answered {
  readonly message_id: number;
  readonly allow_sending_without_reply: true;
}
