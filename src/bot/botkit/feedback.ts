import { type Botkit, BotkitConversation, type BotkitDialogWrapper, type BotWorker } from 'botkit';
import { z } from 'zod';
import type { Article } from '../../core/article.ts';
import { RelevoError } from '../../core/errors.ts';
import { choices } from '../../core/message.ts';
import { askKnowledge } from '../ask-knowledge.ts';
import type { Draft } from '../draft.ts';
import { readFeedback } from '../feedback.ts';
import { guideOf } from '../guide.ts';
import { answerSmallTalk, disliked, helped } from '../moves.ts';
import { openTurn } from '../open-turn.ts';
import type { BotPhraseKey } from '../phrases/catalogue.ts';
import { helpOptions, personOption, renderAnswer, sameGuideWords, sourceOf } from '../render-answer.ts';
import { readSmallTalk } from '../small-talk.ts';
import { answerIn, type Wording } from '../wording.ts';
import { sameQuestion } from '../words/stems.ts';
import { draftOf } from './draft-of.ts';

/** The dialog's variables. */
export const feedbackVars = z.object({
  article: z.string(),
  version: z.number(),
  wording: z.enum(['plain', 'simple', 'technical']),
  others: z.array(z.string()),
  failed: z.array(z.string()),
  /** `end`: the customer has seen every step, and reads what follows them. */
  part: z.enum(['whole', 'end']).default('whole'),
});

type Vars = z.infer<typeof feedbackVars>;

/** An answer and what the customer makes of it. */
export function feedbackDialog(controller: Botkit): BotkitConversation {
  const dialog = new BotkitConversation('feedback', controller);
  dialog.before('default', async (convo, bot) => answer(draftOf(bot), feedbackVars.parse(convo.vars)));
  dialog.ask({ text: ['answer'] }, onReply, null);
  dialog.addQuestion({ text: ['again'] }, onReply, null, 'again');
  return dialog;
}

function answer(draft: Draft, { article: id, wording, version, part }: Vars): void {
  const { language, phrase, notes } = draft;
  const article = draft.knowledge.article(id, language);
  if (article === null)
    throw new RelevoError('bot_article_gone', `The article ${id} is not published any more.`);
  const shown = renderAnswer({ article, wording, version, question: notes.question }, language, phrase);
  const text = part === 'whole' ? shown.text : ending(draft, answerIn(article, wording));
  draft.lines.set('answer', {
    text: `${text}\n\n${phrase(language, 'did-it-help')}`,
    options: helpOptions(language, phrase, notes.paused !== null, offersCall(draft, article)),
    sources: part === 'whole' ? shown.sources : [],
  });
}

function ending(draft: Draft, text: string): string {
  return guideOf(text)?.end || draft.phrase(draft.language, 'steps-done');
}

/** Whether the article says that it helps to see it, and somebody can. */
function offersCall({ turn }: Draft, article: Article | null): boolean {
  return turn.mayCall === true && article?.video === true;
}

async function onReply(_: string, convo: BotkitDialogWrapper, bot: BotWorker): Promise<void> {
  const draft = draftOf(bot);
  const vars = feedbackVars.parse(convo.vars);
  const stay = async (key: BotPhraseKey, withHelp = true): Promise<void> => {
    const { language, phrase } = draft;
    draft.outcome ??= { kind: 'small-talk' };
    const here = draft.knowledge.article(vars.article, language);
    const options = withHelp
      ? helpOptions(language, phrase, draft.notes.paused !== null, offersCall(draft, here))
      : [personOption(language, phrase)];
    draft.lines.set('again', { text: phrase(language, key), options, sources: [] });
    await convo.gotoThread('again');
  };
  const reword = async (wording: Wording, has: BotPhraseKey, hasNot: BotPhraseKey): Promise<void> => {
    const other = draft.knowledge.article(vars.article, draft.language)?.[
      wording === 'simple' ? 'simple' : 'technical'
    ];
    draft.outcome = { kind: 'answered', article: vars.article, version: vars.version };
    if (other === undefined || vars.wording === wording) return stay(hasNot);
    draft.sayPhrase(has);
    convo.setVar('wording', wording);
    convo.setVar('part', 'whole');
    await convo.gotoThread('default');
  };

  const { choice, text } = draft;
  if (choice === null) {
    switch (readFeedback(text)) {
      case 'simpler':
        return reword('simple', 'simpler', 'no-simpler');
      case 'more-technical':
        return reword('technical', 'more-technical', 'no-more-technical');
      case 'thanked':
        return stay('thanks-did-it-help');
      case 'later':
        return stay('take-your-time');
      case 'helped':
        helped(draft, vars.article);
        return convo.stop();
      case 'not-helped':
        disliked(draft, vars);
        return convo.stop();
      case null:
        break;
    }
    const smallTalk = readSmallTalk(text);
    if (smallTalk === 'greeting') return stay('greeting-again');
    if (smallTalk !== null) {
      if (smallTalk === 'robot' || smallTalk === 'insult') return stay(smallTalk, false);
      answerSmallTalk(draft);
    } else if (ask(draft, vars)) return convo.gotoThread('again');
    return convo.stop();
  }
  // "Me sirvió" and, in the same breath, something new.
  const somethingNew = text !== '' && readFeedback(text) === null && readSmallTalk(text) === null;
  if (choice === choices.helped && !somethingNew) helped(draft, vars.article);
  else if (choice === choices.helped) {
    if (ask(draft, vars)) return convo.gotoThread('again');
  } else if (choice === choices.notHelped) disliked(draft, vars);
  else openTurn(draft);
  await convo.stop();
}

/**
 * A question right after an answer: the same one again is a sign that the answer failed.
 * @returns whether the same article answers it too, and the dialog goes on
 */
function ask(draft: Draft, vars: Vars): boolean {
  const { question } = draft.notes;
  if (question !== null && sameQuestion(question, draft.text, draft.language)) {
    disliked(draft, vars, 'same-question');
    return false;
  }
  let stays = false;
  askKnowledge(draft, draft.text, {
    shown: vars.article,
    sameGuide: (passage) => {
      stays = true;
      fromSameGuide(draft, vars, passage?.text ?? null);
    },
  });
  return stays;
}

function fromSameGuide(draft: Draft, { article: id, wording, version }: Vars, text: string | null): void {
  const { language, phrase } = draft;
  const article = draft.knowledge.article(id, language);
  if (article === null)
    throw new RelevoError('bot_article_gone', `The article ${id} is not published any more.`);
  draft.outcome = { kind: 'answered', article: id, version };
  draft.lines.set('again', {
    text: `${sameGuideWords(article, text, language, phrase)}\n\n${phrase(language, 'did-it-help')}`,
    options: helpOptions(language, phrase, draft.notes.paused !== null),
    sources:
      text === null
        ? []
        : [{ ...sourceOf({ article, wording, version, question: draft.text }), passage: text }],
  });
}
