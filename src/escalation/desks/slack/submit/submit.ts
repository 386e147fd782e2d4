import { isDeepStrictEqual } from 'node:util';
import type { Agent } from '../../../../core/conversation.ts';
import type { Event } from '../../../../core/event.ts';
import type { SlackObject } from '../../../../slack/slack-app.ts';
import { caseAsSeen, type DeskContext } from '../desk-context.ts';
import { fieldFaults, fieldName, modals, placeOfModal } from '../modals/modal.ts';
import { readAnswer } from '../modals/modal-answer.ts';
import { readEscalate } from '../modals/modal-escalate.ts';
import { readSolve } from '../modals/modal-solve.ts';
import { readWords } from '../modals/modal-words.ts';
import { textAt } from '../payload.ts';
import { createSubmitQuestion } from '../question/submit-question.ts';
import type { Words } from '../words/words.ts';
import { createSubmitCall } from './submit-call.ts';
import { createSubmitCase } from './submit-case.ts';
import { type Answer, actOn, closedUnless, type Submitted } from './submitted.ts';

/** What is as true of a case that has moved meanwhile. */
const anyTime: ReadonlySet<string> = new Set([modals.note, modals.reply, modals.plan]);

/** The field of a modal that says why nothing was done, where that is not `text`. */
const mainFields: Readonly<Record<string, string>> = {
  [modals.escalate]: 'reason',
  [modals.solve]: 'results',
  [modals.assess]: 'best',
  [modals.vendor]: 'reference',
  [modals.plan]: 'plan',
  [modals.call]: 'what',
  [modals.callReport]: 'summary',
};

/** Makes what happens when a modal of the desk is submitted. */
export function createSubmit(desk: DeskContext) {
  const { cases, answering, agents } = desk;
  const aboutCase = createSubmitCase(desk);
  const call = createSubmitCall(desk);
  const question = createSubmitQuestion(desk);

  async function answer(submitted: Submitted): Promise<Answer> {
    const { view, place, agent, user, words, detail, id } = submitted;
    const read = readAnswer(view, words);
    if ('faults' in read) return read.faults;
    if (!detail.can.reply) return wrong(view, words.sending.mayNot);
    await answering.begin({
      id: `modal.${id}`,
      conversation: detail.id,
      agent,
      user,
      ...read,
      channel: place.channel,
      threadTs: place.ts,
      typedTs: null,
    });
    return undefined;
  }

  async function note(submitted: Submitted): Promise<Answer> {
    const read = readWords(submitted.view, submitted.words);
    if ('faults' in read) return read.faults;
    const action = { type: 'note', id: `modal.${submitted.id}.note`, text: read.text } as const;
    return closedUnless(await actOn(submitted, cases, action), 'text');
  }

  const handlers: Readonly<Record<string, (submitted: Submitted) => Promise<Answer>>> = {
    [modals.answer]: answer,
    [modals.note]: note,
    [modals.ask]: question.ask,
    [modals.reply]: question.reply,
    [modals.escalate]: aboutCase.escalate,
    [modals.solve]: aboutCase.solve,
    [modals.assess]: aboutCase.assess,
    [modals.vendor]: aboutCase.toVendor,
    [modals.vendorAnswer]: aboutCase.vendorAnswered,
    [modals.plan]: aboutCase.setPlan,
    [modals.call]: call.agree,
    [modals.callReport]: call.report,
  };

  return async (payload: SlackObject): Promise<Answer> => {
    const { view } = payload;
    const [user, id] = [textAt(payload, 'user', 'id'), textAt(view, 'id')];
    const callback = textAt(view, 'callback_id');
    const place = placeOfModal(view);
    const handle = handlers[callback];
    if (place === null || id === '' || handle === undefined) return undefined;
    const { agent, words } = await agents.meet(user);
    try {
      if (agent === null) return wrong(view, words.stranger(user));
      const found = await caseAsSeen(desk, place.seen, agent, words);
      if ('missing' in found) return wrong(view, found.missing);
      if (found.moved !== null && !anyTime.has(callback)) {
        desk.sync.wake(place.seen.id);
        return isDone(view, found.move, agent, words) ? undefined : wrong(view, found.moved);
      }
      return await handle({ view, place, user, agent, words, id, detail: found.detail });
    } catch (error) {
      desk.logger.warn({ err: error, callback }, 'a modal in Slack failed');
      return wrong(view, words.broken);
    }
  };
}

/** Whether the move was this very submission's: sent twice, because the answer to the first came too late. */
function isDone(view: unknown, move: Event | null, { id }: Agent, words: Words): boolean {
  if (move?.type === 'solved') {
    const read = readSolve(view, words);
    const same = 'logbook' in read && isDeepStrictEqual(read.logbook, move.logbook);
    return textAt(view, 'callback_id') === modals.solve && move.agent.id === id && same;
  }
  if (move?.type !== 'escalated' || typeof move.by === 'string') return false;
  const read = readEscalate(view, words);
  const same = 'tier' in read && read.tier === move.tier && read.reason === move.reason;
  return textAt(view, 'callback_id') === modals.escalate && move.by.id === id && same;
}

/** The modal stays open, what was typed in it too, and its main field says why nothing was done. */
function wrong(view: unknown, why: string): SlackObject {
  const field = mainFields[textAt(view, 'callback_id')] ?? 'text';
  return fieldFaults({ [fieldName(view, field)]: why });
}
