import type { DeskContext } from '../desk-context.ts';
import { fieldFaults } from '../modals/modal.ts';
import { readWords } from '../modals/modal-words.ts';
import { type Answer, actOn, closedUnless, type Submitted } from '../submit/submitted.ts';

/** Makes what happens when a question to a tier, or its answer, is submitted. */
export function createSubmitQuestion({ cases, answering }: DeskContext) {
  return {
    /** One question to a tier, without giving up the case. It is posted with the case's other news. */
    async ask(submitted: Submitted): Promise<Answer> {
      const { view, words, id } = submitted;
      const read = readWords(view, words);
      if ('faults' in read) return read.faults;
      if (read.tier === null) return fieldFaults({ tier: words.refusals.no_such_tier });
      const action = { type: 'ask', id: `modal.${id}`, tier: read.tier, text: read.text } as const;
      return closedUnless(await actOn(submitted, cases, action), 'text');
    },

    /** The answer: private, but where the bot waits for it: then the customer hears it, after the time to undo. */
    async reply(submitted: Submitted): Promise<Answer> {
      const { view, words, place, detail, agent, user, id } = submitted;
      const read = readWords(view, words);
      if ('faults' in read) return read.faults;
      const number = Number(place.more);
      const question = detail.questions.find((one) => one.number === number);
      if (question === undefined) {
        return fieldFaults({ text: words.refusals.no_such_question });
      }
      if (question.until === null) {
        const action = {
          type: 'answer-question',
          id: `modal.${id}`,
          question: number,
          answer: read.text,
        } as const;
        return closedUnless(await actOn(submitted, cases, action), 'text');
      }
      await answering.begin({
        id: `modal.${id}`,
        conversation: detail.id,
        agent,
        user,
        text: read.text,
        files: [],
        channel: place.channel,
        threadTs: place.ts,
        typedTs: null,
        question: number,
      });
      return undefined;
    },
  };
}
