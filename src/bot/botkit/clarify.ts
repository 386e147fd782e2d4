import { type Botkit, BotkitConversation, type BotkitDialogWrapper, type BotWorker } from 'botkit';
import { z } from 'zod';
import { chooseByWords } from '../choose-option.ts';
import type { Draft } from '../draft.ts';
import { readSignal } from '../meaning.ts';
import { answerSmallTalk, askKnowledge, leave, show } from '../moves.ts';
import { openTurn } from '../open-turn.ts';
import { ownChoices } from '../render-answer.ts';
import { draftOf } from './draft-of.ts';

/** The dialog's variables. */
export const clarifyVars = z.object({
  version: z.number(),
  choices: z.array(z.object({ option: z.string(), article: z.string(), probability: z.number() })),
});

/** "Which of these is it?": a button, a number, a place or words, and never asked twice in a row. */
export function clarifyDialog(controller: Botkit): BotkitConversation {
  const dialog = new BotkitConversation('clarify', controller);
  dialog.ask({ text: ['clarify'] }, onAnswer, null);
  return dialog;
}

async function onAnswer(_: string, convo: BotkitDialogWrapper, bot: BotWorker): Promise<void> {
  const draft = draftOf(bot);
  const { version, choices } = clarifyVars.parse(convo.vars);
  const { language } = draft.turn;
  const titles = draft.offered.filter(({ id }) => choices.some(({ option }) => option === id));
  const meant = draft.choice ?? chooseByWords(draft.text, titles, language)?.id ?? null;
  const chosen = choices.find(({ option }) => option === meant);
  if (chosen !== undefined) {
    const others = choices.filter((choice) => choice !== chosen).map(({ article }) => article);
    choose(draft, chosen.article, { confidence: chosen.probability, version }, others);
  } else if (meant === ownChoices.none || readSignal(draft.text) === 'no') {
    draft.outcome = { kind: 'unknown', version };
    leave(draft, 'unknown');
  } else if (meant !== null) openTurn(draft);
  else {
    const smallTalk = answerSmallTalk(draft);
    if (smallTalk !== null && smallTalk !== 'cancel' && smallTalk !== 'goodbye') {
      const text = draft.phrase(draft.language, 'clarify');
      draft.lines.set('clarify', { text, options: draft.offered, sources: [] });
      return convo.gotoThread('default');
    }
    if (smallTalk === null) askKnowledge(draft, draft.text, { clarified: true });
  }
  await convo.stop();
}

function choose(
  draft: Draft,
  id: string,
  facts: { confidence: number; version: number },
  others: readonly string[],
): void {
  const article = draft.knowledge.article(id, draft.language);
  draft.outcome = { kind: article === null ? 'unknown' : 'answered', article: id, ...facts };
  if (article === null) leave(draft, 'unknown');
  else show(draft, article, { version: facts.version, others });
}
