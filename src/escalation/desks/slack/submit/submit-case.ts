import { actions } from '../card/card-buttons.ts';
import type { DeskContext } from '../desk-context.ts';
import { fieldFaults } from '../modals/modal.ts';
import { readAssess } from '../modals/modal-assess.ts';
import { readEscalate, renderEscalate } from '../modals/modal-escalate.ts';
import { readPlan } from '../modals/modal-plan.ts';
import { readSolve, renderSolve } from '../modals/modal-solve.ts';
import { readVendor } from '../modals/modal-vendor.ts';
import { readWords } from '../modals/modal-words.ts';
import { type Answer, actOn, closedUnless, type Submitted } from './submitted.ts';

/** Makes what happens when a modal is submitted that changes where a case stands. */
export function createSubmitCase({ cases, clock }: DeskContext) {
  return {
    async escalate(submitted: Submitted): Promise<Answer> {
      const read = readEscalate(submitted.view, submitted.words);
      if ('faults' in read) return read.faults;
      const { tier, reason, logbook } = read;
      const more = logbook === null ? {} : { logbook };
      return closedUnless(
        await actOn(submitted, cases, { type: 'escalate', reason, tier, ...more }),
        'reason',
      );
    },

    async solve(submitted: Submitted): Promise<Answer> {
      const read = readSolve(submitted.view, submitted.words);
      if ('faults' in read) return read.faults;
      const { logbook, propose } = read;
      return closedUnless(await actOn(submitted, cases, { type: 'solve', logbook, propose }), 'results');
    },

    /** The four answers; where they were asked for first, what the agent wanted to do comes next. */
    async assess(submitted: Submitted): Promise<Answer> {
      const { view, words, place, detail, agent } = submitted;
      const read = readAssess(view, words);
      if ('faults' in read) return read.faults;
      const fault = await actOn(submitted, cases, { type: 'assess', assessment: read.assessment });
      if (fault !== null) return fieldFaults({ best: fault });
      const now = await cases.open(detail.id, agent);
      const { more: wanted, ...where } = place;
      if (now === null) return undefined;
      if (wanted === actions.escalate && now.can.escalate)
        return { response_action: 'update', view: renderEscalate(where, now, words) };
      if (wanted === actions.solve && now.can.solve)
        return { response_action: 'update', view: renderSolve(where, now.draft, words) };
      return undefined;
    },

    async toVendor(submitted: Submitted): Promise<Answer> {
      const read = readVendor(submitted.view, submitted.words, clock.now());
      if ('faults' in read) return read.faults;
      return closedUnless(await actOn(submitted, cases, { type: 'to-vendor', ...read }), 'reference');
    },

    async vendorAnswered(submitted: Submitted): Promise<Answer> {
      const read = readWords(submitted.view, submitted.words);
      if ('faults' in read) return read.faults;
      return closedUnless(
        await actOn(submitted, cases, { type: 'vendor-answered', answer: read.text }),
        'text',
      );
    },

    async setPlan(submitted: Submitted): Promise<Answer> {
      const plan = readPlan(submitted.view);
      return closedUnless(await actOn(submitted, cases, { type: 'set-plan', plan }), 'plan');
    },
  };
}
