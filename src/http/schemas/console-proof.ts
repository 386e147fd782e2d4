import { z } from 'zod';
import { goldenCounts } from './console-golden.ts';
import { decision, language, list, share } from './console-parts.ts';

/** What a version makes of a question. */
export const dealt = z.object({
  decision,
  article: z.string().nullable(),
  confidence: share.describe('That the article is the right one.'),
});

const graded = z.object({
  question: z.string(),
  language,
  expected: z.string().nullable(),
  before: dealt.extend({ grade: z.string() }).nullable(),
  after: dealt.extend({ grade: z.string() }),
});

/** What the golden questions say of a draft. */
export const proofSchema = z
  .object({
    version: z.int().nullable(),
    regression: z.boolean(),
    worse: list(graded),
    better: list(graded),
    edge: list(graded),
    grades: z.object({
      before: goldenCounts.nullable(),
      after: goldenCounts,
    }),
    dropped: z.int(),
    answersFrom: z
      .object({ before: share.nullable(), after: share.nullable() })
      .describe('How sure each is at least where it answers; null where it has no such bar.'),
  })
  .nullable();

export const draftProof = z.object({ proof: proofSchema });
