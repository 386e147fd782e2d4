import { readFileSync } from 'node:fs';
import { openVisitor } from './visitor.ts';

interface Sample {
  readonly q: string;
  readonly language: string;
  readonly article: string;
}

const samples = new URL('../samples/questions.jsonl', import.meta.url);

/** The fewest different articles with which a conversation can go on for ever. */
const enough = 10;

/**
 * Asks the running Relevo the Spanish sample questions, each as a new customer, and keeps one for each article: those
 * answered with it. A conversation can go through them round and round, since no article comes twice in a row.
 * It warms the server up as well.
 * @throws Error when the knowledge base answers too few
 */
export async function answerableQuestions(url: string): Promise<string[]> {
  const all = readFileSync(samples, 'utf8').trim().split('\n');
  const asked = all.map((line) => JSON.parse(line) as Sample).filter(({ language }) => language === 'es');
  const kept = new Map<string, string>();
  for (const { q, article } of asked) {
    if (kept.has(article)) continue;
    const visitor = await openVisitor(url);
    const { articles } = await visitor.asks(q);
    visitor.close();
    if (articles.includes(article)) kept.set(article, q);
  }
  if (kept.size < enough) throw new Error(`only ${kept.size} of the sample questions are answered`);
  return [...kept.values()];
}
