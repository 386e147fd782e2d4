import type { Article } from '../core/article.ts';
import type { Saying } from '../core/command.ts';
import type { Language } from '../core/language.ts';
import type { Option, Source } from '../core/message.ts';
import { choices } from '../core/message.ts';
import { passageOf } from './passage.ts';
import type { BotSay } from './phrases/say.ts';
import { answerIn, type Wording } from './wording.ts';

/** Choices of the bot's own, beside those of core. */
export const ownChoices = {
  article: 'article-',
  none: 'none-of-these',
  triedNothing: 'tried-nothing',
  stepDone: 'step-done',
  stepFailed: 'step-failed',
  allSteps: 'steps-all',
  resumeSteps: 'steps-resume',
  leaveIt: 'leave-it',
} as const;

/** Characters an option's id may have. */
const maxOptionId = 64;

/** An article as it is shown. */
export interface Shown {
  readonly article: Article;
  readonly wording: Wording;
  /** The version of the published base that has it. */
  readonly version: number;
  /** What was asked; null when nothing is known of it. */
  readonly question: string | null;
}

/** An article as an answer, with its source; in which language it is, where that is not the customer's. */
export function renderAnswer(shown: Shown, language: Language, say: BotSay): Saying {
  const text = inLanguage(shown.article, answerIn(shown.article, shown.wording).trim(), language, say);
  return { text, options: [], sources: [sourceOf(shown)] };
}

/** Words of an article, and honestly so when they are in another language than the customer's. */
export function inLanguage(article: Article, text: string, language: Language, say: BotSay): string {
  return article.language === language ? text : `${say(language, `only-in-${article.language}`)}\n\n${text}`;
}

/** What the guide just read says about a follow-up. @param passage null: it holds there as it stands */
export function sameGuideWords(
  article: Article,
  passage: string | null,
  language: Language,
  say: BotSay,
): string {
  if (passage === null) return say(language, 'same-guide-holds');
  return `${say(language, 'same-guide')}\n\n${inLanguage(article, passage, language, say)}`;
}

/** Where an answer is from: the article, its version, and the passage that answers the question. */
export function sourceOf({ article, wording, version, question }: Shown): Source {
  const passage = passageOf(
    answerIn(article, wording),
    question ?? '',
    article.title,
    article.language,
  )?.text;
  const { followUpDays } = article;
  const follow = followUpDays === undefined ? {} : { followUpDays };
  const source = { article: article.id, title: article.title, version, ...follow };
  return passage === undefined || passage === '' ? source : { ...source, passage };
}

/**
 * The ways on from an answer.
 * @param paused whether a guide waits to be gone on with
 * @param call whether it helps that somebody sees it, and somebody can
 */
export function helpOptions(language: Language, say: BotSay, paused: boolean, call = false): Option[] {
  return [
    { id: choices.helped, label: say(language, 'option-helped') },
    { id: choices.notHelped, label: say(language, 'option-not-helped') },
    ...(paused ? [resumeOption(language, say)] : []),
    ...(call ? [{ id: choices.call, label: say(language, 'option-call') }] : []),
    personOption(language, say),
  ];
}

/** The way back to a guide that was left. */
export function resumeOption(language: Language, say: BotSay): Option {
  return { id: ownChoices.resumeSteps, label: say(language, 'option-steps-resume') };
}

/** The ways on from one step of a guide. */
export function stepOptions(language: Language, say: BotSay): Option[] {
  return [
    { id: ownChoices.stepDone, label: say(language, 'option-step-done') },
    { id: ownChoices.stepFailed, label: say(language, 'option-step-failed') },
    { id: ownChoices.allSteps, label: say(language, 'option-step-all') },
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
