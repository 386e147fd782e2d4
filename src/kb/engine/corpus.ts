import { RelevoError } from '../../core/errors.ts';
import { type Language, languages } from '../../core/language.ts';
import { detectLanguage } from './detect.ts';
import type { OwnSynonyms } from './own-synonyms.ts';
import { type Reading, read, readStems } from './reading.ts';
import type { EngineArticle } from './types.ts';

/** The base as the trainer reads it: one class per article id. */
export interface Corpus {
  readonly ids: readonly string[];
  /** Example questions (and titles) of all articles, in order. */
  readonly rows: readonly Reading[];
  /** The rows as they are written. */
  readonly rowTexts: readonly string[];
  /** Article of each row. */
  readonly label: Int32Array;
  /** Per article: stems of the title and of the answer, in all its languages. */
  readonly texts: readonly { title: string[]; answer: string[] }[];
  /** Whether an article has enough examples to be learned from them; the others are found by their text. */
  readonly learned: readonly boolean[];
  /** Languages of the base, most articles first. */
  readonly languages: readonly Language[];
}

/** An article with fewer examples goes to the retrieval branch: a single one says too little about a class. */
const fewestExamples = 2;

/**
 * A base of more articles or examples is found by its texts alone, examples included: the classifier would take
 * minutes and gigabytes. Above `mostArticles` the base is refused.
 */
const mostLearned = 20_000;
const mostExamples = 120_000;
const mostArticles = 200_000;

/** Whether the base is too large to learn from its examples. @throws RelevoError `kb_too_large` */
function isCrowded(articles: readonly EngineArticle[]): boolean {
  if (articles.length > mostArticles) {
    throw new RelevoError(
      'kb_too_large',
      `the base has ${articles.length} articles, more than ${mostArticles}`,
      {
        hint: 'Split it into several bases, or leave out articles that nobody needs.',
      },
    );
  }
  const examples = articles.reduce((sum, article) => sum + (article.examples?.length ?? 0), 0);
  return examples > mostExamples || new Set(articles.map(({ id }) => id)).size > mostLearned;
}

/**
 * Reads the articles; the same id twice is one article with the texts of both.
 * @throws RelevoError `kb_too_large`
 */
export function readCorpus(articles: readonly EngineArticle[], synonyms?: OwnSynonyms): Corpus {
  const classes = new Map<string, number>();
  const rows: Reading[] = [];
  const rowTexts: string[] = [];
  const label: number[] = [];
  const texts: { title: string[]; answer: string[] }[] = [];
  const examples: Set<string>[] = [];
  const uses = new Map<Language, number>();
  const usual = usualLanguage(articles);
  const crowded = isCrowded(articles);
  for (const article of articles) {
    let c = classes.get(article.id);
    if (c === undefined) {
      c = classes.size;
      classes.set(article.id, c);
      texts.push({ title: [], answer: [] });
      examples.push(new Set());
    }
    const language = article.language ?? usual;
    uses.set(language, (uses.get(language) ?? 0) + 1);
    const title = article.title ?? '';
    texts[c]?.title.push(...readStems(title, language, synonyms));
    texts[c]?.answer.push(...readStems(article.answer ?? '', language, synonyms));
    for (const example of [...(article.examples ?? []), title]) {
      const key = example.trim();
      if (key === '' || examples[c]?.has(key)) continue;
      if (crowded && (examples[c]?.size ?? 0) > 0) {
        texts[c]?.answer.push(...readStems(key, language, synonyms));
        continue;
      }
      const reading = read(key, language, synonyms);
      if (reading.text.words.length === 0) continue;
      examples[c]?.add(key);
      rows.push(reading);
      rowTexts.push(key);
      label.push(c);
    }
  }
  return {
    ids: [...classes.keys()],
    rows,
    rowTexts,
    label: Int32Array.from(label),
    texts,
    learned: examples.map((set) => !crowded && set.size >= fewestExamples),
    languages: [...uses].sort((a, b) => b[1] - a[1]).map(([language]) => language),
  };
}

/** The language most of the untagged texts are in, judged together: single titles are too short to tell. */
function usualLanguage(articles: readonly EngineArticle[]): Language {
  const sample: string[] = [];
  for (const article of articles.slice(0, 300)) {
    sample.push(
      article.title ?? '',
      ...(article.examples ?? []).slice(0, 3),
      (article.answer ?? '').slice(0, 200),
    );
  }
  return detectLanguage(sample.join(' '), 'es', languages);
}

/** Mean number of words in title and answer. */
export function wordsPerArticle(corpus: Corpus): number {
  const words = corpus.texts.reduce((sum, { title, answer }) => sum + title.length + answer.length, 0);
  return words / Math.max(1, corpus.texts.length);
}
