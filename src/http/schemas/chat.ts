import { z } from 'zod';
import type { ChatMessage } from '../../channels/webchat/render.ts';
import { languages } from '../../core/language.ts';
import { clientId, fileId, iso, moment, words } from './text.ts';

export const option = z.object({ id: z.string(), label: z.string() });

export const source = z.object({ article: z.string(), title: z.string() });

export const chatSession = z.object({ language: z.enum(languages).optional() }).nullish();

export const chatPost = z
  .object({
    id: clientId,
    text: words(10_000).optional(),
    option: words(64).optional(),
    file: fileId.optional(),
    name: words(100).optional(),
    language: z.enum(languages).optional(),
    timeZone: z.string().max(80).optional().describe("The browser's, IANA: appointments are told in it."),
  })
  .refine(({ text, option, file }) => (option === undefined) !== (text === undefined && file === undefined), {
    error: 'must have text, a file or both; or an option',
  })
  .meta({ anyOf: [{ required: ['text'] }, { required: ['file'] }, { required: ['option'] }] });

export const chatReceipt = z.object({ conversation: z.string(), duplicate: z.boolean() });

export const chatAfter = z.object({ after: z.string().max(40).optional() });

export const chatFile = z
  .object({
    id: z.string(),
    kind: z.enum(['image', 'audio', 'voice', 'video', 'document', 'sticker']),
    name: z.string().optional(),
    bytes: z.int().optional(),
    type: z.string().optional(),
  })
  .meta({ id: 'ChatFile' });

export const chatFileAnswer = z.object({ file: chatFile });

export const chatMessage = z
  .object({
    id: z.string(),
    from: z.enum(['customer', 'bot', 'agent', 'system']),
    text: z.string(),
    file: chatFile.optional(),
    options: z.array(option).optional(),
    sources: z.array(source).optional(),
    author: z.string().optional(),
    at: moment,
  })
  .meta({ id: 'ChatMessage' });

export const chatHistory = z.object({ messages: z.array(chatMessage), cursor: z.string() });

/** A message as clients read it. */
export function chatMessageJson({
  options,
  sources,
  at,
  ...plain
}: ChatMessage): z.output<typeof chatMessage> {
  return {
    ...plain,
    ...(options === undefined ? {} : { options: [...options] }),
    ...(sources === undefined ? {} : { sources: [...sources] }),
    at: iso(at),
  };
}
