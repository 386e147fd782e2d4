import { z } from 'zod';
import { list, reason, share } from './console-parts.ts';
import { moment, words } from './text.ts';

const range = z.object({ share, low: share, high: share });
const counts = z.object({
  customers: z.int().describe('Decided: closed, or handed to a person.'),
  resolved: z.int(),
  disliked: z.int(),
  handedOver: z.int(),
  open: z.int(),
});
const side = counts.extend({
  version: z.int(),
  ranges: z.object({
    resolved: range.nullable(),
    disliked: range.nullable(),
    handedOver: range.nullable(),
  }),
  wrong: z.object({ count: z.int(), of: z.int(), range }).nullable().describe('Of the golden questions.'),
});

export const trialStatus = z.object({
  trial: z
    .object({
      id: z.string(),
      candidate: z.int(),
      live: z.int(),
      share,
      brands: list(z.string()).nullable(),
      startedAt: moment,
      startedBy: z.string(),
      reason: z.string(),
      ended: z
        .object({
          at: moment,
          why: z.enum(['candidate-worse', 'live-worse', 'dropped', 'made-live', 'published']),
          by: z.string(),
        })
        .nullable()
        .describe('Null while it runs.'),
      countedAt: moment.nullable(),
      sides: z.object({ live: side, candidate: side }),
      byBrand: z.record(z.string(), z.object({ live: counts, candidate: counts })),
      evidence: z.number().describe('That the sides differ: 1 is none, at `stopsAt` the trial stops.'),
      stopsAt: z.number(),
    })
    .nullable()
    .describe('The newest; null: there never was one.'),
});

export const trialStart = z.object({
  version: z.int().min(1).nullable().default(null).describe('Null: the draft as it is.'),
  share: z.number().min(0.01).max(0.9).default(0.1).describe('The share of customers it answers.'),
  brands: z.array(z.string().min(1).max(60)).min(1).max(100).nullable().default(null),
  reason,
  override: words(1_000).optional().describe('Why it is begun although golden questions get worse.'),
});

export const trialEnd = z.object({ how: z.enum(['made-live', 'dropped']), reason });
