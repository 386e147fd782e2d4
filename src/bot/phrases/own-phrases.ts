import { IntlMessageFormat } from 'intl-messageformat';
import type { Language } from '../../core/language.ts';
import { type PhraseKey, phraseKeys } from '../../core/phrase.ts';
import type { Wrong } from '../../kb/fault.ts';
import { type BotPhraseKey, botPhraseKeys } from './catalogue.ts';
import { catalogues, locales } from './say.ts';

/** As many characters as the shortest message of a channel takes. */
const maxLength = 1_000;
/** What every channel shows whole on a button. */
const maxOptionLength = 24;

/** Every phrase may name the company. */
const everywhere = ['company'];

/** Values without which a customer is left with nothing: a phrase that has them keeps them. */
const needed: ReadonlySet<string> = new Set(['url', 'code', 'answer', 'step']);

/** The type of an element of a message that is plain text. */
const literal = 0;

/** Every phrase there is, those of Relevo itself first. */
export const allPhraseKeys: readonly (PhraseKey | BotPhraseKey)[] = [...phraseKeys, ...botPhraseKeys];

type Element = ReturnType<IntlMessageFormat['getAst']>[number];

/**
 * What is wrong with a phrase that is to stand in place of the catalogue's; null when nothing is.
 * @param key as somebody wrote it
 * @param text an ICU message that may mention what the catalogue's mentions, and `{company}`
 */
export function faultOfPhrase(language: Language, key: string, text: string): Wrong | null {
  if (!isPhrase(key)) {
    const near = allPhraseKeys.filter((one) => one.startsWith(key.slice(0, 2))).slice(0, 8);
    const known =
      near.length === 0 ? 'expected a name of src/bot/phrases' : `expected one of ${near.join(', ')}`;
    return { code: 'unknown_phrase', about: { name: key }, message: `there is no phrase "${key}": ${known}` };
  }
  if (text.trim() === '')
    return { code: 'empty', about: {}, message: 'is empty: expected what the customer is to read' };
  const most = key.startsWith('option-') && key !== 'option-gone' ? maxOptionLength : maxLength;
  if (text.length > most) {
    const message = `has ${text.length} characters: expected at most ${most}`;
    return { code: 'too_long', about: { most }, message };
  }
  const mentioned = valuesIn(text, language);
  if (mentioned === null) {
    const message = 'cannot be read: expected text, with values in braces such as {number}';
    return { code: 'phrase_unreadable', about: {}, message };
  }
  const allowed = valuesOfPhrase(language, key);
  const unknown = [...mentioned].find((value) => !allowed.includes(value));
  if (unknown !== undefined) {
    const known = allowed.map((value) => `{${value}}`).join(', ');
    const message = `knows no {${unknown}}: expected only ${known}`;
    return { code: 'unknown_value', about: { name: `{${unknown}}`, known }, message };
  }
  const missing = allowed.find((value) => needed.has(value) && !mentioned.has(value));
  if (missing !== undefined) {
    const message = `does not mention {${missing}}: expected it somewhere in the text`;
    return { code: 'missing_value', about: { name: `{${missing}}` }, message };
  }
  if (canBeSaid(text, language, allowed)) return null;
  const message =
    'cannot be said with the values it is given: expected {value}, or the same plural and select as the catalogue has';
  return { code: 'phrase_unsayable', about: {}, message };
}

/** What a phrase may mention, in no braces. */
export function valuesOfPhrase(language: Language, key: PhraseKey | BotPhraseKey): string[] {
  return [...new Set([...(valuesIn(catalogues[language][key], language) ?? []), ...everywhere])];
}

/** Whether it becomes words, also where a value is no number and no time. */
function canBeSaid(text: string, language: Language, values: readonly string[]): boolean {
  try {
    const message = new IntlMessageFormat(text, locales[language], undefined, { ignoreTag: true });
    return String(message.format(Object.fromEntries(values.map((value) => [value, 'x'])))).trim() !== '';
  } catch (error) {
    if (error instanceof Error) return false;
    throw error;
  }
}

function isPhrase(key: string): key is PhraseKey | BotPhraseKey {
  return (allPhraseKeys as readonly string[]).includes(key);
}

/** The values that a message mentions; null when it is none. */
function valuesIn(text: string, language: Language): Set<string> | null {
  try {
    const message = new IntlMessageFormat(text, locales[language], undefined, { ignoreTag: true });
    return new Set(message.getAst().flatMap(namesIn));
  } catch (error) {
    if (error instanceof Error) return null;
    throw error;
  }
}

function namesIn(element: Element): string[] {
  const inner = 'options' in element ? Object.values(element.options).flatMap(({ value }) => value) : [];
  const named = element.type !== literal && 'value' in element ? [element.value] : [];
  return [...named, ...inner.flatMap(namesIn)];
}
