import type { z } from 'zod';
import { RelevoError } from '../core/errors.ts';
import { detailsOf, type Fault, showFault, wrong, wrongOf } from './fault.ts';

const mostShown = 20;

/**
 * Reads a file of JSON objects, one a line; empty lines are passed over.
 * @returns what the lines hold, each with its number from 1
 * @throws RelevoError with the given code and every fault with file and line
 */
export function parseLines<T>(
  text: string,
  file: string,
  schema: z.ZodType<T>,
  code: string,
): { value: T; line: number }[] {
  const faults: Fault[] = [];
  const values: { value: T; line: number }[] = [];
  text.split('\n').forEach((line, i) => {
    if (line.trim() === '') return;
    let json: unknown;
    try {
      json = JSON.parse(line.replace(/^\uFEFF/u, ''));
    } catch {
      faults.push({ file, line: i + 1, ...wrong('not_json', 'is not JSON: expected one object a line') });
      return;
    }
    const parsed = schema.safeParse(json, { reportInput: true });
    if (parsed.success) values.push({ value: parsed.data, line: i + 1 });
    else
      for (const issue of parsed.error.issues)
        faults.push({ file, line: i + 1, ...wrongOf(issue), path: issue.path.join('.') || 'line' });
  });
  if (faults.length === 0) return values;
  throw lineFaults(faults, code);
}

/** All that is wrong with a file, as one error: the first twenty are shown. */
export function lineFaults(faults: readonly Fault[], code: string): RelevoError {
  const shown = faults.slice(0, mostShown).map((fault) => `\n  ${showFault(fault)}`);
  const rest = faults.length - shown.length;
  return new RelevoError(
    code,
    `${faults.length} fault(s):${shown.join('')}${rest > 0 ? `\n  and ${rest} more` : ''}`,
    { details: detailsOf(faults, mostShown) },
  );
}
