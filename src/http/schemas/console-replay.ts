import { z } from 'zod';
import { language, list } from './console-parts.ts';
import { dealt, proofSchema } from './console-proof.ts';
import { moment } from './text.ts';

export const replayStart = z.object({ questions: z.int().min(0).max(5_000).default(1_000) });

export const replayRef = z.object({ id: z.string().regex(/^[\da-f-]{8,64}$/u) });

const counts = z.object({ answer: z.int(), clarify: z.int(), handoff: z.int() });

export const replayJob = z
  .object({
    id: z.string(),
    by: z.string(),
    startedAt: moment,
    revision: z.int().describe("The draft's."),
    version: z.int().describe('What it is compared with.'),
    state: z.enum(['running', 'done', 'cancelled', 'failed', 'died']),
    step: z.object({
      stage: z.enum(['training', 'replaying', 'proving']),
      done: z.int(),
      of: z.int(),
    }),
    error: z.string().nullable(),
    result: z
      .object({
        questions: z.int(),
        same: z.int(),
        before: counts,
        after: counts,
        changes: list(
          z.object({
            at: moment,
            question: z.string(),
            language,
            brand: z.string().nullable(),
            change: z.enum(['newly-answered', 'newly-asked', 'newly-handed-over', 'other-article']),
            before: dealt,
            after: dealt,
          }),
        ),
        proof: proofSchema,
      })
      .nullable(),
  })
  .meta({ id: 'Replay' });

export const replayList = z.object({ replays: list(replayJob) });
