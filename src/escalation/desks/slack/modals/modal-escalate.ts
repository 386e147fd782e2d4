import type { Logbook } from '../../../../core/logbook.ts';
import type { SlackObject } from '../../../../slack/slack-app.ts';
import type { CaseDetail } from '../../../case-view.ts';
import { context } from '../mrkdwn.ts';
import type { Words } from '../words/words.ts';
import { logbookFields, readLogbook } from './logbook-fields.ts';
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

const maxReason = 500;

/** The modal to send a case to another tier, its logbook drafted for whoever gets it. Pure. */
export function renderEscalate(
  place: ModalPlace,
  { tiers, draft }: Pick<CaseDetail, 'tiers' | 'draft'>,
  words: Words,
): SlackObject {
  const options = tiers.map(({ level, name }) => ({ value: String(level), label: `${level} · ${name}` }));
  return modal(
    modals.escalate,
    place,
    { title: words.modal.escalate, submit: words.buttons.escalate, internal: true },
    [
      choiceField('tier', words.modal.tier, options),
      textField('reason', words.modal.reason, { max: maxReason }),
      context(words.modal.logbook),
      ...logbookFields(draft, [], words),
    ],
    words,
  );
}

/** What was submitted: where to, why and the logbook as far as it got (null: empty), or what is wrong with it. Pure. */
export function readEscalate(
  view: unknown,
  words: Words,
):
  | { readonly tier: number; readonly reason: string; readonly logbook: Logbook | null }
  | { readonly faults: SlackObject } {
  const reason = fieldText(view, 'reason');
  const tier = Number(fieldChoice(view, 'tier'));
  const { logbook, faults: wrong } = readLogbook(view, [], words);
  const faults = {
    ...(Number.isInteger(tier) && tier > 0 ? {} : { tier: words.refusals.no_such_tier }),
    ...faultsOfTexts({ reason }, words, maxReason),
    ...wrong,
  };
  if (Object.keys(faults).length > 0) return { faults: fieldFaults(faults) };
  const isEmpty = Object.values(logbook).every((part) => part === '');
  return { tier, reason, logbook: isEmpty ? null : logbook };
}
