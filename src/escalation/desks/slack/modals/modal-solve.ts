import type { Logbook } from '../../../../core/logbook.ts';
import type { SlackObject } from '../../../../slack/slack-app.ts';
import { plain } from '../mrkdwn.ts';
import { objectsAt } from '../payload.ts';
import type { Words } from '../words/words.ts';
import { logbookFields, readLogbook } from './logbook-fields.ts';
import { fieldFaults, fieldOf, type ModalPlace, modal, modals } from './modal.ts';

/** All four: whoever reads the case later, or makes an article of it, needs each. */
const required = ['understanding', 'plan', 'execution', 'results'] as const;

/** The modal to call a case solved, its four parts drafted. Pure. */
export function renderSolve(place: ModalPlace, draft: Logbook, words: Words): SlackObject {
  const option = { text: plain(words.modal.propose), value: 'propose' };
  return modal(
    modals.solve,
    place,
    { title: words.modal.solve, submit: words.buttons.solve, internal: true },
    [
      ...logbookFields(draft, required, words),
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
  const { logbook, faults } = readLogbook(view, required, words);
  if (Object.keys(faults).length > 0) return { faults: fieldFaults(faults) };
  const propose = objectsAt(fieldOf(view, 'propose'), 'selected_options').length > 0;
  return { logbook, propose };
}
