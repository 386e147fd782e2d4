import type { PhraseKey } from '../../core/phrase.ts';

/** What the bot itself says. */
export const botPhraseKeys = [
  'greeting',
  'greeting-again',
  'thanks',
  'thanks-did-it-help',
  'goodbye',
  'robot',
  'insult',
  'acknowledged',
  'take-your-time',
  'cancelled',
  'did-it-help',
  'only-in-es',
  'only-in-en',
  'only-in-pt',
  'option-helped',
  'option-not-helped',
  'option-person',
  'option-none',
  'option-tried-nothing',
  'clarify',
  'try-another',
  'same-question',
  'simpler',
  'no-simpler',
  'more-technical',
  'no-more-technical',
  'resolved',
  'unknown',
  'sorry-disliked',
  'passing-on',
  'ask-problem',
  'ask-tried',
  'intake-thanks',
  'unsupported',
  'unclear',
  'tried-shown',
  'option-gone',
] as const;

/** The name of one thing the bot says. */
export type BotPhraseKey = (typeof botPhraseKeys)[number];

/** Everything said in one language, as ICU messages: a missing or unknown key does not compile. */
export type Catalogue = Readonly<Record<PhraseKey | BotPhraseKey, string>>;
