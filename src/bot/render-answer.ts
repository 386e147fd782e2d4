import type { Article } from '../core/article.ts';
import type { Saying } from '../core/command.ts';
import type { Language } from '../core/language.ts';
import type { Option } from '../core/message.ts';
import { choices } from '../core/message.ts';
import type { BotSay } from './phrases/say.ts';
import { answerIn, type Wording } from './wording.ts';

/** Choices of the bot's own, beside those of core. */
export const ownChoices = {
  article: 'article-',
  none: 'none-of-these',
  triedNothing: 'tried-nothing',
} as const;

/** Characters an option's id may have. */
const maxOptionId = 64;

/** An article as an answer, with its source and the question whether it helped. */
export function renderAnswer(
  article: Article,
  wording: Wording,
  version: number,
  language: Language,
  say: BotSay,
): Saying {
  const lines = [answerIn(article, wording).trim(), say(language, 'did-it-help')];
  if (article.language !== language) lines.unshift(say(language, `only-in-${article.language}`));
  return {
    text: lines.join('\n\n'),
    options: helpOptions(language, say),
    sources: [{ article: article.id, title: article.title, version }],
  };
}

/** The three ways on from an answer. */
export function helpOptions(language: Language, say: BotSay): Option[] {
  return [
    { id: choices.helped, label: say(language, 'option-helped') },
    { id: choices.notHelped, label: say(language, 'option-not-helped') },
    personOption(language, say),
  ];
}

/** The way to a person. */
export function personOption(language: Language, say: BotSay): Option {
  return { id: choices.person, label: say(language, 'option-person') };
}

/** The clarifying question: what it may be by title, something else, or a person. */
export function renderClarify(titles: readonly Option[], language: Language, say: BotSay): Saying {
  return {
    text: say(language, 'clarify'),
    options: [
      ...titles,
      { id: ownChoices.none, label: say(language, 'option-none') },
      personOption(language, say),
    ],
    sources: [],
  };
}

/**
 * The option that stands for an article. A very long id is cut and told apart by its place in the list.
 * @param at from 0
 */
export function articleOption(article: string, at: number): string {
  const whole = `${ownChoices.article}${article}`;
  return whole.length <= maxOptionId ? whole : `${whole.slice(0, maxOptionId - 2)}.${at}`;
}
