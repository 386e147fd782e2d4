import type { HandOverReason } from '../../core/event.ts';
import type { Option } from '../../core/message.ts';
import type { OwnPhrases } from '../../core/phrase.ts';
import type { Rehearsal, RehearsalExpectation } from '../../core/rehearsal.ts';
import type { Knowledge } from '../knowledge.ts';

/** What happened after a customer's turn. */
export interface Happened {
  readonly said: readonly string[];
  readonly options: readonly Option[];
  /** The article it was answered with; null: with none. */
  readonly answers: string | null;
  readonly asks: boolean;
  readonly handsOver: HandOverReason | null;
}

/** Where a scripted customer talks with the bot as it is live, and nobody else hears it. */
export interface Stage {
  take(said: { readonly text: string } | { readonly option: string }): Promise<Happened>;
}

/** Opens a stage on some knowledge, where phrases are said in other words than usual. */
export type OpenStage = (
  knowledge: Knowledge,
  phrases: OwnPhrases,
  customer: { readonly language: Rehearsal['language']; readonly brand: string | null },
) => Promise<Stage>;

/** One turn as it went. */
export interface PlayedTurn {
  readonly customer: string;
  readonly expected: RehearsalExpectation;
  /** Null: it was not come to. */
  readonly happened: Happened | null;
  /** What was otherwise than expected, in words; empty where nothing was. */
  readonly faults: readonly string[];
}

/** A rehearsal as it went. */
export interface Played {
  readonly name: string;
  readonly passed: boolean;
  /** The first turn that went otherwise, from 0; null: none. */
  readonly brokeAt: number | null;
  readonly turns: readonly PlayedTurn[];
}

/** Plays a scripted customer; where it goes otherwise than expected, it ends: what comes after would be about something else. */
export async function play({ name, turns }: Rehearsal, stage: Stage): Promise<Played> {
  const played: PlayedTurn[] = [];
  let last: Happened | null = null;
  let brokeAt: number | null = null;
  for (const [place, turn] of turns.entries()) {
    const { expect: expected = {} } = turn;
    const customer = 'say' in turn ? turn.say : turn.choose;
    const option = 'choose' in turn ? optionOf(turn.choose, last) : null;
    const cannot =
      last?.handsOver != null
        ? 'the conversation is with a person already'
        : 'choose' in turn && option === null
          ? `there is no such option: ${last?.options.map(({ label }) => label).join(', ') || 'none was offered'}`
          : null;
    if (brokeAt !== null || cannot !== null) {
      brokeAt ??= place;
      played.push({
        customer,
        expected,
        happened: null,
        faults: place === brokeAt && cannot ? [cannot] : [],
      });
      continue;
    }
    const happened = await stage.take(option === null ? { text: customer } : { option });
    const faults = faultsOf(expected, happened);
    if (faults.length > 0) brokeAt = place;
    played.push({ customer, expected, happened, faults });
    last = happened;
  }
  return { name, passed: brokeAt === null, brokeAt, turns: played };
}

function optionOf(choose: string, last: Happened | null): string | null {
  const found = last?.options.find(({ id, label }) => id === choose || folded(label) === folded(choose));
  return found?.id ?? null;
}

function faultsOf(expected: RehearsalExpectation, happened: Happened): string[] {
  const { answers, asks, handsOver, contains = [] } = expected;
  const faults: string[] = [];
  const did = shown(happened);
  if (answers !== undefined && happened.answers !== answers)
    faults.push(`expected an answer with ${answers}: ${did}`);
  if (asks === true && !happened.asks) faults.push(`expected it to ask which is meant: ${did}`);
  if (
    handsOver !== undefined &&
    (happened.handsOver === null || (handsOver !== 'any' && happened.handsOver !== handsOver))
  )
    faults.push(`expected a hand-over (${handsOver}): ${did}`);
  const failed = happened.handsOver === 'error' || happened.handsOver === 'timeout';
  if (failed && handsOver === undefined) faults.push(`the bot failed: ${did}`);
  const text = folded(happened.said.join('\n'));
  for (const words of contains)
    if (!text.includes(folded(words))) faults.push(`expected the words "${words}"`);
  return faults;
}

function shown({ answers, asks, handsOver }: Happened): string {
  if (handsOver !== null) return `it handed over (${handsOver})`;
  if (answers !== null) return `it answered with ${answers}`;
  return asks ? 'it asked which is meant' : 'it did something else';
}

function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replace(/\s+/gu, ' ').trim().toLowerCase();
}
