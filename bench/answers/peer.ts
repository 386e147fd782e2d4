import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { parseEngineArticles, parseQuestions } from '../../src/kb/evaluation.ts';
import { writeJsonLines } from './json-lines.ts';
import { minisearch } from './minisearch.ts';
import { nlpjs } from './nlpjs.ts';
import { findThresholds, type Peer } from './threshold.ts';

/**
 * A peer behind the interface of `relevo kb evaluate`, with `--language` besides; decides by the library's own threshold, and prints
 * others that are fair with its figures. Usage: node --expose-gc --import tsx peer.ts nlpjs --kb … --questions … --out … --language es
 */
const known: Readonly<Record<string, Peer>> = { nlpjs, minisearch };
const option = { type: 'string', default: '' } as const;
const { values, positionals } = parseArgs({
  options: {
    kb: option,
    questions: option,
    out: option,
    language: { type: 'string', default: 'es' },
    'wrong-rate': { type: 'string', default: '0.05' },
  },
  allowPositionals: true,
});
const peer = known[positionals[0] ?? ''];
if (!peer) throw new Error(`the peers are ${Object.keys(known).join(' and ')}`);
const articles = parseEngineArticles(readFileSync(values.kb, 'utf8'), values.kb);
const questions = parseQuestions(readFileSync(values.questions, 'utf8'), values.questions);

const heldBefore = heldBytes();
const started = performance.now();
const search = await peer.train(articles, values.language);
const trainSeconds = (performance.now() - started) / 1000;
const heapMb = (heldBytes() - heldBefore) / 1_000_000;
// As the engine is: what has answered nothing yet measures the compiler.
const own = articles.flatMap(({ title = '', examples = [] }) => [...examples.slice(0, 2), title]);
for (const words of own.slice(0, 100)) await search(words);

const lines: { micros: number; [name: string]: unknown }[] = [];
for (const question of questions) {
  const before = performance.now();
  const found = await search(question);
  const micros = Math.round((performance.now() - before) * 1000);
  const [best] = found;
  const confidence = best?.confidence ?? 0;
  lines.push({
    decision: best && confidence >= peer.defaultThreshold ? 'answer' : 'handoff',
    article: best?.article ?? null,
    confidence,
    candidates: found.slice(0, 5).map((one) => ({ article: one.article, probability: one.confidence })),
    micros,
  });
}
const peakMemoryMb = Math.round(process.resourceUsage().maxRSS / 1024);
writeJsonLines(values.out, lines);
const times = lines.map(({ micros }) => micros).sort((a, b) => a - b);
const at = (share: number): number => times[Math.floor(times.length * share)] ?? 0;
const thresholds = await findThresholds(peer, articles, values.language, Number(values['wrong-rate']));
console.log(
  JSON.stringify({
    articles: articles.length,
    questions: questions.length,
    trainSeconds,
    p50Micros: at(0.5),
    p99Micros: at(0.99),
    heapMb,
    peakMemoryMb,
    thresholds,
  }),
);

function heldBytes(): number {
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
