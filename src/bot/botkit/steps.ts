import { type Botkit, BotkitConversation, type BotkitDialogWrapper, type BotWorker } from 'botkit';
import { z } from 'zod';
import type { Article } from '../../core/article.ts';
import { RelevoError } from '../../core/errors.ts';
import { askKnowledge } from '../ask-knowledge.ts';
import type { Draft } from '../draft.ts';
import { readFeedback } from '../feedback.ts';
import { type Guide, guideOf } from '../guide.ts';
import { maxRemembered } from '../memory.ts';
import { answerSmallTalk, disliked, helped, leave } from '../moves.ts';
import { openTurn } from '../open-turn.ts';
import type { BotPhraseKey } from '../phrases/catalogue.ts';
import { inLanguage, ownChoices, sameGuideWords, sourceOf, stepOptions } from '../render-answer.ts';
import { readSmallTalk } from '../small-talk.ts';
import { readStepWord, type StepWord } from '../step-words.ts';
import { answerIn } from '../wording.ts';
import { clean } from '../words/fold.ts';
import { sameQuestion } from '../words/stems.ts';
import { draftOf } from './draft-of.ts';

/** The dialog's variables. */
export const stepsVars = z.object({
  article: z.string(),
  version: z.number(),
  wording: z.enum(['plain', 'simple', 'technical']),
  others: z.array(z.string()),
  failed: z.array(z.string()),
  /** The step that the customer is at, from 0. */
  at: z.number().int().min(0),
});

type Vars = z.infer<typeof stepsVars>;

/** A long answer on a phone: one step, and on when it is done. */
export function stepsDialog(controller: Botkit): BotkitConversation {
  const dialog = new BotkitConversation('steps', controller);
  dialog.before('default', async (convo, bot) => showStep(draftOf(bot), stepsVars.parse(convo.vars)));
  dialog.ask({ text: ['step'] }, onReply, null);
  dialog.addQuestion({ text: ['step-again'] }, onReply, null, 'again');
  return dialog;
}

async function onReply(_: string, convo: BotkitDialogWrapper, bot: BotWorker): Promise<void> {
  const draft = draftOf(bot);
  const vars = stepsVars.parse(convo.vars);
  const stay = (key: BotPhraseKey): Promise<void> => {
    draft.outcome = { kind: 'small-talk' };
    sayAgain(draft, draft.phrase(draft.language, key));
    return convo.gotoThread('again');
  };
  const word = draft.choice === null ? readStepWord(draft.text) : wordOf(draft.choice);
  const beside = draft.choice !== null && draft.text !== '' && readStepWord(draft.text) === null;
  if (beside && word !== null && readSmallTalk(draft.text) === null) {
    if (askAside(draft, word === 'next' ? { ...vars, at: vars.at + 1 } : vars))
      return convo.gotoThread('again');
    return convo.stop();
  }
  switch (word) {
    case 'next':
      return goOn(draft, vars, convo);
    case 'failed':
      stepFailed(draft, vars);
      return convo.stop();
    case 'all':
      draft.outcome = { kind: 'small-talk' };
      begin(draft, 'feedback', vars);
      return convo.stop();
    case 'wait':
      return stay('take-your-time');
    case 'resume':
      draft.outcome = { kind: 'small-talk' };
      return convo.gotoThread('default');
    case null:
      break;
  }
  if (draft.choice !== null) {
    openTurn(draft);
    return convo.stop();
  }
  switch (readFeedback(draft.text)) {
    case 'helped':
      helped(draft, vars.article);
      return convo.stop();
    case 'not-helped':
      stepFailed(draft, vars);
      return convo.stop();
    case 'thanked':
    case 'later':
      return stay('take-your-time');
    case 'simpler':
      return reword(draft, vars, 'simple', convo, stay);
    case 'more-technical':
      return reword(draft, vars, 'technical', convo, stay);
    case null:
      break;
  }
  const smallTalk = readSmallTalk(draft.text);
  if (smallTalk === 'greeting') return stay('greeting-again');
  if (smallTalk === 'robot' || smallTalk === 'insult') return stay(smallTalk);
  if (smallTalk !== null) answerSmallTalk(draft);
  else if (askAside(draft, vars)) return convo.gotoThread('again');
  await convo.stop();
}

async function goOn(draft: Draft, vars: Vars, convo: BotkitDialogWrapper): Promise<void> {
  draft.outcome = { kind: 'small-talk' };
  if (vars.at + 1 < guideIn(draft, vars).guide.steps.length) {
    convo.setVar('at', vars.at + 1);
    return convo.gotoThread('default');
  }
  begin(draft, 'feedback', vars, 'end');
  await convo.stop();
}

/** In other words, from the beginning: steps of two wordings do not match one another. */
async function reword(
  draft: Draft,
  vars: Vars,
  wording: 'simple' | 'technical',
  convo: BotkitDialogWrapper,
  stay: (key: BotPhraseKey) => Promise<void>,
): Promise<void> {
  const { article } = guideIn(draft, vars);
  const [has, hasNot] =
    wording === 'simple'
      ? (['simpler', 'no-simpler'] as const)
      : (['more-technical', 'no-more-technical'] as const);
  if (article[wording] === undefined || vars.wording === wording) return stay(hasNot);
  draft.outcome = { kind: 'answered', article: vars.article, version: vars.version };
  draft.sayPhrase(has);
  const isLong = guideOf(answerIn(article, wording)) !== null;
  begin(draft, isLong ? 'steps' : 'feedback', { ...vars, wording, at: 0 });
  await convo.stop();
}

/**
 * Something else is asked: the guide waits for it.
 * @returns whether the guide itself answers it, and goes on
 */
function askAside(draft: Draft, vars: Vars): boolean {
  const { question } = draft.notes;
  if (question !== null && sameQuestion(question, draft.text, draft.language)) {
    disliked(draft, vars, 'same-question');
    return false;
  }
  const { article, version, wording, at } = vars;
  const { paused } = draft.notes;
  draft.notes = { ...draft.notes, paused: { article, version, wording, at } };
  let stays = false;
  askKnowledge(draft, draft.text, {
    shown: article,
    sameGuide: (passage) => {
      stays = true;
      draft.notes = { ...draft.notes, paused };
      draft.outcome = { kind: 'answered', article, version };
      const { language, phrase } = draft;
      sayAgain(draft, sameGuideWords(guideIn(draft, vars).article, passage?.text ?? null, language, phrase));
    },
  });
  // The guide was what they did not want again.
  if (draft.outcome?.kind === 'feedback') draft.notes = { ...draft.notes, paused };
  return stays;
}

/** A person gets the case, and reads how far the customer came. */
function stepFailed(draft: Draft, vars: Vars): void {
  const { article, guide } = guideIn(draft, vars);
  draft.outcome = { kind: 'feedback', article: vars.article, version: vars.version };
  const tried = draft.phrase(draft.language, 'tried-steps', {
    title: article.title,
    number: vars.at + 1,
    total: guide.steps.length,
    step: guide.steps[vars.at] ?? '',
  });
  leave(draft, 'disliked', clean(tried.replaceAll('**', ''), maxRemembered));
}

function showStep(draft: Draft, vars: Vars): void {
  const { language, phrase, notes } = draft;
  const { article, guide } = guideIn(draft, vars);
  const { at, wording, version } = vars;
  const place = phrase(language, 'step', { number: at + 1, total: guide.steps.length });
  const step = `**${place}.** ${guide.steps[at] ?? ''}`;
  const first = inLanguage(article, [guide.lead, step].filter(Boolean).join('\n\n'), language, phrase);
  draft.lines.set('step', {
    text: at === 0 ? first : step,
    options: stepOptions(language, phrase),
    sources: at === 0 ? [sourceOf({ article, wording, version, question: notes.question })] : [],
  });
}

function sayAgain(draft: Draft, text: string): void {
  draft.lines.set('step-again', { text, options: stepOptions(draft.language, draft.phrase), sources: [] });
}

/** Throws when the article went, or has other steps, since the customer began. */
function guideIn(draft: Draft, { article: id, wording, at }: Vars): { article: Article; guide: Guide } {
  const article = draft.knowledge.article(id, draft.language);
  const guide = article === null ? null : guideOf(answerIn(article, wording));
  if (article === null || guide === null || at >= guide.steps.length)
    throw new RelevoError('bot_article_gone', `The article ${id} is not published as it was shown.`);
  return { article, guide };
}

function begin(
  draft: Draft,
  dialog: 'feedback' | 'steps',
  vars: Vars,
  part: 'whole' | 'end' = 'whole',
): void {
  const { at, ...shown } = vars;
  draft.begin(dialog, dialog === 'steps' ? { ...shown, at } : { ...shown, part });
}

function wordOf(choice: string): StepWord | null {
  switch (choice) {
    case ownChoices.stepDone:
      return 'next';
    case ownChoices.stepFailed:
      return 'failed';
    case ownChoices.allSteps:
      return 'all';
    default:
      return null;
  }
}
