import { callPhraseKeys } from './call-phrase.ts';
import type { Language } from './language.ts';

/** What Relevo itself tells a customer when a conversation changes hands. */
export const phraseKeys = [
  'handed-over',
  'handed-over-failure',
  'people-elsewhere',
  'claimed',
  'escalated',
  'released',
  'still-looking',
  'returned-to-bot',
  'confirm-solved',
  'option-solved-yes',
  'option-solved-no',
  'not-solved',
  'ask-rating',
  'rated-thanks',
  'reminder',
  'closed-abandoned',
  'reopened',
  'outside-hours',
  'option-wait',
  'option-callback',
  'option-leave',
  'wait-chosen',
  'wait-chosen-until',
  'callback-when',
  'callback-noted',
  'callback-noted-words',
  'left-queue',
  'back-at',
  'queue-place',
  'question-asked',
  'question-added',
  'question-answered',
  'join-code',
  'joined',
  'join-code-unknown',
  ...callPhraseKeys,
] as const;

/** The name of one such phrase. */
export type PhraseKey = (typeof phraseKeys)[number];

/** Phrases in place of the catalogue's, by language and name, as ICU messages. */
export type OwnPhrases = Readonly<Partial<Record<Language, Readonly<Record<string, string>>>>>;

/** What a phrase may mention: the case's number, an agent's name. */
export type PhraseValues = Readonly<Record<string, string | number>>;

/**
 * Puts a phrase into words.
 * @returns the text a customer reads, never empty
 */
export type Say = (language: Language, key: PhraseKey, values?: PhraseValues) => string;
