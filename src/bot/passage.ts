import type { Language } from '../core/language.ts';
import { clean } from './words/fold.ts';
import { stemsOf } from './words/stems.ts';

/** Characters of a passage. */
const maxPassage = 280;
const marker = /^\s*(?:[-*]|\d+[.)])\s+/u;

/** A passage of an answer and how much it says about a question. */
export interface Passage {
  /** Plain words, without list marks and emphasis. */
  readonly text: string;
  /** Meaning-bearing stems it shares with the question. */
  readonly shared: number;
}

/**
 * The paragraph or step of an answer that says most about a question; rare words of the answer count more than those
 * it has everywhere, and of two alike the first is taken. Without any word in common it is the answer's beginning.
 * @param answer Markdown as articles have it
 * @param language what the answer is written in
 * @returns null when the answer is empty
 */
export function passageOf(answer: string, question: string, language: Language): Passage | null {
  const texts = passagesOf(answer);
  const [beginning] = texts;
  if (beginning === undefined) return null;
  const stems = texts.map((text) => stemsOf(text, language));
  const wanted = stemsOf(question, language);
  const weights = new Map(
    [...wanted].map((stem) => [stem, 1 / Math.max(1, stems.filter((one) => one.has(stem)).length)]),
  );
  let best: Passage = { text: beginning, shared: 0 };
  let bestWeight = 0;
  for (const [at, text] of texts.entries()) {
    const shared = [...wanted].filter((stem) => stems[at]?.has(stem) === true);
    const weight = shared.reduce((sum, stem) => sum + (weights.get(stem) ?? 0), 0);
    if (weight <= bestWeight + 1e-9) continue;
    best = { text, shared: shared.length };
    bestWeight = weight;
  }
  return { ...best, text: shortened(best.text) };
}

/** Paragraphs and list items, in order, in plain words. */
function passagesOf(answer: string): string[] {
  const passages: string[] = [];
  let open = false;
  for (const line of answer.split('\n')) {
    const bare = line.replace(marker, '').replaceAll('**', '').trim();
    if (bare === '') open = false;
    else if (open && !marker.test(line)) passages[passages.length - 1] += ` ${bare}`;
    else {
      passages.push(bare);
      open = true;
    }
  }
  return passages;
}

function shortened(text: string): string {
  if (text.length <= maxPassage) return clean(text, maxPassage);
  const cut = clean(text, maxPassage - 1);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), maxPassage / 2))}…`;
}
