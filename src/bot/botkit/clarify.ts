import { type Botkit, BotkitConversation, type BotkitDialogWrapper, type BotWorker } from 'botkit';
import { z } from 'zod';
import type { Option } from '../../core/message.ts';
import { askKnowledge } from '../ask-knowledge.ts';
import { chooseByWords } from '../choose-option.ts';
import type { Draft } from '../draft.ts';
import { readSignal } from '../meaning.ts';
import { answerSmallTalk, leave, show } from '../moves.ts';
import { openTurn } from '../open-turn.ts';
import { ownChoices, renderClarify } from '../render-answer.ts';
import { draftOf } from './draft-of.ts';

/** The dialog's variables. */
export const clarifyVars = z.object({
  version: z.number(),
  choices: z.array(
    z.object({ option: z.string(), article: z.string(), title: z.string(), probability: z.number() }),
  ),
});

/** "Which of these is it?": a button, a number, a place or words, and never asked twice in a row. */
export function clarifyDialog(controller: Botkit): BotkitConversation {
  const dialog = new BotkitConversation('clarify', controller);
  dialog.before('default', async (convo, bot) => {
    const { language, lines, phrase } = draftOf(bot);
    lines.set('clarify', renderClarify(titles(clarifyVars.parse(convo.vars)), language, phrase));
  });
  dialog.ask({ text: ['clarify'] }, onAnswer, null);
  return dialog;
}

async function onAnswer(_: string, convo: BotkitDialogWrapper, bot: BotWorker): Promise<void> {
  const draft = draftOf(bot);
  const vars = clarifyVars.parse(convo.vars);
  const { version, choices } = vars;
  const meant = draft.choice ?? chooseByWords(draft.text, titles(vars), draft.turn.language)?.id ?? null;
  const signal = draft.choice === null ? readSignal(draft.text) : null;
  const chosen = choices.find(({ option }) => option === meant);
  if (chosen !== undefined) {
    const others = choices.filter((choice) => choice !== chosen).map(({ article }) => article);
    choose(draft, chosen.article, { confidence: chosen.probability, version }, others);
  } else if (meant === ownChoices.none || signal === 'no' || signal === 'fails') {
    draft.outcome = { kind: 'unknown', version };
    leave(draft, 'unknown');
  } else if (meant !== null) openTurn(draft);
  else {
    const smallTalk = answerSmallTalk(draft);
    if (smallTalk !== null && smallTalk !== 'cancel' && smallTalk !== 'goodbye') {
      return convo.gotoThread('default');
    }
    if (smallTalk === null) askKnowledge(draft, draft.text, { clarified: true });
  }
  await convo.stop();
}

function titles({ choices }: z.infer<typeof clarifyVars>): Option[] {
  return choices.map(({ option, title }) => ({ id: option, label: title }));
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
