import type { Language } from '../core/language.ts';
import { type ReadWords, rewriteWords } from './rewrite-words.ts';
import { fold } from './words/fold.ts';

/** One word that says something. */
interface Term {
  readonly stem: string;
  /** Whether a denial stands before it and denies it first. */
  readonly denied: boolean;
  /** The number right before it; null when there is none. */
  readonly number: string | null;
}

interface Clause {
  readonly terms: readonly Term[];
  /** How often it denies. */
  readonly denials: number;
}

/** A sentence, or several, as the check reads them. */
export interface Statement {
  readonly clauses: readonly Clause[];
  /** Every folded word. */
  readonly words: ReadonlySet<string>;
  /** Numbers as written, without blanks. */
  readonly numbers: ReadonlySet<string>;
  /** Product codes, addresses and what stands between quotation marks, folded. */
  readonly codes: ReadonlySet<string>;
  /** All of it, folded. */
  readonly folded: string;
}

/** Reads and compares statements of one language. */
export interface Support {
  read(text: string): Statement;
  /** Whether the passage says what the statement says: its words, numbers and codes, denying what it denies. */
  supports(passage: Statement, statement: Statement): boolean;
  /** The stems that say something. */
  stemsOf(statement: Statement): Set<string>;
  /** The stems that are denied, as often as they are; an empty one for a denial of what went before. */
  deniedIn(statement: Statement): string[];
}

const numberForm = /\p{N}+(?:[ .,:/-]?\p{N}+)*/gu;
const token = /[\p{L}\p{N}%\\][\p{L}\p{N}_./@%\\-]*/gu;
/** A word with a number in it, an address, a path. */
const codeSign = /\p{N}|[@_%\\]|\p{L}\.\p{L}/u;
const quoted = /[«"“](.{1,80}?)[»"”]/gu;
/** What ends a clause: a full stop within a number or an address does not. */
const clauseEnd = /[.,;:!?()¿¡—–\n…](?=\s|$)|\s[-–—>]\s|[¿¡(]/u;

/**
 * @param free folded words that need no support: the customer's own name
 */
export function createSupport(
  language: Language,
  readWords: ReadWords,
  stopWords: ReadonlySet<string>,
  free: ReadonlySet<string> = new Set(),
): Support {
  const known = rewriteWords[language];

  function isTerm(word: string): boolean {
    if (known.telling.has(word)) return true;
    if (known.negators.has(word) || known.joins.has(word) || known.free.has(word) || free.has(word))
      return false;
    return !stopWords.has(word) && !/^\p{N}+$/u.test(word);
  }

  function clausesOf(text: string): Clause[] {
    const clauses: Clause[] = [];
    for (const part of text.split(clauseEnd)) {
      const { words, stems } = readWords(part ?? '', language);
      let terms: Term[] = [];
      let denials = 0;
      let denyNext = false;
      let number: string | null = null;
      const end = (): void => {
        if (terms.length > 0 || denials > 0) clauses.push({ terms, denials });
        terms = [];
        denials = 0;
        denyNext = false;
      };
      words.forEach((word, at) => {
        // "Not with the remote": a denial that has met nothing yet goes on.
        if (known.joins.has(word) && !denyNext) end();
        if (known.negators.has(word)) {
          denials += 1;
          denyNext = true;
        }
        if (isTerm(word)) {
          terms.push({ stem: stems[at] ?? word, denied: denyNext, number });
          denyNext = false;
        }
        number = known.numbers.has(word) || /^\p{N}+$/u.test(word) ? word : null;
      });
      end();
    }
    return clauses;
  }

  return {
    read(text) {
      const folded = fold(text);
      return {
        clauses: clausesOf(text),
        words: new Set(readWords(text, language).words),
        numbers: new Set((text.match(numberForm) ?? []).map((number) => number.replace(/\s/gu, ''))),
        codes: new Set([
          ...codesIn(folded),
          ...[...text.matchAll(quoted)].map(([, label = '']) => fold(label).trim()),
        ]),
        folded,
      };
    },
    stemsOf,
    deniedIn,
    supports(passage, statement) {
      return (
        [...statement.numbers].every((number) => passage.numbers.has(number)) &&
        [...statement.codes].every((code) => passage.folded.includes(code)) &&
        [...known.opposites].every(
          ([one, other]) => !statement.words.has(one) || passage.words.has(one) || !passage.words.has(other),
        ) &&
        statement.clauses.every((clause) => clauseSupported(passage, clause, known.numbers))
      );
    },
  };
}

/** Several statements as one. */
export function joinStatements(statements: readonly Statement[]): Statement {
  const union = (of: (one: Statement) => ReadonlySet<string>): Set<string> =>
    new Set(statements.flatMap((one) => [...of(one)]));
  return {
    clauses: statements.flatMap(({ clauses }) => clauses),
    words: union(({ words }) => words),
    numbers: union(({ numbers }) => numbers),
    codes: union(({ codes }) => codes),
    folded: statements.map(({ folded }) => folded).join('\n'),
  };
}

function codesIn(folded: string): string[] {
  const tokens = (folded.match(token) ?? []).map((one) => one.replace(/[./\\-]+$/u, ''));
  return tokens.filter((one) => codeSign.test(one) && /\p{L}/u.test(one));
}

function stemsOf({ clauses }: Statement): Set<string> {
  return new Set(clauses.flatMap(({ terms }) => terms.map(({ stem }) => stem)));
}

/** Whether it denies without a word that it denies. */
function isBareDenial({ terms, denials }: Clause): boolean {
  return denials > 0 && !terms.some(({ denied }) => denied);
}

function deniedIn({ clauses }: Statement): string[] {
  return clauses.flatMap((clause) =>
    isBareDenial(clause) ? [''] : clause.terms.filter(({ denied }) => denied).map(({ stem }) => stem),
  );
}

function clauseSupported(passage: Statement, clause: Clause, numberWords: ReadonlySet<string>): boolean {
  const denying = passage.clauses.filter(({ denials }) => denials >= clause.denials);
  if (clause.denials > 0 && denying.length === 0) return false;
  // "If not, …" denies what went before.
  if (isBareDenial(clause) && !denying.some(isBareDenial)) return false;
  return clause.terms.every((term) => {
    const same = passage.clauses.flatMap((one) =>
      one.terms.filter(({ stem }) => stem === term.stem).map((found) => ({ found, in: one })),
    );
    if (same.length === 0) return false;
    if (!same.some(({ found }) => found.denied === term.denied)) return false;
    // "You need not turn it off" is no "turn it off": what is only said under a denial is not said without one.
    if (clause.denials === 0 && same.every((one) => one.in.denials > 0)) return false;
    return sameNumber(
      term,
      same.map(({ found }) => found),
      numberWords,
    );
  });
}

/** What the passage counts every time is counted, and as often as there. */
function sameNumber(term: Term, found: readonly Term[], numberWords: ReadonlySet<string>): boolean {
  if (term.number !== null && !isArticle(term.number, numberWords))
    return found.some(({ number }) => number === term.number);
  const counted = found.every(({ number }) => number !== null && !isArticle(number, numberWords));
  return !counted;
}

/** "Un", "a" and "um" count nothing where there is another number. */
function isArticle(number: string, numberWords: ReadonlySet<string>): boolean {
  return numberWords.has(number) && /^(?:un|una|uno|a|an|one|um|uma)$/u.test(number);
}
