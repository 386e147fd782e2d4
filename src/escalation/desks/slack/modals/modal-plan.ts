import type { SlackObject } from '../../../../slack/slack-app.ts';
import type { CaseDetail } from '../../../case-view.ts';
import type { Words } from '../words/words.ts';
import { choiceField, fieldChoice, type ModalPlace, modal, modals } from './modal.ts';

/** The modal to say which plan the customer has. Pure. */
export function renderPlan(
  place: ModalPlace,
  { plans, plan }: Pick<CaseDetail, 'plans' | 'plan'>,
  words: Words,
): SlackObject {
  const options = plans.map(({ name, title }) => ({ value: name, label: title }));
  return modal(
    modals.plan,
    place,
    { title: words.modal.plan, submit: words.buttons.save, internal: true },
    [choiceField('plan', words.modal.plan, options, plan === null ? {} : { chosen: plan.name })],
    words,
  );
}

/** The plan that was submitted. Pure. */
export function readPlan(view: unknown): string {
  return fieldChoice(view, 'plan');
}
