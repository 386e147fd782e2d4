import type { Agent } from '../../../../core/conversation.ts';
import type { SlackObject } from '../../../../slack/slack-app.ts';
import type { CaseAction, CaseDesk, CaseDetail } from '../../../case-view.ts';
import { fieldFaults, type ModalPlace } from '../modals/modal.ts';
import { refusalText } from '../refusal-text.ts';
import type { Words } from '../words/words.ts';

/** A submitted modal. */
export interface Submitted {
  readonly view: unknown;
  readonly place: ModalPlace;
  /** The Slack member id of whoever submitted it. */
  readonly user: string;
  readonly agent: Agent;
  /** What they are spoken to in. */
  readonly words: Words;
  /** The same however often Slack delivers it. */
  readonly id: string;
  readonly detail: CaseDetail;
}

/** What the modal does next: it closes; or stays open with what is wrong, or with other fields. */
export type Answer = SlackObject | undefined;

/** Does something to the case that was submitted for. @returns why it was not done; null when it was */
export async function actOn(
  { detail, agent, words }: Submitted,
  cases: Pick<CaseDesk, 'act'>,
  action: CaseAction,
): Promise<string | null> {
  const done = await cases.act(detail.id, agent, action);
  return 'refused' in done ? refusalText(done.refused, words) : null;
}

/** Closes the modal, or shows under a field why nothing was done. */
export function closedUnless(fault: string | null, field: string): Answer {
  return fault === null ? undefined : fieldFaults({ [field]: fault });
}
