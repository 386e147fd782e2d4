import type { HandOverReason } from './event.ts';
import type { Language } from './language.ts';

/** What the bot is expected to do after a customer's turn; nothing said: anything but to fail. */
export interface RehearsalExpectation {
  /** It answers with this article. */
  readonly answers?: string;
  /** It asks which of several things is meant. */
  readonly asks?: true;
  /** It gives the conversation to a person, for this reason; `any`: whatever the reason. */
  readonly handsOver?: HandOverReason | 'any';
  /** Words that what it says has in it, in any case and with or without accents. */
  readonly contains?: readonly string[];
}

/** One turn of a scripted customer: words, or an option by its label or its id. */
export type RehearsalTurn = (
  | { readonly say: string }
  | {
      /** As it is read on the button, or the id of the option. */
      readonly choose: string;
    }
) & { readonly expect?: RehearsalExpectation };

/** A scripted customer: what they write, and what is expected of the bot. */
export interface Rehearsal {
  /** Lower-case words joined by hyphens, at most 80 characters; unique in a base. */
  readonly name: string;
  readonly language: Language;
  /** The company they write to; absent: the only one, or none of those that are named. */
  readonly brand?: string;
  readonly turns: readonly RehearsalTurn[];
}
