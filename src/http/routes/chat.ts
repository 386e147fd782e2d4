import { z } from 'zod';
import type { Receipt } from '../../channels/channel.ts';
import type { ChatPost } from '../../channels/webchat/parse.ts';
import type { PlacedMessage } from '../../channels/webchat/render.ts';
import { visitorOf } from '../access.ts';
import {
  chatAfter,
  chatHistory,
  chatMessageJson,
  chatPost,
  chatReceipt,
  chatSession,
} from '../schemas/chat.ts';
import { problems } from '../schemas/problem.ts';
import { emptyBody } from '../schemas/text.ts';
import type { Visitors } from '../visitor.ts';
import type { WebApp } from '../web-app.ts';

/** What the customer's routes need of the web chat. */
export interface ChatDesk {
  post(secret: string, post: ChatPost): Promise<Receipt>;
  history(
    secret: string,
    after: string | null,
  ): Promise<{ readonly messages: readonly PlacedMessage[]; readonly cursor: string }>;
  visitorTyping(secret: string): Promise<void>;
}

/** The customer's side of the web chat. */
export function chatRoutes(app: WebApp, { chat, visitors }: { chat: ChatDesk; visitors: Visitors }): void {
  const tags = ['chat'];

  app.post('/api/chat/session', {
    config: { allow: 'public' },
    schema: {
      tags,
      summary: 'Gives a page its visitor cookie, unless it has one',
      body: chatSession,
      response: { 200: z.object({}), ...problems },
    },
    handler: async (request, reply) => {
      visitors.begin(request, reply);
      return {};
    },
  });

  app.post('/api/chat/messages', {
    config: { allow: 'visitor' },
    schema: {
      tags,
      summary: 'Sends words, a file or a pressed option; answers once it is durable',
      body: chatPost,
      response: { 202: chatReceipt, ...problems },
    },
    handler: async (request, reply) => {
      const { text, option = '', file, ...common } = request.body;
      const words = text === undefined ? { option } : { text };
      const post: ChatPost = { ...common, ...(file === undefined ? words : { file, text }) };
      return reply.code(202).send(await chat.post(visitorOf(request), post));
    },
  });

  app.get('/api/chat/messages', {
    config: { allow: 'visitor' },
    schema: {
      tags,
      summary: 'The messages after a cursor, or the latest ones',
      querystring: chatAfter,
      response: { 200: chatHistory, ...problems },
    },
    handler: async (request, reply) => {
      const { messages, cursor } = await chat.history(visitorOf(request), request.query.after ?? null);
      reply.header('cache-control', 'no-store');
      return { messages: messages.map(({ message }) => chatMessageJson(message)), cursor };
    },
  });

  app.post('/api/chat/typing', {
    config: { allow: 'visitor' },
    schema: {
      tags,
      summary: 'Says that the customer is writing',
      body: emptyBody,
      response: { 204: z.undefined(), ...problems },
    },
    handler: async (request, reply) => {
      await chat.visitorTyping(visitorOf(request));
      return reply.code(204).send();
    },
  });
}
