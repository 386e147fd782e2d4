import type { Assessment } from '../../../../core/logbook.ts';
import type { SlackObject } from '../../../../slack/slack-app.ts';
import type { CaseDetail } from '../../../case-view.ts';
import { context } from '../mrkdwn.ts';
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

const max = 2_000;

/**
 * The modal for an expert's four answers. Pure.
 * @param place its `more` is what the agent wanted to do when they were asked for these first; empty: nothing else
 */
export function renderAssess(
  place: ModalPlace,
  { assessment, assessFirst }: Pick<CaseDetail, 'assessment' | 'assessFirst'>,
  words: Words,
): SlackObject {
  const { assess, assessWords, assessFirst: first, solvable, yes, no, missing, howLong, best } = words.modal;
  const options = [
    { value: 'yes', label: yes },
    { value: 'no', label: no },
  ];
  const chosen = assessment === null ? undefined : assessment.solvable ? 'yes' : 'no';
  return modal(
    modals.assess,
    place,
    { title: assess, submit: words.buttons.save, internal: true },
    [
      context(assessFirst ? first : assessWords),
      choiceField('solvable', solvable, options, { chosen: chosen ?? null }),
      textField('missing', missing, { text: assessment?.missing ?? '', max }),
      textField('how-long', howLong, { text: assessment?.howLong ?? '', lines: false, max }),
      textField('best', best, { text: assessment?.best ?? '', max }),
    ],
    words,
  );
}

/** What was submitted: the four answers, or what is wrong with them. Pure. */
export function readAssess(
  view: unknown,
  words: Words,
): { readonly assessment: Assessment } | { readonly faults: SlackObject } {
  const solvable = fieldChoice(view, 'solvable');
  const [missing, howLong, best] = [
    fieldText(view, 'missing'),
    fieldText(view, 'how-long'),
    fieldText(view, 'best'),
  ];
  const faults = {
    ...(solvable === 'yes' || solvable === 'no' ? {} : { solvable: words.modal.choose }),
    ...faultsOfTexts({ missing, 'how-long': howLong, best }, words, max),
  };
  if (Object.keys(faults).length > 0) return { faults: fieldFaults(faults) };
  return { assessment: { solvable: solvable === 'yes', missing, howLong, best } };
}
