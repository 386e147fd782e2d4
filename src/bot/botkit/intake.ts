import { type Botkit, BotkitConversation, type BotkitDialogWrapper, type BotWorker } from 'botkit';
import { z } from 'zod';
import type { Draft } from '../draft.ts';
import { readSignal } from '../meaning.ts';
import { maxRemembered } from '../memory.ts';
import { helped } from '../moves.ts';
import { openTurn } from '../open-turn.ts';
import { ownChoices, personOption } from '../render-answer.ts';
import { readSmallTalk } from '../small-talk.ts';
import { clean } from '../words/fold.ts';
import { draftOf } from './draft-of.ts';

/** The dialog's variables. */
export const intakeVars = z.object({
  reason: z.enum(['asked', 'unknown', 'disliked']),
  problem: z.string().nullable(),
  tried: z.string().nullable(),
});

/** What a person needs to know before the case reaches them: at most two questions, each only when not known. */
export function intakeDialog(controller: Botkit): BotkitConversation {
  const dialog = new BotkitConversation('intake', controller);
  dialog.before('default', async (convo, bot) => {
    if (intakeVars.parse(convo.vars).problem === null) askProblem(draftOf(bot));
    else await convo.gotoThread('tried');
  });
  dialog.ask({ text: ['ask-problem'] }, onProblem, null);
  dialog.before('tried', async (convo, bot) => {
    if (intakeVars.parse(convo.vars).tried === null) askTried(draftOf(bot));
    else await convo.gotoThread('done');
  });
  dialog.addQuestion({ text: ['ask-tried'] }, onTried, null, 'tried');
  dialog.before('done', async (convo, bot) => finish(draftOf(bot), convo));
  dialog.addAction('complete', 'done');
  return dialog;
}

async function onProblem(_: string, convo: BotkitDialogWrapper, bot: BotWorker): Promise<void> {
  const draft = draftOf(bot);
  if (await leftOtherwise(draft, convo)) return;
  if (readSmallTalk(draft.text) !== null) {
    draft.outcome = { kind: 'intake' };
    return convo.gotoThread('default');
  }
  draft.outcome = { kind: 'intake' };
  convo.setVar('problem', clean(draft.text, maxRemembered));
  await convo.gotoThread('tried');
}

async function onTried(_: string, convo: BotkitDialogWrapper, bot: BotWorker): Promise<void> {
  const draft = draftOf(bot);
  const nothing = draft.choice === ownChoices.triedNothing;
  if (!nothing && (await leftOtherwise(draft, convo))) return;
  draft.outcome = { kind: 'intake' };
  const words = nothing
    ? draft.choiceLabel || draft.phrase(draft.language, 'option-tried-nothing')
    : draft.text;
  convo.setVar('tried', clean(words, maxRemembered));
  draft.sayPhrase('intake-thanks');
  await convo.gotoThread('done');
}

/** Ways out of the intake: a person at once, a button of an earlier message, solved after all, never mind. */
async function leftOtherwise(draft: Draft, convo: BotkitDialogWrapper): Promise<boolean> {
  const smallTalk = readSmallTalk(draft.text);
  if (draft.asksPerson) {
    draft.outcome = { kind: 'asked-person' };
    await convo.gotoThread('done');
  } else if (draft.choice !== null) {
    openTurn(draft);
    await convo.stop();
  } else if (readSignal(draft.text) === 'works') {
    helped(draft, draft.turn.shown.at(-1)?.article ?? null);
    await convo.stop();
  } else if (smallTalk === 'cancel') {
    draft.outcome = { kind: 'small-talk' };
    draft.sayPhrase('cancelled');
    await convo.stop();
  } else if (smallTalk === 'goodbye') {
    draft.outcome = { kind: 'intake' };
    await convo.gotoThread('done');
  } else return false;
  return true;
}

function askProblem(draft: Draft): void {
  const { language, phrase } = draft;
  const text = phrase(language, 'ask-problem');
  draft.lines.set('ask-problem', { text, options: [personOption(language, phrase)], sources: [] });
}

function askTried(draft: Draft): void {
  const { language, phrase } = draft;
  const nothing = { id: ownChoices.triedNothing, label: phrase(language, 'option-tried-nothing') };
  const options = [nothing, personOption(language, phrase)];
  draft.lines.set('ask-tried', { text: phrase(language, 'ask-tried'), options, sources: [] });
}

function finish(draft: Draft, convo: BotkitDialogWrapper): void {
  const { reason, problem, tried } = intakeVars.parse(convo.vars);
  if (problem !== null) draft.intake = { problem, tried };
  draft.handOver(reason);
}
