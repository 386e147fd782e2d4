import type { DeskContext } from '../desk-context.ts';
import { fieldFaults } from '../modals/modal.ts';
import { readCall, readCallReport, renderJoin } from '../modals/modal-call.ts';
import { type Answer, actOn, closedUnless, type Submitted } from './submitted.ts';

/** Makes what happens when a modal about a video call is submitted. */
export function createSubmitCall({ cases, clock }: DeskContext) {
  return {
    /** Now, at a time, or called off. A call at once shows the agent their own way in. */
    async agree(submitted: Submitted): Promise<Answer> {
      const { view, words, detail, agent } = submitted;
      const read = readCall(view, words, clock.now());
      if ('faults' in read) return read.faults;
      const { action } = read;
      const fault = await actOn(submitted, cases, action);
      if (fault !== null)
        return fieldFaults({ [action.type === 'call' && action.at !== null ? 'at' : 'what']: fault });
      if (action.type !== 'call' || action.at !== null) return undefined;
      const link = (await cases.open(detail.id, agent))?.callWork.link ?? null;
      return link === null ? undefined : { response_action: 'update', view: renderJoin(link, words) };
    },

    /** What the customer is to keep of it. */
    async report(submitted: Submitted): Promise<Answer> {
      const read = readCallReport(submitted.view, submitted.words);
      if ('faults' in read) return read.faults;
      return closedUnless(await actOn(submitted, cases, read.action), 'summary');
    },
  };
}
