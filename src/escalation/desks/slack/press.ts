import type { Agent } from '../../../core/conversation.ts';
import type { SlackObject } from '../../../slack/slack-app.ts';
import type { CaseDetail } from '../../case-view.ts';
import { undoAction } from './answer/answering.ts';
import { draftAnswer } from './answer/draft-answer.ts';
import { actions } from './card/card.ts';
import { askableTiers, caseAsSeen, type DeskContext } from './desk-context.ts';
import { awayAction } from './home.ts';
import { fieldText, type ModalPlace, placeOfModal } from './modals/modal.ts';
import { cannedAction, renderAnswer } from './modals/modal-answer.ts';
import { renderEscalate } from './modals/modal-escalate.ts';
import { renderSolve } from './modals/modal-solve.ts';
import { renderAsk, renderNote, renderReply } from './modals/modal-words.ts';
import { objectsAt, textAt } from './payload.ts';
import { readPress } from './press-value.ts';
import { readQuestion, replyAction } from './question.ts';
import { refusalText } from './refusal-text.ts';
import { readHint, sendTypedAction } from './thread/typed-hint.ts';

/** What was pressed, by whom and where. */
interface Press {
  readonly action: string;
  readonly value: string;
  readonly user: string;
  readonly channel: string;
  /** The message with the button. */
  readonly ts: string;
  /** The thread that the button is in; its own message where it is in none. */
  readonly threadTs: string;
  readonly trigger: string;
  readonly payload: SlackObject;
}

/** Makes what happens when a button of the desk is pressed. @param showHome draws an agent's own page anew */
export function createPress(desk: DeskContext, showHome: (user: string) => Promise<void>) {
  const { slack, poster, cases, agents, answering, words } = desk;

  const tell = ({ channel, user, ts, threadTs }: Press, text: string): Promise<void> =>
    channel === ''
      ? Promise.resolve()
      : poster.whisper({ channel, user, threadTs: threadTs === ts ? null : threadTs, text });

  const openModal = (press: Press, view: SlackObject) =>
    slack.call('views.open', { trigger_id: press.trigger, view });

  async function onCard(press: Press, agent: Agent): Promise<void> {
    const seen = readPress(press.value);
    if (seen === null) return tell(press, words.moved);
    const found = await caseAsSeen(desk, seen, agent);
    if ('missing' in found) return tell(press, found.missing);
    const { detail, moved } = found;
    const mine = detail.owner !== null && 'agent' in detail.owner && detail.owner.agent?.id === agent.id;
    // The second press of a double click found the first one's wish fulfilled.
    if (press.action === actions.take && mine) return;
    if (moved !== null) {
      desk.sync.wake(seen.id);
      return tell(press, moved);
    }
    const place: ModalPlace = { seen, channel: press.channel, ts: press.threadTs };
    const fault = await act(press, agent, detail, place);
    if (fault !== null) await tell(press, fault);
  }

  /** @returns why nothing was done; null when it was */
  async function act(
    press: Press,
    agent: Agent,
    detail: CaseDetail,
    place: ModalPlace,
  ): Promise<string | null> {
    const { can } = detail;
    const notHolder = () => {
      const holder = detail.owner !== null && 'agent' in detail.owner ? detail.owner.agent : undefined;
      return refusalText(
        holder === undefined ? { code: 'not_claimed' } : { code: 'not_yours', holder },
        words,
      );
    };
    switch (press.action) {
      case actions.take:
      case actions.returnToBot: {
        const type = press.action === actions.take ? 'claim' : 'return-to-bot';
        const done = await cases.act(detail.id, agent, { type });
        return 'refused' in done ? refusalText(done.refused, words) : null;
      }
      case actions.answer:
        if (!can.reply) return notHolder();
        await openModal(press, renderAnswer(place, draftAnswer(detail, desk.knowledge), words));
        return null;
      case actions.note:
        await openModal(press, renderNote(place, words));
        return null;
      case actions.ask:
        await openModal(press, renderAsk(place, askableTiers(desk), words));
        return null;
      case actions.escalate:
        if (!can.escalate) return notHolder();
        await openModal(press, renderEscalate(place, detail, words));
        return null;
      case actions.solve:
        if (!can.solve) return notHolder();
        await openModal(press, renderSolve(place, detail.logbook ?? detail.draft, words));
        return null;
      default:
        return words.moved;
    }
  }

  async function undo(press: Press, agent: Agent): Promise<void> {
    if (!(await answering.undo(press.value, agent.name))) await tell(press, words.sending.tooLate);
  }

  /** Somebody was told that what they typed stayed internal, and wants it sent after all. */
  async function sendTyped(press: Press, agent: Agent): Promise<void> {
    const hint = readHint(press.value);
    if (hint === null) return tell(press, words.moved);
    const found = await caseAsSeen(desk, hint.seen, agent);
    if ('missing' in found) return tell(press, found.missing);
    if (found.moved !== null) return tell(press, found.moved);
    if (!found.detail.can.reply) return tell(press, words.sending.mayNot);
    const { channel, user } = press;
    await answering.begin({
      id: `hint.${channel}.${hint.typedTs}`,
      conversation: hint.seen.id,
      agent,
      user,
      text: hint.text,
      files: [],
      channel,
      threadTs: hint.threadTs,
      typedTs: null,
    });
  }

  /** An article was chosen in the answer's modal: its text is put into the field. */
  async function putIn(press: Press, agent: Agent): Promise<void> {
    const { view } = press.payload;
    const place = placeOfModal(view);
    if (place === null) return;
    const detail = await cases.open(place.seen.id, agent);
    if (detail === null) return;
    const article = desk.knowledge.article(press.value, detail.language);
    const { canned } = draftAnswer(detail, desk.knowledge);
    const written = fieldText(view, 'text');
    const text = [written, article?.answer].filter((part) => part).join('\n\n');
    const draft = Number(place.more ?? 0) + 1;
    const start = { text, sources: article === null ? [] : [article.title], canned, draft };
    await slack.call('views.update', {
      view_id: textAt(view, 'id'),
      hash: textAt(view, 'hash'),
      view: renderAnswer(place, start, words),
    });
  }

  async function answerQuestion(press: Press): Promise<void> {
    const question = readQuestion(press.payload);
    if (question === null) return tell(press, words.moved);
    const place = { seen: question.seen, channel: press.channel, ts: press.ts };
    await openModal(press, renderReply(place, question.text, words));
  }

  async function handle(press: Press): Promise<void> {
    const agent = await agents.of(press.user);
    if (agent === null) return tell(press, words.stranger(press.user));
    switch (press.action) {
      case undoAction:
        return undo(press, agent);
      case sendTypedAction:
        return sendTyped(press, agent);
      case cannedAction:
        return putIn(press, agent);
      case replyAction:
        return answerQuestion(press);
      case awayAction:
        await agents.setAway(agent, press.value === 'away');
        return showHome(press.user);
      default:
        return onCard(press, agent);
    }
  }

  return async (payload: SlackObject): Promise<void> => {
    const press = readPressed(payload);
    if (press === null) return;
    try {
      await handle(press);
    } catch (error) {
      desk.logger.warn({ err: error, action: press.action }, 'a button in Slack failed');
      await tell(press, words.broken);
    }
  };
}

function readPressed(payload: SlackObject): Press | null {
  const [action] = objectsAt(payload, 'actions');
  if (action === undefined) return null;
  const ts = textAt(payload, 'container', 'message_ts') || textAt(payload, 'message', 'ts');
  return {
    action: textAt(action, 'action_id'),
    value: textAt(action, 'value') || textAt(action, 'selected_option', 'value'),
    user: textAt(payload, 'user', 'id'),
    channel: textAt(payload, 'channel', 'id') || textAt(payload, 'container', 'channel_id'),
    ts,
    threadTs: textAt(payload, 'container', 'thread_ts') || textAt(payload, 'message', 'thread_ts') || ts,
    trigger: textAt(payload, 'trigger_id'),
    payload,
  };
}
