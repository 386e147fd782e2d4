import type { Happened, PlayedTurn } from './rehearsal.ts';

const reasons = {
  any: 'rehearsal.any',
  asked: 'handOver.asked',
  unknown: 'handOver.unknown',
  disliked: 'handOver.disliked',
  error: 'handOver.error',
  timeout: 'handOver.timeout',
} as const;

type Fault = 'person' | 'option' | 'noOption' | 'answers' | 'asks' | 'handsOver' | 'failed' | 'contains';
type WordId =
  | `rehearsal.fault.${Fault}`
  | `rehearsal.did.${'handsOver' | 'answers' | 'asks' | 'other'}`
  | (typeof reasons)[keyof typeof reasons];
type Tell = (id: WordId, values?: Record<string, string>) => string;

/** What the words are made with. */
export interface BrokenWords {
  readonly tell: Tell;
  readonly titleOf: (article: string) => string;
}

/**
 * Why a turn did not go as expected, in the reader's words. Pure.
 * @param before what happened in the turn before it; null: there was none
 * @returns the server's own words where these have none
 */
export function brokenWords(
  { expected, happened, faults }: PlayedTurn,
  before: Happened | null,
  words: BrokenWords,
): readonly string[] {
  const { tell } = words;
  if (faults.length === 0) return [];
  if (happened === null) {
    if (before !== null && before.handsOver !== null) return [tell('rehearsal.fault.person')];
    const options = before?.options.map(({ label }) => label).join(', ') ?? '';
    return [options === '' ? tell('rehearsal.fault.noOption') : tell('rehearsal.fault.option', { options })];
  }
  const { answers, asks, handsOver, contains = [] } = expected;
  const did = didWords(happened, words);
  const reasonOf = (reason: string) => reasonWords(reason, tell);
  const failed = happened.handsOver === 'error' || happened.handsOver === 'timeout';
  const text = folded(happened.said.join('\n'));
  const said = [
    answers !== undefined &&
      answers !== happened.answers &&
      tell('rehearsal.fault.answers', { article: words.titleOf(answers), did }),
    asks === true && !happened.asks && tell('rehearsal.fault.asks', { did }),
    handsOver !== undefined &&
      (happened.handsOver === null || (handsOver !== 'any' && handsOver !== happened.handsOver)) &&
      tell('rehearsal.fault.handsOver', { reason: reasonOf(handsOver), did }),
    failed && handsOver === undefined && tell('rehearsal.fault.failed'),
    ...contains.map(
      (part) => !text.includes(folded(part)) && tell('rehearsal.fault.contains', { words: part }),
    ),
  ].filter((words) => words !== false);
  return said.length === 0 ? faults : said;
}

function didWords({ answers, asks, handsOver }: Happened, { tell, titleOf }: BrokenWords): string {
  if (handsOver !== null) return tell('rehearsal.did.handsOver', { reason: reasonWords(handsOver, tell) });
  if (answers !== null) return tell('rehearsal.did.answers', { article: titleOf(answers) });
  return tell(asks ? 'rehearsal.did.asks' : 'rehearsal.did.other');
}

function reasonWords(reason: string, tell: Tell): string {
  const known: Readonly<Record<string, (typeof reasons)[keyof typeof reasons]>> = reasons;
  const id = known[reason];
  return id === undefined ? reason : tell(id);
}

/** As the server compares words: without case and accents. */
function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replace(/\s+/gu, ' ').trim().toLowerCase();
}
