const email = String.raw`[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}.-]{1,190}\.\p{L}{2,24}`;
/** Nobody's: addresses of private networks, and the codes of errors. */
const nobodys = String.raw`(?<![\p{L}\p{N}])(?:(?:192\.168|10\.\d{1,3}|172\.(?:1[6-9]|2\d|3[01]))(?:\.\d{1,3}){2}|0x[0-9a-fA-F]{1,16})(?![\p{L}\p{N}])`;
/** Letters and digits in one: serial numbers, references, bank accounts. */
const code = String.raw`(?<![\p{L}\p{N}])(?=[\d-]*\p{L})(?:[\p{L}\d]-?){10,40}(?![\p{L}\p{N}])`;
/** Digits with what people put between them. */
const digits = String.raw`(?<![\p{L}\p{N}])\+?\(?\d(?:[\s().\-/]{0,2}\d){5,30}(?!\p{N})`;

const personal = new RegExp(
  `(?<email>${email})|(?<nobodys>${nobodys})|(?<code>${code})|(?<digits>${digits})`,
  'gu',
);

const shortestPhone = 7;
const longestPhone = 15;
const [shortestCard, longestCard] = [13, 19];
/** A word with fewer digits is a name, such as a printer's. */
const fewestInCode = 5;

/**
 * Replaces personal data that can be told by its form: e-mail addresses, card and phone numbers, long numbers and codes.
 * @returns the text with `[e-mail]`, `[card]`, `[phone]` and `[number]` in their places
 */
export function redact(text: string): string {
  return text.replace(personal, (found, ...rest) => {
    const groups: Record<string, string | undefined> = rest.at(-1);
    if (groups.email !== undefined) return '[e-mail]';
    if (groups.digits !== undefined) return nameOf(found);
    const isCode = groups.code !== undefined && found.replace(/\P{N}/gu, '').length >= fewestInCode;
    return isCode ? '[number]' : found;
  });
}

/** A text that is fit to be an example: without personal data and without the marks that `redact` leaves. */
export function withoutPersonalData(text: string): string {
  return redact(text)
    .replace(/\[(?:e-mail|card|phone|number)\]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
}

function nameOf(found: string): string {
  const plain = found.replace(/\D/gu, '');
  if (plain.length >= shortestCard && plain.length <= longestCard && isLuhn(plain)) return '[card]';
  const dialled = /^[+(]|\d[\s.-]\d/u.test(found);
  if (dialled && plain.length >= shortestPhone && plain.length <= longestPhone) return '[phone]';
  return '[number]';
}

/** The check digit of payment cards. */
function isLuhn(plain: string): boolean {
  let sum = 0;
  [...plain].reverse().forEach((digit, i) => {
    const value = Number(digit) * (i % 2 === 0 ? 1 : 2);
    sum += value > 9 ? value - 9 : value;
  });
  return sum % 10 === 0;
}
