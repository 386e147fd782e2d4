import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { SynonymGroup } from '../../core/article.ts';
import { RelevoError } from '../../core/errors.ts';
import type { Language } from '../../core/language.ts';
import type { KnowledgeBases } from '../bases.ts';
import { changeDraft } from '../draft.ts';
import { type PhraseBook, withPhrase } from '../phrase-book.ts';
import { formatSynonyms, parseSynonyms } from '../synonym-file.ts';
import type { WriteDown, Writer } from './write-down.ts';

/** One phrase as it stands. */
export interface PhraseView {
  readonly key: string;
  /** The catalogue's words. */
  readonly usual: string;
  /** The draft's, in their place; null: the usual ones. */
  readonly draft: string | null;
  /** What customers read now; null: the usual words. */
  readonly published: string | null;
  /** What it may mention. */
  readonly values: readonly string[];
}

/** Other words for one phrase. */
export interface PhraseChange {
  readonly language: Language;
  readonly key: string;
  /** Null: the catalogue's words again. */
  readonly text: string | null;
  /** The draft's words as whoever changes them saw them; undefined: whatever they were. */
  readonly seen?: string | null;
}

/** Synonyms as they stand. */
export interface SynonymView {
  /** As their file has them: a group a line. */
  readonly text: string;
  readonly groups: readonly SynonymGroup[];
  readonly etag: string;
  /** What customers are answered with; null: nothing is published. */
  readonly published: string | null;
}

/** The words of a base beside its articles: what the bot says, and what customers' words mean. */
export interface WordWork {
  phrases(language: Language): Promise<readonly PhraseView[]>;
  /**
   * Says something in other words, in the draft.
   * @throws RelevoError `kb_phrase_unknown`; `kb_phrase_fault` with what is expected; `kb_phrase_changed`: somebody else
   *   changed it meanwhile, nothing is overwritten
   */
  setPhrase(writer: Writer, change: PhraseChange): Promise<void>;
  synonyms(): Promise<SynonymView>;
  /**
   * Makes the draft's synonyms those of a text.
   * @param etag of what was seen; undefined: whatever they were
   * @throws RelevoError `kb_synonym_faults` with all of them; `kb_synonyms_changed`
   */
  setSynonyms(writer: Writer, text: string, etag?: string): Promise<readonly SynonymGroup[]>;
}

/** Works on the draft's phrases and synonyms; every change is written down. */
export function createWordWork({
  bases,
  book,
  writeDown,
}: {
  readonly bases: KnowledgeBases;
  readonly book: PhraseBook;
  readonly writeDown: WriteDown;
}): WordWork {
  return {
    async phrases(language) {
      const [draft, current] = await Promise.all([bases.draft(), bases.current()]);
      const [own, published] = [draft.phrases[language] ?? {}, current?.phrases[language] ?? {}];
      return book.keys.map((key) => ({
        key,
        usual: book.textOf(language, key),
        draft: own[key] ?? null,
        published: published[key] ?? null,
        values: book.valuesOf(language, key),
      }));
    },
    async setPhrase(writer, { seen, ...change }) {
      const { language, key } = change;
      const [before, after] = await changeDraft(bases, (content) => {
        const was = content.phrases[language]?.[key] ?? null;
        if (seen !== undefined && seen !== was) throw changedMeanwhile('kb_phrase_changed', 'the phrase');
        const made = withPhrase(content, book, change);
        return { content: made, result: [was, made.phrases[language]?.[key] ?? null] as const };
      });
      if (before !== after) await writeDown(writer, 'phrase.set', `phrase/${language}/${key}`, before, after);
    },
    async synonyms() {
      const [draft, current] = await Promise.all([bases.draft(), bases.current()]);
      const text = formatSynonyms(draft.synonyms);
      const published = current === null ? null : formatSynonyms(current.synonyms);
      return { text, groups: draft.synonyms, etag: etagOf(text), published };
    },
    async setSynonyms(writer, text, etag) {
      const synonyms = parseSynonyms(text, 'synonyms');
      const before = await changeDraft(bases, (content) => {
        if (etag !== undefined && etagOf(formatSynonyms(content.synonyms)) !== etag)
          throw changedMeanwhile('kb_synonyms_changed', 'the synonyms');
        return { content: { ...content, synonyms }, result: content.synonyms };
      });
      if (!isDeepStrictEqual(before, synonyms))
        await writeDown(
          writer,
          'synonyms.set',
          'draft/synonyms',
          formatSynonyms(before),
          formatSynonyms(synonyms),
        );
      return synonyms;
    },
  };
}

function changedMeanwhile(code: string, what: string): RelevoError {
  return new RelevoError(code, `somebody else changed ${what} meanwhile`, {
    hint: 'Open it again and look at what was changed; nothing was overwritten.',
  });
}

function etagOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 20);
}
