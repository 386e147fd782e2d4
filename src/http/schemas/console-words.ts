import { z } from 'zod';
import { language, list, reason } from './console-parts.ts';

export const phraseQuery = z.object({ language: language.default('es') });

export const phraseList = z.object({
  language,
  phrases: list(
    z.object({
      key: z.string(),
      usual: z.string().describe("The catalogue's words, an ICU message."),
      draft: z.string().nullable().describe("The draft's in their place; null: the usual ones."),
      published: z.string().nullable(),
      values: list(z.string()).describe('What it may mention in braces.'),
    }),
  ),
});

export const phraseSet = z.object({
  language,
  key: z.string().min(1).max(80),
  text: z.string().max(4_000).nullable().describe('An ICU message; null: the usual words again.'),
  seen: z
    .string()
    .max(4_000)
    .nullable()
    .optional()
    .describe("The draft's words as they were opened: refused when they are others now."),
  reason,
});

export const synonymView = z.object({
  text: z.string().describe('A group a line: `es: módem, router`.'),
  groups: list(z.object({ language, words: list(z.string()) })),
  etag: z.string(),
  published: z.string().nullable(),
});

export const synonymSet = z.object({
  text: z.string().max(500_000),
  etag: z.string().max(40).describe('Of the synonyms as they were opened.'),
  reason,
});
