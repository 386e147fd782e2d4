import { LRUCache } from 'lru-cache';
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
  /** Meaning-bearing stems it shares with the question, beside those of the topic. */
  readonly shared: number;
}

/** Answers as they were read, by language and text: the same few are shown again and again. Sizes in characters. */
const read = new LRUCache<string, readonly Read[]>({
  maxSize: 500_000,
  sizeCalculation: (_, key) => key.length,
});

interface Read {
  readonly text: string;
  readonly stems: ReadonlySet<string>;
}

/** A passage must say this much more than what the whole answer is about anyway. */
const enough = 0.5;
/** What a word of the topic counts beside another. */
const topicWeight = 0.2;

/**
 * The paragraph or step of an answer that says most about a question; rare words of the answer count more than those
 * it has everywhere or in its title, and of two alike the first is taken. Where no passage stands out it is the
 * answer's beginning.
 * @param answer Markdown as articles have it
 * @param topic the article's title
 * @param language what the answer is written in
 * @param least the weight from which a passage stands out; a word that only one passage has weighs 1
 * @returns null when the answer is empty
 */
export function passageOf(
  answer: string,
  question: string,
  topic: string,
  language: Language,
  least: number = enough,
): Passage | null {
  const passages = readAnswer(answer, language);
  const [beginning] = passages;
  if (beginning === undefined) return null;
  const wanted = stemsOf(question, language);
  const known = stemsOf(topic, language);
  const weights = new Map(
    [...wanted].map((stem) => {
      const places = Math.max(1, passages.filter(({ stems }) => stems.has(stem)).length);
      return [stem, (known.has(stem) ? topicWeight : 1) / places];
    }),
  );
  let best: Passage = { text: beginning.text, shared: 0 };
  let bestWeight = least - 1e-6;
  for (const { text, stems } of passages) {
    const shared = [...wanted].filter((stem) => stems.has(stem));
    const weight = shared.reduce((sum, stem) => sum + (weights.get(stem) ?? 0), 0);
    if (weight <= bestWeight + 1e-9) continue;
    best = { text, shared: shared.filter((stem) => !known.has(stem)).length };
    bestWeight = weight;
  }
  return { ...best, text: shortened(best.text) };
}

function readAnswer(answer: string, language: Language): readonly Read[] {
  const key = `${language} ${answer}`;
  const found = read.get(key);
  if (found !== undefined) return found;
  const passages = passagesOf(answer).map((text) => ({ text, stems: stemsOf(text, language) }));
  read.set(key, passages);
  return passages;
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
