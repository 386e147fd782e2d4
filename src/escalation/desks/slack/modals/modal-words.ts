import type { SlackObject } from '../../../../slack/slack-app.ts';
import type { CaseDetail, OpenQuestion } from '../../../case-view.ts';
import { context, quoted, section, shortened } from '../mrkdwn.ts';
import type { Words } from '../words/words.ts';
import {
  choiceField,
  faultsOfTexts,
  fieldChoice,
  fieldFaults,
  fieldText,
  type ModalPlace,
  modal,
  modals,
  textField,
} from './modal.ts';

/** The modal for an internal note. Pure. */
export function renderNote(place: ModalPlace, words: Words): SlackObject {
  const { note } = words.modal;
  const how = { title: note, submit: words.buttons.save, internal: true };
  return modal(modals.note, place, how, [textField('text', note)], words);
}

/** The modal to ask the people of a tier without giving up the case. Pure. */
export function renderAsk(
  place: ModalPlace,
  { askable, tier }: Pick<CaseDetail, 'askable' | 'tier'>,
  words: Words,
): SlackObject {
  const { ask, tier: label, question } = words.modal;
  const options = askable.map(({ level, name }) => ({ value: String(level), label: `${level} · ${name}` }));
  const above = askable.find(({ level }) => level > (tier ?? 0)) ?? askable.at(-1);
  return modal(
    modals.ask,
    place,
    { title: ask, submit: words.buttons.ask, internal: true },
    [choiceField('tier', label, options, { chosen: String(above?.level) }), textField('text', question)],
    words,
  );
}

/** The modal to answer such a question. Pure. @param place its `more` is the question's number */
export function renderReply(place: ModalPlace, question: OpenQuestion, words: Words): SlackObject {
  const { answer, reply, replyToCustomer, text } = words.modal;
  const forCustomer = question.until !== null;
  return modal(
    modals.reply,
    { ...place, more: String(question.number) },
    { title: answer, submit: words.buttons.send, internal: !forCustomer },
    [
      ...(forCustomer ? [context(`:speech_balloon: ${replyToCustomer}`)] : []),
      section(quoted(shortened(question.text, 500))),
      textField('text', forCustomer ? text : reply),
    ],
    words,
  );
}

/** The text that was submitted and the tier, where there was one to choose; or what is wrong. Pure. */
export function readWords(
  view: unknown,
  words: Words,
): { readonly text: string; readonly tier: number | null } | { readonly faults: SlackObject } {
  const text = fieldText(view, 'text');
  const faults = faultsOfTexts({ text }, words);
  if (faults !== null) return { faults: fieldFaults(faults) };
  const tier = fieldChoice(view, 'tier');
  return { text, tier: tier === '' ? null : Number(tier) };
}
