import { z } from 'zod';
import { option, source } from './chat.ts';
import { decision, language, list, share } from './console-parts.ts';
import { words } from './text.ts';

export const trial = z.object({
  turns: z
    .array(z.union([z.object({ text: words(2_000) }), z.object({ option: z.string().min(1).max(64) })]))
    .min(1)
    .max(20),
  language: language.default('es'),
  brand: z.string().max(60).nullable().default(null),
});

const explanation = z.object({
  decision,
  language,
  article: z.string().nullable(),
  confidence: share.describe('That the base has an answer.'),
  candidates: list(z.object({ article: z.string(), probability: share })),
  knownWords: z.number().describe('The share of its words that the base knows.'),
  sure: share.describe('That the best article is right.'),
  answerFrom: share.describe('From what it is answered.'),
  asking: z.number().describe('What asking back is worth.'),
  handingOver: z.number().describe('What handing over is worth.'),
  evidence: list(
    z.object({
      article: z.string(),
      probability: share,
      classifier: z.number(),
      nearestExample: z.number(),
      text: z.number(),
    }),
  ),
});

const passage = source.extend({ passage: z.string().optional().describe('The part that answers.') });

const side = z.object({
  version: z.int().nullable().describe('Null: the draft.'),
  turns: list(
    z.object({
      say: list(z.object({ text: z.string(), options: list(option), sources: list(passage) })),
      action: z.enum(['wait', 'ask', 'hand-over', 'resolve']),
      outcome: z.string(),
      language,
      explanation: explanation.nullable(),
      titles: z.record(z.string(), z.string()),
    }),
  ),
});

export const trialResult = z.object({ published: side.nullable(), draft: side });
