import { z } from 'zod';
import { list } from './console-parts.ts';
import { moment } from './text.ts';

const who = z.object({ id: z.string(), name: z.string() });

/** Which entries are wanted; without anything, all. */
export const auditFilter = z.object({
  subject: z.string().max(300).optional(),
  kind: z.string().max(50).optional().describe('What subjects begin with: article, user, settings …'),
  who: z.string().max(200).optional().describe('The id of whoever did it.'),
  from: moment.optional(),
  to: moment.optional(),
});

export const auditQuery = auditFilter.extend({
  before: z.coerce.number().int().min(1).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const auditList = z.object({
  entries: list(
    z.object({
      number: z.int(),
      at: moment,
      who,
      action: z.string(),
      subject: z.string(),
      reason: z.string(),
      before: z.unknown().describe('As it was; null: there was nothing.'),
      after: z.unknown().describe('As it is; null: there is nothing.'),
    }),
  ),
});

export const auditChecked = z.object({ entries: z.int(), faults: list(z.string()) });
