import { z } from 'zod';
import { article } from './console-articles.ts';
import { language, list, reason, why } from './console-parts.ts';
import { moment, words } from './text.ts';

/** How far to look back for gaps. */
export const days = z.object({ days: z.coerce.number().int().min(1).max(365).default(30) });

export const gapQuery = days.extend({
  proposed: z.stringbool().optional().describe('Only those that people of ours have answered.'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const gapRef = z.object({ id: z.string().regex(/^g[\da-f]{7}$/u, 'must be the id of a gap') });

const gap = z
  .object({
    id: z.string(),
    questions: z.int(),
    agentMs: z.number(),
    proposed: z.boolean(),
    wordings: list(z.object({ text: z.string(), language })),
    happened: z.object({
      unanswered: z.int(),
      disliked: z.int(),
      person: z.int(),
      asked: z.int(),
      second: z.int().describe('Settled by a later answer of the bot only.'),
      solved: z.int(),
    }),
    proposal: z.object({
      kind: z.enum(['publish', 'example', 'article', 'improve', 'write']),
      article: z.string().optional(),
      by: z.enum(['question', 'agent']).optional(),
    }),
  })
  .meta({ id: 'Gap' });

export const gapList = z.object({
  gaps: list(gap),
  of: z.int(),
  at: moment.nullable().describe('When these were found; null: they are being found for the first time.'),
  finding: z
    .boolean()
    .describe(
      'They are being found anew: ask again in a second, until it is false, to see what is true now.',
    ),
});

export const gapDetail = z.object({
  gap,
  asked: list(
    z.object({
      conversation: z.string(),
      at: moment,
      language,
      question: z.string(),
      happened: z.enum(['unanswered', 'disliked', 'person', 'asked', 'second']),
      shown: list(z.string()),
      replies: list(z.string()),
      execution: z.string().nullable(),
      solved: z.boolean(),
      proposed: z.boolean(),
    }),
  ).describe('The newest hundred, oldest first, without personal data.'),
});

export const gapAccept = z.object({
  action: z.enum(['example', 'article']),
  article: z.string().min(1).max(80),
  wordings: z
    .array(z.object({ text: words(300), language }))
    .max(50)
    .optional()
    .describe("With `example`: these instead of the gap's own wordings."),
  edited: z
    .looseObject({})
    .optional()
    .describe('With `article`: what a person made of the draft of the article.'),
  reason,
});

export const gapDraftQuery = days.extend({ article: z.string().min(1).max(80) });

export const gapDraft = z.object({
  article: article.describe('Its answer is empty where nobody has answered yet.'),
});

export const gapRestore = z.object({ reason });

export const gapAccepted = z.object({
  articles: list(z.string()),
  examples: list(z.object({ text: z.string(), language })),
  golden: list(z.object({ question: z.string(), language, article: z.string().nullable() })),
});

export const gapDismiss = z.object({ reason: why });

export const settledGaps = z.object({
  settled: list(
    z.object({
      id: z.string(),
      at: moment,
      action: z.enum(['example', 'article', 'dismissed', 'restored']),
      detail: z.string(),
      questions: z.int(),
    }),
  ),
});
