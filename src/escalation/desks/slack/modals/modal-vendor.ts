import type { SlackObject } from '../../../../slack/slack-app.ts';
import type { CaseDetail } from '../../../case-view.ts';
import { context, escaped, plain, shortened } from '../mrkdwn.ts';
import { at } from '../payload.ts';
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

const maxReference = 200;
/** When the agent is reminded unless they choose another time. */
const usualMs = 24 * 3_600_000;
/** A reminder later than this reminds nobody. */
const maxAheadMs = 366 * 24 * 3_600_000;

/** The modal to enter the vendor's reference and when to be reminded of them. Pure. @param now epoch milliseconds */
export function renderVendor(
  place: ModalPlace,
  { owner, deadline }: Pick<CaseDetail, 'owner' | 'deadline'>,
  words: Words,
  now: number,
): SlackObject {
  const { vendor, vendorWords, reference, remindAt } = words.modal;
  const known = owner?.kind === 'vendor' ? owner.reference : '';
  const due = deadline?.kind === 'vendor' && deadline.at > now ? deadline.at : now + usualMs;
  return modal(
    modals.vendor,
    place,
    { title: vendor, submit: words.buttons.save, internal: true },
    [
      context(vendorWords),
      textField('reference', reference, { text: known, lines: false, max: maxReference }),
      {
        type: 'input',
        block_id: 'remind-at',
        label: plain(remindAt),
        element: {
          type: 'datetimepicker',
          action_id: 'value',
          initial_date_time: Math.round(due / 1_000),
        },
      },
    ],
    words,
  );
}

/** What was submitted: the reference and when to remind (epoch milliseconds), or what is wrong. Pure. */
export function readVendor(
  view: unknown,
  words: Words,
  now: number,
): { readonly reference: string; readonly remindAt: number } | { readonly faults: SlackObject } {
  const reference = fieldText(view, 'reference');
  const chosen = at(fieldOf(view, 'remind-at'), 'selected_date_time');
  const remindAt = typeof chosen === 'number' ? chosen * 1_000 : 0;
  const faults = {
    ...faultsOfTexts({ reference }, words, maxReference),
    ...(remindAt > now && remindAt < now + maxAheadMs ? {} : { 'remind-at': words.modal.remindAhead }),
  };
  return Object.keys(faults).length > 0 ? { faults: fieldFaults(faults) } : { reference, remindAt };
}

/** The modal to enter what the vendor answered. Pure. */
export function renderVendorAnswer(
  place: ModalPlace,
  { owner }: Pick<CaseDetail, 'owner'>,
  words: Words,
): SlackObject {
  const { vendorAnswered, vendorAnsweredWords, vendorAnswer } = words.modal;
  const reference = owner?.kind === 'vendor' ? owner.reference : '';
  return modal(
    modals.vendorAnswer,
    place,
    { title: vendorAnswered, submit: words.buttons.save, internal: true },
    [
      context(vendorAnsweredWords(escaped(shortened(reference, maxReference)))),
      textField('text', vendorAnswer),
    ],
    words,
  );
}
