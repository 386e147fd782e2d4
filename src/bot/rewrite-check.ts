import type { Language } from '../core/language.ts';
import { addressesIn, type Block, plainText, readBlocks, writeBlocks } from './rewrite-markdown.ts';
import { createSupport, joinStatements, type Statement, type Support } from './rewrite-support.ts';
import type { ReadWords } from './rewrite-words.ts';
import { fold } from './words/fold.ts';

/** What a rewritten answer is held against. */
export interface Original {
  /** The article's words in simple Markdown. */
  readonly passage: string;
  readonly title: string;
  readonly language: Language;
  /** The customer's name may be said. */
  readonly customerName: string | null;
}

/** What the check takes from the knowledge base. */
export interface CheckWords {
  readonly readWords: ReadWords;
  /** Folded words that say little. */
  readonly stopWords: (language: Language) => ReadonlySet<string>;
}

/** A rewritten answer is used as long as this share of its sentences is supported. */
const leastSupported = 0.7;
/** Of the words of the passage, so many must be said again. */
const leastSaid = 0.6;
/** A sentence is held against so many sentences of the passage that follow each other. */
const window = 3;

/**
 * Keeps of a rewritten answer what the passage says: each sentence must be covered by neighbouring sentences of it, each step by
 * the same step; the rest is cut. Links that the passage has not, HTML and other mark-up go.
 * @returns simple Markdown; null when too much had to be cut or is missing, and the passage is to be used as it is
 */
export function checkedRewrite(original: Original, rewritten: string, words: CheckWords): string | null {
  const { passage, title, language, customerName } = original;
  if (rewritten.length > 2 * passage.length + 400) return null;
  const links = addressesIn(passage);
  const free = new Set(fold(customerName ?? '').match(/\p{L}+/gu) ?? []);
  const support = createSupport(language, words.readWords, words.stopWords(language), free);
  const source = readSource(readBlocks(passage, null), title, language, support);
  const blocks = readBlocks(rewritten, links);
  if (blocks.filter(({ kind }) => kind === 'step').length !== source.steps.length) return null;

  const kept: Block[] = [];
  const statements: Statement[] = [];
  let said = 0;
  let cut = 0;
  let step = 0;
  for (const block of blocks) {
    const against = block.kind === 'step' ? [source.steps[step] ?? source.whole] : source.windows;
    if (block.kind === 'step') step += 1;
    const sentences: string[] = [];
    for (const sentence of block.html ? [] : sentencesOf(block.text, language)) {
      const statement = support.read(plainText(sentence));
      if (support.stemsOf(statement).size === 0 && statement.numbers.size === 0) continue;
      said += 1;
      if (against.some((one) => support.supports(one, statement))) {
        sentences.push(sentence);
        statements.push(statement);
      } else cut += 1;
    }
    if (block.html) {
      said += 1;
      cut += 1;
    }
    if (sentences.length > 0) kept.push({ ...block, text: balanced(sentences.join(' ')) });
    else if (block.kind === 'step') return null;
  }
  if (said === 0 || (said - cut) / said < leastSupported) return null;
  const text = writeBlocks(kept);
  return isComplete(source.sentences, statements, support) && keepsLinks(links, text) ? text : null;
}

interface SourceStatements {
  /** One for each numbered step. */
  readonly steps: readonly Statement[];
  /** Neighbouring sentences together. */
  readonly windows: readonly Statement[];
  readonly sentences: readonly Statement[];
  readonly whole: Statement;
}

function readSource(
  blocks: readonly Block[],
  title: string,
  language: Language,
  support: Support,
): SourceStatements {
  const inBlocks = blocks.map(({ kind, text }) => ({
    kind,
    sentences: sentencesOf(text, language).map((sentence) => support.read(plainText(sentence))),
  }));
  const sentences = inBlocks.flatMap((block) => block.sentences);
  // The title may be said with anything: it is what the whole article is about.
  const about = support.read(title);
  const joined = (some: readonly Statement[]): Statement => joinStatements([about, ...some]);
  return {
    steps: inBlocks.filter(({ kind }) => kind === 'step').map((block) => joined(block.sentences)),
    windows: sentences.map((_, at) => joined(sentences.slice(at, at + window))),
    sentences,
    whole: joined(sentences),
  };
}

/** Whether nothing that matters was left out: most words, every number and code, every warning. */
function isComplete(source: readonly Statement[], said: readonly Statement[], support: Support): boolean {
  const all = (statements: readonly Statement[], of: (one: Statement) => Iterable<string>): Set<string> =>
    new Set(statements.flatMap((one) => [...of(one)]));
  const saidStems = all(said, support.stemsOf);
  const stems = [...all(source, support.stemsOf)];
  if (stems.filter((stem) => saidStems.has(stem)).length < leastSaid * stems.length) return false;
  for (const of of [numbersOf, codesOf]) {
    const there = all(said, of);
    if (![...all(source, of)].every((one) => there.has(one))) return false;
  }
  const denials = said.flatMap(support.deniedIn);
  return source.flatMap(support.deniedIn).every((stem) => {
    const at = denials.indexOf(stem);
    if (at >= 0) denials.splice(at, 1);
    return at >= 0;
  });
}

const numbersOf = ({ numbers }: Statement): Iterable<string> => numbers;
const codesOf = ({ codes }: Statement): Iterable<string> => codes;

/** Each takes a millisecond to make. */
const segmenters: Readonly<Record<Language, Intl.Segmenter>> = {
  es: new Intl.Segmenter('es', { granularity: 'sentence' }),
  en: new Intl.Segmenter('en', { granularity: 'sentence' }),
  pt: new Intl.Segmenter('pt', { granularity: 'sentence' }),
};

function keepsLinks(links: ReadonlySet<string>, text: string): boolean {
  const kept = addressesIn(text);
  return [...links].every((link) => kept.has(link));
}

function sentencesOf(text: string, language: Language): string[] {
  return [...segmenters[language].segment(text)]
    .map(({ segment }) => segment.trim())
    .filter((sentence) => sentence !== '');
}

/** A cut sentence may have taken one half of a pair of stars with it. */
function balanced(text: string): string {
  return text.split('**').length % 2 === 1 ? text : text.replaceAll('**', '');
}
