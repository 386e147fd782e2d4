import { countrySpecs } from 'ibantools';

/**
 * What was found. `number`: a long number that nobody says the meaning of, so it may be a document's or a phone's.
 * `reference`: an order's, a case's or a product's: it names a thing, not a person.
 */
export type PersonalKind =
  | 'email'
  | 'address'
  | 'card'
  | 'iban'
  | 'id'
  | 'phone'
  | 'name'
  | 'number'
  | 'reference';

/** A piece of a text: `text.slice(at, at + words.length) === words`. */
export interface Found {
  readonly kind: PersonalKind;
  readonly at: number;
  readonly words: string;
}

const before = String.raw`(?<![\p{L}\p{N}])`;
const after = String.raw`(?![\p{L}\p{N}])`;
const webAddress = String.raw`https?:\/\/[^\s<>"«»]{1,2000}`;
/** Also the beginning of one: texts are cut short. */
const email = String.raw`[\p{L}\p{N}._%+-]{1,64}@(?:[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){0,8})?`;
/** Nobody's: addresses of private networks, and the codes of errors. */
const nobodys = String.raw`${before}(?:(?:192\.168|10\.\d{1,3}|172\.(?:1[6-9]|2\d|3[01]))(?:\.\d{1,3}){2}|0x[0-9a-fA-F]{1,16})${after}`;
const iban = String.raw`${before}[A-Za-z]{2}\d{2}(?:[ -]?[A-Za-z0-9]{4}){2,7}(?:[ -]?[A-Za-z0-9]{1,4})?${after}`;
/** DNI, NIE, CPF, CURP and RFC. Their check letters are not asked for: a mistyped one is somebody's all the same. */
const id = [
  String.raw`\d{2}\.?\d{3}\.?\d{3}-?[TRWAGMYFPDXBNJZSQVHLCKE]`,
  String.raw`[XYZ]-?\d{7}-?[A-Z]`,
  String.raw`\d{3}\.\d{3}\.\d{3}-\d{2}`,
  String.raw`[A-Z]{4}\d{6}[HMX][A-Z]{5}[A-Z0-9]\d`,
  String.raw`[A-ZÑ&]{3,4}-?\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])-?[A-Z0-9]{3}`,
].join('|');
/** Letters and digits in one: serial numbers, references. */
const code = String.raw`${before}(?=[\d-]*\p{L})(?:[\p{L}\d]-?){10,40}${after}`;
/** Digits with what people put between them. */
const digits = String.raw`${before}\+?\(?\d(?:[\s().\-/]{0,2}\d){5,30}(?!\p{N})`;

const forms = new RegExp(
  [
    `(?<address>${webAddress})`,
    `(?<email>${email})`,
    `(?<nobodys>${nobodys})`,
    `(?<iban>${iban})`,
    `(?<id>${before}(?:${id})${after})`,
    `(?<code>${code})`,
    `(?<digits>${digits})`,
  ].join('|'),
  'giu',
);

const introduction =
  /(?<!\p{L})(?:me\s+llamo|mi\s+nombre\s+es|me\s+chamo|meu\s+nome\s+(?:é|e)|my\s+name\s+is|my\s+name['’]s)\s+/giu;
/** One word, and those after it that begin with a capital; in lower case only the first is sure to be the name. */
const introduced =
  /\p{L}[\p{L}'’-]{0,40}(?:\s+(?:(?:de|del|de la|da|do|dos|das)\s+)?\p{Lu}[\p{L}'’-]{0,40}){0,3}/uy;

/** What stands right before a number that names a thing. */
const labelled =
  /(?:#|(?<!\p{L})(?:pedidos?|orden|[oó]rdenes|compra|env[ií]o|paquete|factura|recibo|ticket|caso|reclamo|incidencia|seguimiento|referencia|ref|error|c[oó]digo|modelo|versi[oó]n|serie|orders?|purchase|shipment|package|parcel|invoice|receipt|case|tracking|reference|code|model|version|serial|encomenda|compra|fatura|chamado|rastreio|rastreamento|refer[eê]ncia|modelo|vers[aã]o|s[eé]rie))(?:[\s:.,#º°-]|(?<!\p{L})(?:n|no|nro|n[uú]m|n[uú]mero|number|id|es|is|é|de|del|do|da|of|the|el|la|o|a|mi|my|meu)(?!\p{L})){0,12}$/iu;
const labelReach = 48;

const secretParameters =
  /^(?:.*(?:token|secret|passw|pwd|contrase|senha|apikey|api_key|auth|session|signature).*|key|sig|code|otp|pin|user|username|email|e-mail|phone|name)$/iu;

const shortestPhone = 7;
const longestPhone = 15;
const [shortestCard, longestCard] = [13, 19];
/** A word with fewer digits is a name, such as a printer's. */
const fewestInCode = 5;

/**
 * Finds what can be told by its form: e-mail addresses, web addresses with credentials, cards, bank accounts, national ids,
 * phones, long numbers and codes; and names: those given, and what follows "my name is".
 * @param names people's names as far as they are known
 * @returns the pieces in the order of the text; none overlaps another
 */
export function findPersonalData(text: string, names: readonly string[] = []): Found[] {
  const found: Found[] = [];
  const next = new RegExp(forms);
  for (let match = next.exec(text); match !== null; match = next.exec(text)) {
    const at = match.index;
    const piece = pieceOf(match, text);
    if (piece.kind !== null) found.push({ kind: piece.kind, at, words: piece.words });
    next.lastIndex = at + piece.words.length;
  }
  const formed = [...found];
  for (const { at, words } of namesIn(text, names)) {
    const taken = formed.some((one) => at < one.at + one.words.length && one.at < at + words.length);
    if (!taken && !found.some((one) => one.at === at)) found.push({ kind: 'name', at, words });
  }
  return found.sort((a, b) => a.at - b.at).filter((one, i, all) => one.at >= endOf(all[i - 1]));
}

function endOf(found: Found | undefined): number {
  return found === undefined ? 0 : found.at + found.words.length;
}

/** What a match is, and how much of it: the search goes on after that. */
function pieceOf(match: RegExpExecArray, text: string): { kind: PersonalKind | null; words: string } {
  const { groups = {}, 0: words, index } = match;
  if (groups.address !== undefined) {
    const address = words.replace(/[.,;:!?)\]]+$/u, '');
    return { kind: hasCredentials(address) ? 'address' : null, words: address };
  }
  if (groups.iban !== undefined) {
    const account = ibanIn(words);
    if (account !== null) return { kind: 'iban', words: account };
    if (/\s/u.test(words)) return { kind: null, words: words.slice(0, countryAndCheck) };
    return { kind: numbersIn(words), words };
  }
  if (groups.digits !== undefined) return { kind: kindOfDigits(words, text.slice(0, index)), words };
  if (groups.code !== undefined) return { kind: numbersIn(words), words };
  return { kind: groups.email !== undefined ? 'email' : groups.id !== undefined ? 'id' : null, words };
}

function kindOfDigits(words: string, textBefore: string): PersonalKind {
  const plain = words.replace(/\D/gu, '');
  if (isCard(plain)) return 'card';
  if (!words.startsWith('+') && labelled.test(textBefore.slice(-labelReach))) return 'reference';
  const dialled = /^[+(]|\d[\s.-]\d/u.test(words);
  return dialled && plain.length >= shortestPhone && plain.length <= longestPhone ? 'phone' : 'number';
}

function numbersIn(words: string): PersonalKind | null {
  return words.replace(/\P{N}/gu, '').length >= fewestInCode ? 'reference' : null;
}

function hasCredentials(words: string): boolean {
  if (words.includes('@') || !URL.canParse(words)) return true;
  const { searchParams, hash } = new URL(words);
  const inHash = new URLSearchParams(hash.slice(1));
  return [...searchParams.keys(), ...inHash.keys()].some((name) => secretParameters.test(name));
}

const countryAndCheck = 4;

/** The account that `words` begin with, by country and length: a wrong check digit is a slip of the finger. */
function ibanIn(words: string): string | null {
  const length = countrySpecs[words.slice(0, 2).toUpperCase()]?.chars ?? 0;
  let end = 0;
  for (let seen = 0; seen < length && end < words.length; end += 1)
    if (/[A-Za-z0-9]/u.test(words.charAt(end))) seen += 1;
  const account = words.slice(0, end);
  const whole = length > 0 && account.replace(/[\s-]/gu, '').length === length;
  return whole && !/^[A-Za-z0-9]/u.test(words.slice(end)) ? account : null;
}

function isCard(plain: string): boolean {
  return plain.length >= shortestCard && plain.length <= longestCard && isLuhn(plain);
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

const mostNames = 12;

/** Whole names first, then their parts, however they are written. */
function namesIn(text: string, names: readonly string[]): { at: number; words: string }[] {
  const found: { at: number; words: string }[] = [];
  const parts = names.flatMap((name) => [name.trim(), ...name.split(/[\s,.;:()<>"]+/u)]);
  const wanted = [...new Set(parts)].filter((part) => /^\p{L}.{2,79}$/u.test(part)).slice(0, mostNames);
  if (wanted.length > 0) {
    const escaped = wanted.sort((a, b) => b.length - a.length).map(withOrWithoutAccents);
    const known = new RegExp(`${before}(?:${escaped.join('|')})${after}`, 'giu');
    for (const { 0: words, index } of text.matchAll(known)) found.push({ at: index, words });
  }
  for (const { 0: lead, index } of text.matchAll(introduction)) {
    introduced.lastIndex = index + lead.length;
    const [words] = introduced.exec(text) ?? [];
    if (words !== undefined) found.push({ at: index + lead.length, words });
  }
  return found;
}

const accents: Readonly<Record<string, string>> = {
  a: '[aáàâãä]',
  e: '[eéèêë]',
  i: '[iíìîï]',
  o: '[oóòôõö]',
  u: '[uúùûü]',
  n: '[nñ]',
  c: '[cç]',
};

function withOrWithoutAccents(name: string): string {
  return Array.from(name)
    .map((letter) => {
      const bare = letter.normalize('NFKD').charAt(0).toLowerCase();
      return (
        accents[bare] ??
        (/[\p{L}\p{N}]/u.test(letter) ? letter : `\\u{${letter.codePointAt(0)?.toString(16)}}`)
      );
    })
    .join('');
}
