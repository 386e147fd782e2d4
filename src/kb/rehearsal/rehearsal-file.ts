import { parseDocument, stringify } from 'yaml';
import { z } from 'zod';
import { type FaultDetail, RelevoError } from '../../core/errors.ts';
import type { HandOverReason } from '../../core/event.ts';
import { languages } from '../../core/language.ts';
import type { Rehearsal } from '../../core/rehearsal.ts';
import { showPath, wrong, wrongOf } from '../fault.ts';

const handOverReasons: Readonly<Record<HandOverReason | 'any', true>> = {
  asked: true,
  unknown: true,
  disliked: true,
  error: true,
  timeout: true,
  crash: true,
  shutdown: true,
  any: true,
};
const reasons = Object.keys(handOverReasons) as (keyof typeof handOverReasons)[];

const maxTurns = 30;
const text = (most: number) =>
  z
    .string({ error: 'expected text' })
    .trim()
    .min(1, 'is empty')
    .max(most, `expected at most ${most} characters`);

const expectation = z.strictObject({
  answers: text(80).describe('The id of an article.').exactOptional(),
  asks: z.literal(true, { error: 'expected true' }).exactOptional(),
  handsOver: z.enum(reasons, { error: `expected one of ${reasons.join(', ')}` }).exactOptional(),
  contains: z.array(text(200)).min(1).max(20).readonly().exactOptional(),
});

const turn = z.union(
  [
    z.strictObject({ say: text(2_000), expect: expectation.exactOptional() }),
    z.strictObject({ choose: text(100), expect: expectation.exactOptional() }),
  ],
  { error: 'expected "say: …" or "choose: …", with "expect" beside it' },
);

/** A rehearsal as it is written. */
export const rehearsalSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z\d]+(?:-[a-z\d]+)*$/u, 'expected lower-case words joined by hyphens')
    .max(80),
  language: z.enum(languages, { error: `expected one of ${languages.join(', ')}` }),
  brand: text(60).exactOptional(),
  turns: z.array(turn).min(1, 'expected at least one turn').max(maxTurns).readonly(),
});

/**
 * Reads a rehearsal: YAML with `name`, `language`, `turns`.
 * @throws RelevoError `kb_rehearsal_faults` with all of them, and where they are
 */
export function parseRehearsal(yaml: string): Rehearsal {
  const document = parseDocument(yaml, { prettyErrors: true });
  const broken = document.errors.map(({ message, linePos }): FaultDetail => {
    const detail = message.split('\n')[0] ?? '';
    const line = linePos?.[0].line;
    return { path: '', ...(line === undefined ? {} : { line }), ...wrong('not_yaml', detail, { detail }) };
  });
  if (broken.length > 0)
    throw faulty(
      broken,
      broken.map(({ message }) => message),
    );
  const read = rehearsalSchema.safeParse(document.toJS({ maxAliasCount: 0 }), { reportInput: true });
  if (read.success) return read.data;
  const { issues } = read.error;
  throw faulty(
    issues.map((issue) => ({ path: showPath(issue.path), ...wrongOf(issue) })),
    issues.map(({ path, message }) => `${path.join('.') || 'the file'}: ${message}`),
  );
}

/** A rehearsal as the text that `parseRehearsal` reads back. */
export function formatRehearsal(rehearsal: Rehearsal): string {
  return stringify(rehearsal, { lineWidth: 0 });
}

function faulty(details: readonly FaultDetail[], shown: readonly string[]): RelevoError {
  return new RelevoError('kb_rehearsal_faults', shown.join('\n'), {
    details,
    hint: 'Expected name, language and turns, each "say: …" or "choose: …" with "expect" (answers, asks, handsOver, contains).',
  });
}
