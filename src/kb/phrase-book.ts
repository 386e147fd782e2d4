import { type BaseContent, contentOf } from '../core/article.ts';
import { RelevoError } from '../core/errors.ts';
import type { Language } from '../core/language.ts';
import type { OwnPhrases } from '../core/phrase.ts';
import type { Wrong } from './fault.ts';

/** What can be said in other words, and how it is said where nobody has other words. */
export interface PhraseBook {
  readonly keys: readonly string[];
  /** The catalogue's words: an ICU message. @param key one of `keys` */
  textOf(language: Language, key: string): string;
  /** What a phrase may mention, without braces. @param key one of `keys` */
  valuesOf(language: Language, key: string): readonly string[];
  /** What is wrong with other words for a phrase, with what is expected; null when nothing is. */
  faultOf(language: Language, key: string, text: string): Wrong | null;
}

/**
 * A base in which something is said in other words.
 * @param text an ICU message; null: in the catalogue's words again
 * @throws RelevoError `kb_phrase_unknown`, `kb_phrase_fault` with what is expected
 */
export function withPhrase<Base extends BaseContent>(
  base: Base,
  book: PhraseBook,
  {
    language,
    key,
    text,
  }: { readonly language: Language; readonly key: string; readonly text: string | null },
): BaseContent {
  const known = base.phrases[language] ?? {};
  if (!book.keys.includes(key) && !(text === null && key in known))
    throw new RelevoError(
      'kb_phrase_unknown',
      book.faultOf(language, key, text ?? '')?.message ?? `no phrase "${key}"`,
    );
  const fault = text === null ? null : book.faultOf(language, key, text);
  if (fault !== null)
    throw new RelevoError('kb_phrase_fault', `${language}/${key} ${fault.message}`, {
      details: [{ path: '', ...fault }],
    });
  const { [key]: _, ...others } = known;
  // The catalogue's own words are no other words.
  const said = text === null || text === book.textOf(language, key) ? others : { ...others, [key]: text };
  return { ...contentOf(base), phrases: withLanguage(base.phrases, language, said) };
}

function withLanguage(
  phrases: OwnPhrases,
  language: Language,
  said: Readonly<Record<string, string>>,
): OwnPhrases {
  const { [language]: _, ...others } = phrases;
  const sorted = Object.entries(said).sort(([one], [other]) => (one < other ? -1 : 1));
  return sorted.length === 0 ? others : { ...others, [language]: Object.fromEntries(sorted) };
}
