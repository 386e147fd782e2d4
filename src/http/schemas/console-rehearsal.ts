import { z } from 'zod';
import { option } from './chat.ts';
import { language, list, reason } from './console-parts.ts';

const name = z
  .string()
  .regex(/^[a-z\d]+(?:-[a-z\d]+)*$/u, 'expected lower-case words joined by hyphens')
  .max(80);
const yaml = z.string().max(100_000).describe('name, language and turns.');

export const rehearsalList = z.object({
  rehearsals: list(
    z.object({
      name: z.string(),
      language,
      brand: z.string().nullable(),
      turns: z.int(),
      yaml,
    }),
  ),
  mustRehearse: z.boolean().describe('Nothing is published in which one breaks.'),
});

export const rehearsalPut = z.object({
  yaml,
  seen: yaml
    .nullable()
    .optional()
    .describe('As it was opened; null: it is new. Refused when it is another one now.'),
  reason,
});

export const rehearsalKept = z.object({ name: z.string(), yaml });

export const rehearsalRemove = z.object({ name, reason });

export const rehearsalRequire = z.object({ required: z.boolean(), reason });

export const rehearsalPlay = z.object({ name: name.nullable().default(null).describe('Null: all.') });

export const rehearsalFromCase = z.object({ conversation: z.string().min(1).max(200), name });

export const rehearsalPlayed = z.object({
  played: list(
    z.object({
      name: z.string(),
      passed: z.boolean(),
      brokeAt: z.int().nullable().describe('The first turn that went otherwise, from 0.'),
      turns: list(
        z.object({
          customer: z.string(),
          expected: z.object({
            answers: z.string().optional(),
            asks: z.boolean().optional(),
            handsOver: z.string().optional(),
            contains: list(z.string()).optional(),
          }),
          happened: z
            .object({
              said: list(z.string()),
              options: list(option),
              answers: z.string().nullable(),
              asks: z.boolean(),
              handsOver: z.string().nullable(),
            })
            .nullable()
            .describe('Null: it was not come to.'),
          faults: list(z.string()),
        }),
      ),
    }),
  ),
});
