import type { SlackObject } from '../../../../slack/slack-app.ts';
import { quoted, section, shortened } from '../mrkdwn.ts';
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
  tiers: readonly { readonly level: number; readonly name: string }[],
  words: Words,
): SlackObject {
  const { ask, tier, question } = words.modal;
  const options = tiers.map(({ level, name }) => ({ value: String(level), label: `${level} · ${name}` }));
  return modal(
    modals.ask,
    place,
    { title: ask, submit: words.buttons.ask, internal: true },
    [choiceField('tier', tier, options), textField('text', question)],
    words,
  );
}

/** The modal to answer such a question. Pure. */
export function renderReply(place: ModalPlace, question: string, words: Words): SlackObject {
  const { answer, reply } = words.modal;
  const how = { title: answer, submit: words.buttons.save, internal: true };
  return modal(
    modals.reply,
    place,
    how,
    [section(quoted(shortened(question, 500))), textField('text', reply)],
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
