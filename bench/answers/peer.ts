import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { parseEngineArticles, parseQuestions } from '../../src/kb/evaluation.ts';
import { writeJsonLines } from './json-lines.ts';
import { peerOf } from './peers.ts';

/**
 * A peer behind the interface of `relevo kb evaluate`, with `--language` besides; it decides by the library's own
 * threshold. Usage: node --expose-gc --import tsx peer.ts nlpjs --kb … --questions … --out … --language es
 */
const option = { type: 'string', default: '' } as const;
const { values, positionals } = parseArgs({
  options: { kb: option, questions: option, out: option, language: option },
  allowPositionals: true,
});
const peer = peerOf(positionals[0] ?? '');
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
console.log(
  JSON.stringify({
    articles: articles.length,
    questions: questions.length,
    trainSeconds,
    p50Micros: at(0.5),
    p99Micros: at(0.99),
    heapMb,
    peakMemoryMb,
  }),
);

function heldBytes(): number {
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
