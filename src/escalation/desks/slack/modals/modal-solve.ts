import type { Logbook } from '../../../../core/logbook.ts';
import type { SlackObject } from '../../../../slack/slack-app.ts';
import { plain } from '../mrkdwn.ts';
import { objectsAt } from '../payload.ts';
import type { Words } from '../words/words.ts';
import {
  faultsOfTexts,
  fieldFaults,
  fieldOf,
  fieldText,
  type ModalPlace,
  modal,
  modals,
  textField,
} from './modal.ts';

const parts = ['understanding', 'plan', 'execution', 'results'] as const;

/** The modal to call a case solved, its four parts drafted. Pure. */
export function renderSolve(place: ModalPlace, draft: Logbook, words: Words): SlackObject {
  const option = { text: plain(words.modal.propose), value: 'propose' };
  return modal(
    modals.solve,
    place,
    { title: words.modal.solve, submit: words.buttons.solve, internal: true },
    [
      ...parts.map((part) =>
        textField(part, words.modal.parts[part], { text: draft[part], optional: part === 'plan' }),
      ),
      {
        type: 'input',
        block_id: 'propose',
        optional: true,
        label: plain(words.modal.propose),
        element: { type: 'checkboxes', action_id: 'value', options: [option] },
      },
    ],
    words,
  );
}

/** What was submitted: the logbook, or what is wrong with it. Pure. */
export function readSolve(
  view: unknown,
  words: Words,
): { readonly logbook: Logbook; readonly propose: boolean } | { readonly faults: SlackObject } {
  const [understanding, plan, execution, results] = [
    fieldText(view, 'understanding'),
    fieldText(view, 'plan'),
    fieldText(view, 'execution'),
    fieldText(view, 'results'),
  ];
  const faults = faultsOfTexts({ understanding, execution, results }, words);
  if (faults !== null) return { faults: fieldFaults(faults) };
  const propose = objectsAt(fieldOf(view, 'propose'), 'selected_options').length > 0;
  return { logbook: { understanding, plan, execution, results }, propose };
}
