import type { Agent } from '../../../core/conversation.ts';
import type { SlackObject } from '../../../slack/slack-app.ts';
import type { CaseAction, CaseDetail } from '../../case-view.ts';
import { caseAsSeen, type DeskContext } from './desk-context.ts';
import { fieldFaults, fieldName, type ModalPlace, modals, placeOfModal } from './modals/modal.ts';
import { readAnswer } from './modals/modal-answer.ts';
import { readEscalate } from './modals/modal-escalate.ts';
import { readSolve } from './modals/modal-solve.ts';
import { readWords } from './modals/modal-words.ts';
import { objectsAt, textAt } from './payload.ts';
import { slackWord } from './poster.ts';
import { readQuestion, renderQuestion } from './question.ts';
import { refusalText } from './refusal-text.ts';

/** A submitted modal. */
interface Submitted {
  readonly view: unknown;
  readonly place: ModalPlace;
  readonly user: string;
  readonly agent: Agent;
  /** The same however often Slack delivers it. */
  readonly id: string;
  readonly detail: CaseDetail;
}

/** What was submitted is done: the modal closes; else it stays open with what is wrong. */
type Answer = SlackObject | undefined;

/** Makes what happens when a modal of the desk is submitted. */
export function createSubmit(desk: DeskContext) {
  const { cases, words, answering, poster, agents } = desk;

  /** @returns why it was not done */
  async function act({ detail, agent }: Submitted, action: CaseAction): Promise<string | null> {
    const done = await cases.act(detail.id, agent, action);
    return 'refused' in done ? refusalText(done.refused, words) : null;
  }

  const note = (submitted: Submitted, part: string, text: string) =>
    act(submitted, { type: 'note', id: `modal.${submitted.id}.${part}`, text });

  async function answer(submitted: Submitted): Promise<Answer> {
    const { view, place, agent, user, detail, id } = submitted;
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

  async function escalate(submitted: Submitted): Promise<Answer> {
    const read = readEscalate(submitted.view, words);
    if ('faults' in read) return read.faults;
    const { tier, reason, logbook } = read;
    // Before the case leaves, so that whoever gets it reads it; a note alone changes nothing.
    if (logbook !== '') await note(submitted, 'logbook', words.noteLogbook(logbook));
    const fault = await act(submitted, { type: 'escalate', reason, tier });
    return fault === null ? undefined : fieldFaults({ reason: fault });
  }

  async function solve(submitted: Submitted): Promise<Answer> {
    const read = readSolve(submitted.view, words);
    if ('faults' in read) return read.faults;
    const fault = await act(submitted, { type: 'solve', logbook: read.logbook });
    if (fault !== null) return fieldFaults({ results: fault });
    if (read.propose) await note(submitted, 'propose', words.noteProposed);
    return undefined;
  }

  async function saveNote(submitted: Submitted): Promise<Answer> {
    const read = readWords(submitted.view, words);
    if ('faults' in read) return read.faults;
    const fault = await note(submitted, 'note', read.text);
    return fault === null ? undefined : fieldFaults({ text: fault });
  }

  /** One question to a tier, without giving up the case. */
  async function ask(submitted: Submitted): Promise<Answer> {
    const { view, agent, detail, user, place } = submitted;
    const read = readWords(view, words);
    if ('faults' in read) return read.faults;
    const channel = desk.settings.tiers[String(read.tier)];
    if (channel === undefined) return fieldFaults({ tier: words.refusals.no_such_tier ?? words.broken });
    const tier = desk.tiers().find(({ level }) => level === read.tier)?.name ?? String(read.tier);
    const fault = await note(submitted, 'ask', words.asked.noteAsked(tier, read.text));
    if (fault !== null) return fieldFaults({ text: fault });
    const question = { seen: place.seen, number: detail.number, agent: agent.name, text: read.text };
    poster
      .write(channel, 'chat.postMessage', renderQuestion(question, words, null))
      .catch(async (error: unknown) => {
        desk.logger.warn({ conversation: detail.id, fault: slackWord(error) }, 'a question was not posted');
        const text = words.asked.notPosted;
        await poster.whisper({ channel: place.channel, user, threadTs: place.ts || null, text });
      });
    return undefined;
  }

  /** The private answer to such a question. */
  async function reply(submitted: Submitted): Promise<Answer> {
    const { view, place, agent, detail } = submitted;
    const read = readWords(view, words);
    if ('faults' in read) return read.faults;
    const posted = await desk.slack.call('conversations.replies', {
      channel: place.channel,
      ts: place.ts,
      limit: 1,
    });
    const [message] = objectsAt(posted, 'messages');
    const button = objectsAt(message, 'blocks').flatMap((block) => objectsAt(block, 'elements'));
    const asked = readQuestion({ message, actions: button });
    const fault = await note(submitted, 'reply', words.asked.noteAnswered(asked?.text ?? '…', read.text));
    if (fault !== null) return fieldFaults({ text: fault });
    if (asked === null) return undefined;
    const head = textAt(message, 'text');
    const shown = renderQuestion({ ...asked, number: detail.number, agent: '' }, words, agent.name);
    const [, ...rest] = shown.blocks;
    poster
      .write(place.channel, 'chat.update', {
        ts: place.ts,
        text: head,
        blocks: [...objectsAt(message, 'blocks').slice(0, 1), ...rest],
      })
      .catch((error: unknown) => {
        desk.logger.warn({ conversation: detail.id, fault: slackWord(error) }, 'a question stayed open');
      });
    return undefined;
  }

  async function handle(callback: string, submitted: Submitted): Promise<Answer> {
    switch (callback) {
      case modals.answer:
        return answer(submitted);
      case modals.escalate:
        return escalate(submitted);
      case modals.solve:
        return solve(submitted);
      case modals.ask:
        return ask(submitted);
      case modals.reply:
        return reply(submitted);
      default:
        return saveNote(submitted);
    }
  }

  return async (payload: SlackObject): Promise<Answer> => {
    const { view } = payload;
    const [user, id] = [textAt(payload, 'user', 'id'), textAt(view, 'id')];
    const callback = textAt(view, 'callback_id');
    const place = placeOfModal(view);
    if (place === null || id === '') return undefined;
    try {
      const agent = await agents.of(user);
      if (agent === null) return wrong(view, words.stranger(user));
      const found = await caseAsSeen(desk, place.seen, agent);
      if ('missing' in found) return wrong(view, found.missing);
      // A note and the answer to a question are as true of a case that has moved.
      const anyTime = callback === modals.note || callback === modals.reply;
      if (found.moved !== null && !anyTime) {
        desk.sync.wake(place.seen.id);
        return wrong(view, found.moved);
      }
      return await handle(callback, { view, place, user, agent, id, detail: found.detail });
    } catch (error) {
      desk.logger.warn({ err: error, callback }, 'a modal in Slack failed');
      return wrong(view, words.broken);
    }
  };
}

/** The modal stays open, what was typed in it too, and its main field says why nothing was done. */
function wrong(view: unknown, why: string): SlackObject {
  const field =
    { [modals.escalate]: 'reason', [modals.solve]: 'results' }[textAt(view, 'callback_id')] ?? 'text';
  return fieldFaults({ [fieldName(view, field)]: why });
}
