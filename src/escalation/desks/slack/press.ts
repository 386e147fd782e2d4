import type { SlackObject } from '../../../slack/slack-app.ts';
import { undoAction } from './answer/answering.ts';
import { draftAnswer, knowledgeFor } from './answer/draft-answer.ts';
import { moreAction, readMore } from './card/card-buttons.ts';
import { createCardPress } from './card/card-press.ts';
import type { DeskUser } from './desk-agents.ts';
import { caseAsSeen, type DeskContext } from './desk-context.ts';
import { awayAction, nextAction, seeAction } from './home/home.ts';
import { takeNext } from './home/take-next.ts';
import { fieldText, placeOfModal } from './modals/modal.ts';
import { cannedAction, renderAnswer } from './modals/modal-answer.ts';
import { renderReply } from './modals/modal-words.ts';
import { objectsAt, textAt } from './payload.ts';
import { readQuestionValue, replyAction } from './question/question-message.ts';
import { readHint, sendTypedAction } from './thread/typed-hint.ts';

/** What was pressed, by whom and where. */
export interface Press {
  readonly action: string;
  readonly value: string;
  /** Whoever pressed it; an agent, or nothing comes this far. */
  readonly who: DeskUser & { readonly agent: NonNullable<DeskUser['agent']> };
  readonly channel: string;
  /** The message with the button. */
  readonly ts: string;
  /** The thread that the button is in; its own message where it is in none. */
  readonly threadTs: string;
  readonly trigger: string;
  readonly payload: SlackObject;
}

/** Makes what happens when a button of the desk is pressed. */
export function createPress(desk: DeskContext) {
  const { slack, poster, agents, answering, cases, home } = desk;
  const onCard = createCardPress(desk, tell);

  /** Says something to whoever pressed: under the button, or on their own page. */
  async function tell({ channel, who, ts, threadTs }: Press, text: string): Promise<void> {
    if (channel === '') return home.show(who.user, text);
    const thread = threadTs === ts ? null : threadTs;
    return poster.whisper({ channel, user: who.user, threadTs: thread, text });
  }

  async function undo(press: Press): Promise<void> {
    const { agent, words } = press.who;
    if (!(await answering.undo(press.value, agent.name))) await tell(press, words.sending.tooLate);
  }

  /** Somebody was told that what they typed stayed internal, and wants it sent after all. */
  async function sendTyped(press: Press): Promise<void> {
    const { agent, user, words } = press.who;
    const hint = readHint(press.value);
    if (hint === null) return tell(press, words.moved);
    const found = await caseAsSeen(desk, hint.seen, agent, words);
    if ('missing' in found) return tell(press, found.missing);
    if (found.moved !== null) return tell(press, found.moved);
    if (!found.detail.can.reply) return tell(press, words.sending.mayNot);
    const { channel } = press;
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
  async function putIn(press: Press): Promise<void> {
    const { view } = press.payload;
    const place = placeOfModal(view);
    if (place === null) return;
    const detail = await cases.open(place.seen.id, press.who.agent);
    if (detail === null) return;
    const knowledge = knowledgeFor(detail, desk.knowledge);
    const article = knowledge.article(press.value, detail.language);
    const { canned } = draftAnswer(detail, knowledge);
    const written = fieldText(view, 'text');
    const text = [written, article?.answer].filter((part) => part).join('\n\n');
    const draft = Number(place.more ?? 0) + 1;
    const start = { text, sources: article === null ? [] : [article.title], canned, draft };
    await slack.call('views.update', {
      view_id: textAt(view, 'id'),
      hash: textAt(view, 'hash'),
      view: renderAnswer(place, start, press.who.words),
    });
  }

  async function answerQuestion(press: Press): Promise<void> {
    const { agent, words } = press.who;
    const asked = readQuestionValue(press.value);
    const detail = asked === null ? null : await cases.open(asked.seen.id, agent);
    const question = detail?.questions.find(({ number }) => number === asked?.question);
    if (asked === null || question === undefined) {
      if (asked !== null) desk.sync.wake(asked.seen.id);
      return tell(press, words.refusals.no_such_question);
    }
    const place = { seen: asked.seen, channel: press.channel, ts: press.threadTs };
    const view = renderReply(place, question, words);
    await slack.call('views.open', { trigger_id: press.trigger, view });
  }

  async function handle(press: Press): Promise<void> {
    const { agent, user } = press.who;
    switch (press.action) {
      case undoAction:
        return undo(press);
      case sendTypedAction:
        return sendTyped(press);
      case cannedAction:
        return putIn(press);
      case replyAction:
        return answerQuestion(press);
      case awayAction:
        await agents.setAway(agent, press.value === 'away');
        return home.show(user);
      case nextAction:
        return home.show(user, await takeNext(desk, press.who));
      case moreAction:
        // A row that is a link comes without one of ours.
        return press.value.includes(':') ? onCard({ ...press, ...readMore(press.value) }) : undefined;
      default:
        return onCard(press);
    }
  }

  return async (payload: SlackObject): Promise<void> => {
    const [action] = objectsAt(payload, 'actions');
    if (action === undefined) return;
    if (textAt(action, 'action_id').startsWith(seeAction)) return;
    const who = await agents.meet(textAt(payload, 'user', 'id'));
    const ts = textAt(payload, 'container', 'message_ts') || textAt(payload, 'message', 'ts');
    const pressed = {
      action: textAt(action, 'action_id'),
      value: textAt(action, 'value') || textAt(action, 'selected_option', 'value'),
      channel: textAt(payload, 'channel', 'id') || textAt(payload, 'container', 'channel_id'),
      ts,
      threadTs: textAt(payload, 'container', 'thread_ts') || textAt(payload, 'message', 'thread_ts') || ts,
      trigger: textAt(payload, 'trigger_id'),
      payload,
    };
    const { agent, user, words } = who;
    if (agent === null) {
      const { channel } = pressed;
      if (channel === '') return home.show(user);
      return poster.whisper({ channel, user, threadTs: null, text: words.stranger(user) });
    }
    const press = { ...pressed, who: { ...who, agent } };
    try {
      await handle(press);
    } catch (error) {
      desk.logger.warn({ err: error, action: press.action }, 'a button in Slack failed');
      await tell(press, words.broken);
    }
  };
}
