import type { Article } from '../core/article.ts';
import { saysWhatIsWrong } from './asks-person.ts';
import type { Draft, LeaveReason } from './draft.ts';
import { guideOf } from './guide.ts';
import { maxRemembered, type PausedGuide } from './memory.ts';
import { ownChoices, personOption } from './render-answer.ts';
import { readSmallTalk, type SmallTalk } from './small-talk.ts';
import { answerIn, wordingFor } from './wording.ts';
import { clean, wordsOf } from './words/fold.ts';

/**
 * Shows an article and asks whether it helped. On a phone a long one goes step by step.
 * @param more `whole`: never step by step
 */
export function show(
  draft: Draft,
  article: Article,
  more: { version: number; others: readonly string[]; failed?: readonly string[]; whole?: boolean },
): void {
  const wording = wordingFor(`${draft.notes.question ?? ''} ${draft.text}`);
  const values = {
    article: article.id,
    version: more.version,
    wording,
    others: more.others,
    failed: more.failed ?? [],
  };
  const byStep = draft.turn.handheld === true && more.whole !== true;
  if (byStep && guideOf(answerIn(article, wording)) !== null) draft.begin('steps', { ...values, at: 0 });
  else draft.begin('feedback', values);
}

/** Goes on with a guide that was left for something else. */
export function resumeSteps(draft: Draft, { article, version, wording, at }: PausedGuide): void {
  draft.notes = { ...draft.notes, paused: null };
  draft.outcome ??= { kind: 'small-talk' };
  draft.sayPhrase('steps-resumed');
  draft.begin('steps', { article, version, wording, at, others: [], failed: [] });
}

/**
 * The article did not help: the next best one, once; then a person.
 * @param judged the article, those worth trying after it, and those that failed before it
 */
export function disliked(
  draft: Draft,
  judged: { article: string; version: number; others: readonly string[]; failed: readonly string[] },
  lead: 'try-another' | 'same-question' = 'try-another',
): void {
  const failed = [...judged.failed, judged.article];
  draft.outcome ??= { kind: 'feedback', article: judged.article, version: judged.version };
  const next = judged.failed.length === 0 ? nextOf(draft, judged.others, failed) : null;
  if (next !== null) {
    draft.sayPhrase(lead);
    show(draft, next, { version: judged.version, others: [], failed });
    return;
  }
  const titles = failed
    .map((id) => `«${draft.knowledge.article(id, draft.language)?.title ?? id}»`)
    .join(', ');
  const shown = draft.phrase(draft.language, 'tried-shown', { titles });
  leave(draft, 'disliked', clean(draft.text === '' ? shown : `${shown}\n${draft.text}`, maxRemembered));
}

/**
 * Gives the case to people after the intake: what is wrong and what was tried, each asked only when not known. What is
 * merely unknown they are asked first, where that is allowed.
 * @param tried where it is known already
 */
export function leave(draft: Draft, reason: LeaveReason, tried: string | null = null): void {
  const { text, turn, notes } = draft;
  if (turn.alone === true) {
    if (reason !== 'asked') draft.sayPhrase(reason === 'unknown' ? 'unknown-alone' : 'sorry-alone');
    draft.handOver(reason);
    return;
  }
  const says = !draft.asksCall || wordsOf(text).length > wordsOfAWish;
  const told =
    reason === 'asked' && text !== '' && says && saysWhatIsWrong(text) ? clean(text, maxRemembered) : null;
  const asked = [notes.question, notes.left].filter((one) => one !== null);
  const problem = told ?? (asked.length === 0 ? null : clean(asked.join('\n'), maxRemembered));
  const question = problem ?? clean(text, maxRemembered);
  if (reason === 'unknown' && turn.mayAsk === true && question !== '') {
    draft.intake = turn.intake ?? { problem: question, tried };
    draft.askPeople(question);
    return;
  }
  const passing = notes.call === null ? 'passing-on' : 'passing-on-call';
  const opening = { asked: passing, unknown: 'unknown', disliked: 'sorry-disliked' } as const;
  const willAsk = turn.intake === null && (problem === null || tried === null);
  if (reason !== 'asked' || willAsk) draft.sayPhrase(opening[reason]);
  if (turn.intake !== null) draft.handOver(reason);
  else draft.begin('intake', { reason, problem, tried });
}

/** A wish for a call in no more words than this says nothing else. */
const wordsOfAWish = 9;

/** It helped: on with the guide or the question that is still open; else a farewell, and the conversation is solved. */
export function helped(draft: Draft, article: string | null): void {
  draft.outcome = article === null ? { kind: 'feedback' } : { kind: 'feedback', article };
  const { language, phrase } = draft;
  const { left, paused } = draft.notes;
  if (paused !== null) {
    resumeSteps(draft, paused);
    return;
  }
  if (left !== null) {
    draft.notes = { ...draft.notes, question: left, left: null };
    const leaveIt = { id: ownChoices.leaveIt, label: phrase(language, 'option-leave-it') };
    const text = phrase(language, 'left-over', { question: left });
    draft.say({ text, options: [personOption(language, phrase), leaveIt], sources: [] });
    return;
  }
  draft.sayPhrase('resolved');
  draft.resolve();
}

/** Answers small talk. @returns its kind; null when the text is none, and then nothing is said */
export function answerSmallTalk(draft: Draft): SmallTalk | null {
  const kind = readSmallTalk(draft.text);
  if (kind === null) return null;
  draft.outcome = { kind: 'small-talk' };
  const { language, phrase } = draft;
  const person = [personOption(language, phrase)];
  switch (kind) {
    case 'greeting': {
      const name = firstName(draft.turn.customerName);
      const text = phrase(language, 'greeting', { named: name === '' ? 'no' : 'yes', name });
      draft.say({ text, options: [], sources: [] });
      break;
    }
    case 'robot':
    case 'insult':
      draft.sayPhrase(kind, person);
      break;
    case 'cancel':
      draft.sayPhrase('cancelled');
      break;
    case 'thanks':
    case 'goodbye':
    case 'acknowledged':
      draft.sayPhrase(kind);
      break;
  }
  return kind;
}

function nextOf(draft: Draft, others: readonly string[], failed: readonly string[]): Article | null {
  const seen = new Set([...failed, ...draft.turn.shown.map(({ article }) => article)]);
  const next = others.find((id) => !seen.has(id));
  return next === undefined ? null : draft.knowledge.article(next, draft.language);
}

function firstName(name: string | null): string {
  const first = /^\p{L}[\p{L}'’-]{0,30}/u.exec(name?.trim() ?? '')?.[0] ?? '';
  return clean(first, 30);
}
