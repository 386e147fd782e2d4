import { z } from 'zod';
import type { WordWork } from '../../../kb/workbench/word-work.ts';
import { phraseList, phraseQuery, phraseSet, synonymSet, synonymView } from '../../schemas/console-words.ts';
import { problems } from '../../schemas/problem.ts';
import type { WebApp } from '../../web-app.ts';
import { config, tags, writerOf } from './writer.ts';

/** What the bot says, and which words of customers mean the same. */
export function consoleWordRoutes(app: WebApp, { words }: { words: WordWork }): void {
  app.get('/api/console/phrases', {
    config,
    schema: {
      tags,
      summary: 'What is said to customers in one language: as usual, in the draft, as published',
      querystring: phraseQuery,
      response: { 200: phraseList, ...problems },
    },
    handler: async ({ query: { language } }) => ({ language, phrases: await words.phrases(language) }),
  });

  app.put('/api/console/phrases', {
    config,
    schema: {
      tags,
      summary: 'Says something in other words, in the draft',
      body: phraseSet,
      response: { 204: z.undefined(), ...problems },
    },
    handler: async (request, reply) => {
      const { reason, seen, ...change } = request.body;
      const known = seen === undefined ? change : { ...change, seen };
      await words.setPhrase(writerOf(request, reason), known);
      return reply.code(204).send();
    },
  });

  app.get('/api/console/synonyms', {
    config,
    schema: {
      tags,
      summary: 'Words that mean the same to customers',
      response: { 200: synonymView, ...problems },
    },
    handler: async () => words.synonyms(),
  });

  app.put('/api/console/synonyms', {
    config,
    schema: {
      tags,
      summary: "Makes the draft's synonyms those of a text: all of it or nothing",
      body: synonymSet,
      response: { 204: z.undefined(), ...problems },
    },
    handler: async (request, reply) => {
      const { text, etag, reason } = request.body;
      await words.setSynonyms(writerOf(request, reason), text, etag);
      return reply.code(204).send();
    },
  });
}
