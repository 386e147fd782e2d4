import { z } from 'zod';
import { languages } from '../core/language.ts';
import type { Decision, Engine, EngineArticle } from './engine/types.ts';
import { parseLines } from './json-lines.ts';

/** What an evaluation prints: sizes, times and memory, with their units. */
export interface EvaluationSummary {
  readonly articles: number;
  readonly questions: number;
  readonly trainSeconds: number;
  readonly p50Micros: number;
  readonly p99Micros: number;
  /** What the trained engine keeps in memory, articles' texts that it holds on to included, in megabytes. */
  readonly heapMb: number;
  /** The most memory the process has held, training included, in megabytes. */
  readonly peakMemoryMb: number;
}

const article = z.object({
  id: z.string().min(1),
  language: z.enum(languages).exactOptional(),
  title: z.string().exactOptional(),
  examples: z.array(z.string()).exactOptional(),
  answer: z.string().exactOptional(),
});

const faultCode = 'kb_evaluate_faults';

/** Questions asked before the measured ones: a process that has answered nothing yet measures the compiler. */
const warmUpQuestions = 100;

/** Only the words: labels are not for the engine to see. */
const question = z.object({ q: z.string() });

/** Articles for the engine, one JSON object a line. @throws RelevoError `kb_evaluate_faults` */
export function parseEngineArticles(text: string, file: string): EngineArticle[] {
  return parseLines(text, file, article, faultCode).map(({ value }) => value);
}

/** Questions, one JSON object with `q` a line; whatever else is there is dropped. @throws RelevoError `kb_evaluate_faults` */
export function parseQuestions(text: string, file: string): string[] {
  return parseLines(text, file, question, faultCode).map(({ value }) => value.q);
}

/**
 * Trains on articles and decides on each question, after a few of the articles' own that are not timed. `heldBytes` is the memory in use, measured before and after.
 * @returns one line of JSON for each question, in order, and the summary
 */
export function evaluate(
  train: () => Engine,
  articles: readonly EngineArticle[],
  questions: readonly string[],
  heldBytes: () => number,
): { lines: string[]; summary: EvaluationSummary } {
  const heldBefore = heldBytes();
  const started = performance.now();
  const engine = train();
  const trainSeconds = (performance.now() - started) / 1000;
  const engineBytes = heldBytes() - heldBefore;
  const own = articles.flatMap(({ title = '', examples = [] }) => [...examples.slice(0, 2), title]);
  for (const words of own.slice(0, warmUpQuestions)) engine.decide(words);
  const times: number[] = [];
  const lines = questions.map((words) => {
    const before = performance.now();
    const decided: Decision = engine.decide(words);
    const micros = Math.round((performance.now() - before) * 1000);
    times.push(micros);
    const { decision, article: best, confidence, candidates } = decided;
    return JSON.stringify({ decision, article: best, confidence, candidates, micros });
  });
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.floor(times.length * share)] ?? 0;
  return {
    lines,
    summary: {
      articles: new Set(articles.map(({ id }) => id)).size,
      questions: questions.length,
      trainSeconds: Number(trainSeconds.toFixed(3)),
      p50Micros: at(0.5),
      p99Micros: at(0.99),
      heapMb: Number((engineBytes / 1_000_000).toFixed(1)),
      peakMemoryMb: Math.round(process.resourceUsage().maxRSS / 1024),
    },
  };
}
