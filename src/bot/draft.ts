import type { BotDecision, Saying } from '../core/command.ts';
import { RelevoError } from '../core/errors.ts';
import type { HandOverReason, TurnOutcome } from '../core/event.ts';
import type { Json } from '../core/json.ts';
import type { Language } from '../core/language.ts';
import type { Intake } from '../core/logbook.ts';
import { choices, type Option } from '../core/message.ts';
import type { Knowledge } from '../kb/knowledge.ts';
import { asksCall } from './asks-call.ts';
import { asksPerson } from './asks-person.ts';
import type { BotTurn } from './bot.ts';
import { chooseOption } from './choose-option.ts';
import { freshMemory, type Memory, type Notes, writeMemory } from './memory.ts';
import type { BotPhraseKey } from './phrases/catalogue.ts';
import type { BotSay } from './phrases/say.ts';
import { readTurn } from './read-turn.ts';
import { detectLanguage } from './words/detect-language.ts';

/** The multi-turn dialogs. */
export type DialogName = 'clarify' | 'intake' | 'feedback' | 'steps';

/** A dialog to begin and what it starts from. */
export interface Beginning {
  readonly dialog: DialogName;
  readonly values: Readonly<Record<string, Json>>;
}

/** Why the bot itself gives a case to people. */
export type LeaveReason = Extract<HandOverReason, 'asked' | 'unknown' | 'disliked'>;

/** One turn as it is being taken: what was heard, and the decision as it grows. */
export class Draft {
  readonly turn: BotTurn;
  readonly knowledge: Knowledge;
  readonly phrase: BotSay;
  readonly language: Language;
  /** All the customer's words in this turn beside those that name an option; may be empty. */
  readonly text: string;
  /** The option pressed, or meant by a number or its words; null when none. */
  readonly choice: string | null;
  /** What the pressed option said. */
  readonly choiceLabel: string;
  readonly unsupported: boolean;
  readonly asksPerson: boolean;
  /** They want a person, and to be seen by them. */
  readonly asksCall: boolean;
  /** What each line of a dialog says, set before the dialog comes to it. */
  readonly lines = new Map<string, Saying>();
  notes: Notes;
  outcome: TurnOutcome | null = null;
  intake: Intake | null = null;

  readonly #say: Saying[] = [];
  #action: BotDecision['action'] = { kind: 'wait' };
  #beginning: Beginning | null = null;

  /** @param memory what the turn before left */
  constructor(turn: BotTurn, memory: Memory, knowledge: Knowledge, phrase: BotSay) {
    const heard = readTurn(turn.messages);
    this.turn = turn;
    this.knowledge = knowledge;
    this.phrase = phrase;
    this.unsupported = heard.unsupported.length > 0;
    const meant = heard.choice === null ? chooseOption(heard.text, memory.notes.options) : null;
    this.text = meant === null ? heard.text : '';
    const chose = (option: string) => heard.pressed.includes(option) || meant?.id === option;
    const call = chose(choices.call) ? 'bot' : asksCall(heard.text) ? 'customer' : null;
    const person = chose(choices.person) || chose(choices.call);
    this.choice = person ? choices.person : (heard.choice?.option ?? meant?.id ?? null);
    this.choiceLabel = heard.choice?.label ?? meant?.label ?? '';
    this.asksCall = call !== null;
    this.asksPerson = person || this.asksCall || asksPerson(heard.text);
    this.language = meant === null ? detectLanguage(heard.text, turn.language) : turn.language;
    const wish = turn.mayCall === true ? call : null;
    this.notes = { ...memory.notes, call: memory.notes.call ?? wish };
  }

  /** Says something. */
  say(saying: Saying): void {
    this.#say.push(saying);
  }

  /** Says a phrase, with options under it. */
  sayPhrase(key: BotPhraseKey, options: readonly Option[] = []): void {
    this.say({ text: this.phrase(this.language, key), options, sources: [] });
  }

  /** Gives the case to people. */
  handOver(reason: LeaveReason): void {
    const { call } = this.notes;
    this.#action = { kind: 'hand-over', reason, ...(call === null ? {} : { call }) };
  }

  /** Asks people of ours what the bot does not know; the customer is told so. */
  askPeople(text: string): void {
    this.#action = { kind: 'ask', text };
  }

  /** The customer says it is solved. */
  resolve(): void {
    this.#action = { kind: 'resolve' };
  }

  /** A dialog that begins once the one under way has ended. */
  begin(dialog: DialogName, values: Readonly<Record<string, Json>>): void {
    this.#beginning = { dialog, values };
  }

  /** Takes the dialog that is to begin, so that it begins once. */
  takeBeginning(): Beginning | null {
    const beginning = this.#beginning;
    this.#beginning = null;
    return beginning;
  }

  /**
   * The decision.
   * @param place where the dialog under way waits; null when there is none
   * @throws RelevoError `bot_silent` when the customer would get no answer at all
   */
  decision(place: Memory['place']): BotDecision {
    const say = joined(this.#say);
    if (this.outcome === null || (say.length === 0 && this.#action.kind === 'wait')) {
      throw new RelevoError('bot_silent', 'The bot ended its turn without an answer.');
    }
    return {
      language: this.language,
      say,
      action: this.#action,
      memory: writeMemory(this.#memory(say, place)),
      outcome: this.outcome,
      intake: this.intake,
    };
  }

  /** Of what was said: its options can be chosen by a number or their words. So can those under a person's answer. */
  #memory(say: readonly Saying[], place: Memory['place']): Memory {
    switch (this.#action.kind) {
      case 'wait': {
        const options = say.findLast((saying) => saying.options.length > 0)?.options ?? [];
        return { notes: { ...this.notes, options: options.slice(0, 10) }, place };
      }
      case 'ask': {
        const options = [
          { id: choices.helped, label: this.phrase(this.language, 'option-solved-yes') },
          { id: choices.notHelped, label: this.phrase(this.language, 'option-solved-no') },
        ];
        return { notes: { ...this.notes, options }, place: null };
      }
      default:
        return freshMemory;
    }
  }
}

/** Words that lead up to others go out with them, as one message. */
function joined(sayings: readonly Saying[]): Saying[] {
  const result: Saying[] = [];
  for (const saying of sayings) {
    const before = result.at(-1);
    if (before !== undefined && before.options.length === 0 && before.sources.length === 0) {
      result[result.length - 1] = { ...saying, text: `${before.text}\n\n${saying.text}` };
    } else result.push(saying);
  }
  return result;
}
