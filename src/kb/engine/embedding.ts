import { languages } from '../../core/language.ts';
import { backgroundOf } from './background.ts';
import type { EngineArticle } from './types.ts';

/** Vectors of texts by a model of meaning, each of length 1 and all of one size. */
export interface Meanings {
  /** Which model's they are. */
  readonly name: string;
  /** By text, as `textsToEmbed` gives them. */
  readonly vectors: ReadonlyMap<string, Float32Array>;
}

/** The vectors of a base: of examples (and titles), and of whole texts. Kept as bytes: cosines lose less than 0.01. */
export interface EmbeddingIndex {
  /** Numbers in a vector. */
  readonly size: number;
  /** One after the other. */
  readonly bytes: Int8Array;
  /** What a vector's bytes are to be multiplied by. */
  readonly scale: Float32Array;
  /** Article of each vector. */
  readonly label: Int32Array;
  /** Row of the corpus; -1 for the text of an article. */
  readonly row: Int32Array;
}

/** How near a question is to each article: to its nearest example, and to its text. Cosines; 0 where there is none. */
export interface Nearness {
  readonly example: Float32Array;
  readonly text: Float32Array;
}

const longestText = 2_000;

/** What stands for an article as a whole. */
export function wholeText({ title = '', answer = '' }: EngineArticle): string {
  return `${title}\n${answer}`.trim().slice(0, longestText);
}

/** All texts whose vectors a training needs, each once: the base's own, and the background it is told apart from. */
export function textsToEmbed(articles: readonly EngineArticle[]): string[] {
  const texts = new Set<string>();
  for (const article of articles) {
    for (const example of [...(article.examples ?? []), article.title ?? '']) texts.add(example.trim());
    texts.add(wholeText(article));
  }
  for (const language of languages) for (const question of backgroundOf(language)) texts.add(question);
  texts.delete('');
  return [...texts];
}

/** What an index is made from: the rows of the corpus in order, and the articles by their place. */
export interface EmbeddingTexts {
  readonly rows: readonly { readonly text: string; readonly article: number }[];
  readonly articles: readonly { readonly text: string; readonly article: number }[];
}

/** Indexes the texts that have a vector; null when none has. */
export function indexEmbeddings(
  { rows, articles }: EmbeddingTexts,
  meanings: Meanings,
): EmbeddingIndex | null {
  const entries = [
    ...rows.map((entry, row) => ({ ...entry, row })),
    ...articles.map((entry) => ({ ...entry, row: -1 })),
  ].flatMap(({ text, article, row }) => {
    const vector = meanings.vectors.get(text);
    return vector === undefined ? [] : [{ vector, article, row }];
  });
  const size = entries[0]?.vector.length ?? 0;
  if (size === 0) return null;
  const bytes = new Int8Array(entries.length * size);
  const scale = new Float32Array(entries.length);
  entries.forEach(({ vector }, at) => {
    const largest = vector.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
    scale[at] = largest / 127;
    for (let i = 0; i < size; i += 1)
      bytes[at * size + i] = Math.round(((vector[i] as number) * 127) / largest);
  });
  return {
    size,
    bytes,
    scale,
    label: Int32Array.from(entries, ({ article }) => article),
    row: Int32Array.from(entries, ({ row }) => row),
  };
}

/** What of an index is looked at. */
export interface Using {
  readonly row: (row: number) => boolean;
  readonly text: (article: number) => boolean;
}

const everything: Using = { row: () => true, text: () => true };

/** Compares a question's vector with all articles. @param articles how many there are */
export function scoreNearness(
  index: EmbeddingIndex,
  vector: Float32Array,
  articles: number,
  using: Using = everything,
): Nearness {
  const { size, bytes, scale, label, row } = index;
  const example = new Float32Array(articles);
  const text = new Float32Array(articles);
  for (let at = 0; at < label.length; at += 1) {
    const article = label[at] as number;
    const from = row[at] as number;
    if (from < 0 ? !using.text(article) : !using.row(from)) continue;
    let product = 0;
    const start = at * size;
    for (let i = 0; i < size; i += 1) product += (vector[i] as number) * (bytes[start + i] as number);
    const cosine = product * (scale[at] as number);
    const best = from < 0 ? text : example;
    if (cosine > (best[article] as number)) best[article] = cosine;
  }
  return { example, text };
}
