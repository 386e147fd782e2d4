import { z } from 'zod';
import { golden } from './console-golden.ts';
import { language, list, reason, share } from './console-parts.ts';
import { proofSchema } from './console-proof.ts';
import { moment, words } from './text.ts';

const change = z.enum(['added', 'changed', 'removed']);

const baseChanges = z.object({
  articles: list(z.object({ id: z.string(), language, title: z.string(), change })),
  golden: list(golden.extend({ question: z.string(), change, was: z.string().nullable().optional() })),
  synonyms: list(z.object({ language, words: list(z.string()), change })),
  phrases: list(
    z.object({ language, key: z.string(), before: z.string().nullable(), after: z.string().nullable() }),
  ),
  rehearsals: list(z.object({ name: z.string(), change })),
  mustRehearse: z.object({ before: z.boolean(), after: z.boolean() }).nullable(),
  wrongRate: z.object({ before: share.nullable(), after: share }).nullable(),
});

export const draftChanges = z.object({
  version: z.int().nullable().describe('What is published; null: nothing yet.'),
  revision: z.int().describe("The draft's."),
  changes: baseChanges,
});

export const versionRef = z.object({ version: z.coerce.number().int().min(1) });

export const versionHeld = z.object({
  held: z.object({
    articles: z.int(),
    golden: z.int(),
    synonyms: z.int(),
    phrases: z.int(),
    rehearsals: z.int(),
    mustRehearse: z.boolean(),
    wrongRate: share,
  }),
  changes: baseChanges.describe('Since the version before.'),
});

export const versionList = z.object({
  versions: list(
    z.object({
      version: z.int(),
      publishedAt: moment,
      publishedBy: z.string(),
      comment: z.string(),
      articleCount: z.int(),
      candidate: z.boolean().optional().describe('Only for a trial: it was never live.'),
    }),
  ),
});

export const publication = z.object({
  comment: z.string().max(1_000).default(''),
  override: words(1_000).optional().describe('Why it is published although golden questions get worse.'),
});

export const published = z.object({ version: z.int(), articleCount: z.int(), proof: proofSchema });

export const rollback = z.object({ version: z.int().min(1), reason });

export const rolledBack = z.object({ version: z.int(), articleCount: z.int() });
