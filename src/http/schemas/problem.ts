import { z } from 'zod';

/** A fault as callers are told about it (RFC 9457); programs look at `code`. */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string(),
    hint: z.string().optional(),
    errors: z
      .array(
        z.object({
          path: z.string(),
          message: z.string(),
          file: z.string().optional(),
          line: z.int().optional(),
          code: z
            .string()
            .optional()
            .describe('Stable: with what it is about, it can be told in any language.'),
          about: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
        }),
      )
      .optional(),
    holder: z.object({ id: z.string(), name: z.string() }).optional(),
    members: z.array(z.string()).optional().describe('Who may, where not everybody may.'),
    id: z.string().optional().describe('Finds the fault in the log.'),
  })
  .meta({ id: 'Problem' });

/** A fault as callers are told about it. */
export type Problem = z.output<typeof problemSchema>;

/** What every route may answer beside what it promises. */
export const problems = {
  default: {
    description: 'A problem',
    content: { 'application/problem+json': { schema: problemSchema } },
  },
};

/** What a route of server-sent events answers. */
export const eventStream = {
  200: {
    description: 'Events until the client leaves',
    content: { 'text/event-stream': { schema: z.string() } },
  },
  ...problems,
};
