import { z } from 'zod';
import type { GoldenQuestion } from '../core/article.ts';
import { languages } from '../core/language.ts';
import { type Fault, wrong } from './fault.ts';
import { lineFaults, parseLines } from './json-lines.ts';

/** Characters of a golden question; as many as an example of an article may have. */
const maxQuestion = 500;

const line = z.object({
  q: z
    .string({ error: 'expected the question as text' })
    .transform((text) => text.replace(/\s+/gu, ' ').trim())
    .pipe(
      z
        .string()
        .min(1, 'is empty: expected a question')
        .max(maxQuestion, `expected at most ${maxQuestion} characters`)
        .regex(/^\P{Surrogate}*$/u, 'half of a character (a lone surrogate) is in the text'),
    ),
  language: z.enum(languages, { error: `expected one of ${languages.join(', ')}` }),
  article: z.string({ error: 'expected the id of an article, or null' }).min(1).nullable(),
  brand: z.string({ error: 'expected the name of a brand' }).min(1).exactOptional(),
});

/**
 * Reads golden questions: JSON lines `{"q", "language", "article", "brand"}`, where `article` is an id, or null for
 * "leave it to a person", and `brand`, which may be absent, whose customer asks. Other keys are dropped.
 * @throws RelevoError `kb_golden_faults`: also for a question that is there twice
 */
export function parseGolden(text: string, file: string): GoldenQuestion[] {
  const code = 'kb_golden_faults';
  const first = new Map<string, number>();
  const faults: Fault[] = [];
  const golden = parseLines(text, file, line, code).map(({ value, line: at }) => {
    const { q, ...rest } = value;
    const question: GoldenQuestion = { question: q, ...rest };
    const before = first.get(goldenKey(question));
    if (before === undefined) first.set(goldenKey(question), at);
    else {
      const message = `the question is already in line ${before}: expected it once`;
      faults.push({ file, line: at, ...wrong('question_twice', message, { at: before }) });
    }
    return question;
  });
  if (faults.length > 0) throw lineFaults(faults, code);
  return golden;
}

/** Golden questions as the text of their file: what `parseGolden` reads back. */
export function formatGolden(golden: readonly GoldenQuestion[]): string {
  return golden
    .map(({ question: q, language, article, ...rest }) => {
      return `${JSON.stringify({ q, language, article, ...rest })}\n`;
    })
    .join('');
}

/**
 * Puts questions among others: those that are there already get the new expectation, others come after.
 * @returns the questions and how many were new
 */
export function mergeGolden(
  before: readonly GoldenQuestion[],
  incoming: readonly GoldenQuestion[],
): { golden: readonly GoldenQuestion[]; added: number } {
  const all = new Map(before.map((one) => [goldenKey(one), one]));
  for (const one of incoming) all.set(goldenKey(one), one);
  return { golden: [...all.values()], added: all.size - new Set(before.map(goldenKey)).size };
}

/** What makes a golden question the only one of its kind. */
export function goldenKey({
  question,
  language,
  brand,
}: Pick<GoldenQuestion, 'question' | 'language' | 'brand'>): string {
  return `${language} ${question.toLowerCase()}${brand === undefined ? '' : `\n${brand}`}`;
}
