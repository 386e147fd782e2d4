import { findPersonalData, type PersonalKind } from './personal-data.ts';

const marks: Readonly<Record<PersonalKind, string>> = {
  email: '[e-mail]',
  address: '[address]',
  card: '[card]',
  iban: '[number]',
  id: '[number]',
  phone: '[phone]',
  name: '[name]',
  number: '[number]',
  reference: '[number]',
};

/**
 * Replaces personal data that can be told by its form: e-mail addresses, card and phone numbers, national ids, web addresses
 * with credentials, names by which people introduce themselves, long numbers and codes.
 * @returns the text with `[e-mail]`, `[address]`, `[card]`, `[phone]`, `[name]` and `[number]` in their places
 */
export function redact(text: string): string {
  let redacted = '';
  let from = 0;
  for (const { kind, at, words } of findPersonalData(text)) {
    redacted += text.slice(from, at) + marks[kind];
    from = at + words.length;
  }
  return redacted + text.slice(from);
}

/** A text that is fit to be an example: without personal data and without the marks that `redact` leaves. */
export function withoutPersonalData(text: string): string {
  return redact(text)
    .replace(/\[(?:e-mail|address|card|phone|name|number)\]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
}
