import { z } from 'zod';
import { language, list, reason } from './console-parts.ts';
import { words } from './text.ts';

/** A question whose answer is known. */
export const golden = z.object({
  question: words(500),
  language,
  article: z.string().min(1).max(80).nullable().describe('Null: a person is to answer.'),
  brand: z.string().min(1).max(60).optional(),
});

export const goldenList = z.object({ golden: list(golden) });

export const goldenSet = golden.extend({ reason });

export const goldenRemove = golden.omit({ article: true }).extend({ reason });

/** How many golden questions went which way. */
export const goldenCounts = z.object({
  wrong: z.int(),
  'handed over': z.int(),
  'asked back': z.int(),
  right: z.int(),
});
