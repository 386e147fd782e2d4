import type { Article } from '../core/article.ts';
import { choices } from '../core/message.ts';
import { askKnowledge } from './ask-knowledge.ts';
import type { Draft } from './draft.ts';
import { readSignal } from './meaning.ts';
import { answerSmallTalk, disliked, helped, leave, resumeSteps, show } from './moves.ts';
import { ownChoices, personOption } from './render-answer.ts';
import { readStepWord } from './step-words.ts';

/**
 * What goes before every dialog and leaves it as it stands: a request for a person, and a turn in which
 * there is nothing to read. @returns whether the turn is taken by it
 * @param during the dialog under way
 */
export function interrupt(draft: Draft, during: string | null): boolean {
  // At the intake the customer is on the way to a person already: the intake itself lets go.
  if (draft.asksPerson && during !== 'intake') {
    draft.outcome = { kind: 'asked-person' };
    leave(draft, 'asked');
    return true;
  }
  if (draft.choice === null && !/[\p{L}\p{N}]/u.test(draft.text) && !isSignal(draft.text)) {
    wordless(draft);
    return true;
  }
  draft.notes = { ...draft.notes, wordless: 0 };
  const { paused } = draft.notes;
  const word = draft.choice === null ? readStepWord(draft.text) : null;
  if (paused !== null && (draft.choice === ownChoices.resumeSteps || word === 'resume')) {
    resumeSteps(draft, paused);
    return true;
  }
  return false;
}

/** A turn outside every dialog: a late press of a button, small talk, or a question. */
export function openTurn(draft: Draft): void {
  const last = draft.turn.shown.at(-1);
  const signal = readSignal(draft.text);
  if (draft.choice !== null) pressed(draft, draft.choice);
  else if (draft.turn.personAnswered === true && signal === 'works') helped(draft, null);
  else if (draft.turn.personAnswered === true && signal === 'fails') personFailed(draft);
  else if (last !== undefined && signal === 'works') helped(draft, last.article);
  else if (last !== undefined && signal === 'fails') lateDislike(draft, last);
  else if (answerSmallTalk(draft) !== null) return;
  else if (signal !== null) unclear(draft);
  else askKnowledge(draft, draft.text);
}

/** A button of an earlier message. */
function pressed(draft: Draft, choice: string): void {
  const last = draft.turn.shown.at(-1);
  const article = articleOf(draft, choice);
  const answered = draft.turn.personAnswered === true;
  if (choice === choices.helped) helped(draft, answered ? null : (last?.article ?? null));
  else if (choice === choices.notHelped && answered) personFailed(draft);
  else if (choice === ownChoices.leaveIt) helped(draft, null);
  else if (choice === choices.notHelped && last !== undefined) lateDislike(draft, last);
  else if (choice === ownChoices.none || choice === choices.notHelped) {
    draft.outcome = { kind: 'unknown' };
    leave(draft, 'unknown');
  } else if (article !== null) {
    const { version } = draft.knowledge.ask(article.title, draft.language);
    draft.outcome = { kind: 'answered', article: article.id, version };
    show(draft, article, { version, others: [] });
  } else if (draft.text !== '') askKnowledge(draft, draft.text);
  else {
    draft.outcome = { kind: 'unknown' };
    draft.sayPhrase('option-gone', [personOption(draft.language, draft.phrase)]);
  }
}

function articleOf(draft: Draft, choice: string): Article | null {
  if (!choice.startsWith(ownChoices.article)) return null;
  return draft.knowledge.article(choice.slice(ownChoices.article.length), draft.language);
}

function lateDislike(draft: Draft, last: { article: string; version?: number }): void {
  disliked(draft, { article: last.article, version: last.version ?? 0, others: [], failed: [] });
}

/** What a person answered did not help: somebody takes the case itself. */
function personFailed(draft: Draft): void {
  draft.outcome = { kind: 'feedback' };
  leave(draft, 'disliked', draft.phrase(draft.language, 'tried-person'));
}

/** Nothing that can be read: once an honest line; twice in a row, a person. */
function wordless(draft: Draft): void {
  draft.outcome = { kind: 'unknown' };
  if (draft.notes.wordless > 0) {
    draft.handOver('unknown');
    return;
  }
  draft.notes = { ...draft.notes, wordless: draft.notes.wordless + 1 };
  draft.sayPhrase(draft.unsupported ? 'unsupported' : 'unclear', [
    personOption(draft.language, draft.phrase),
  ]);
}

function unclear(draft: Draft): void {
  draft.outcome = { kind: 'small-talk' };
  draft.sayPhrase('unclear', [personOption(draft.language, draft.phrase)]);
}

function isSignal(text: string): boolean {
  return readSignal(text) !== null || /[🙏❤👋🙂😊👍👎]/u.test(text);
}
