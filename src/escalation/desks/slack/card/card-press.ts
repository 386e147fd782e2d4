import type { SlackObject } from '../../../../slack/slack-app.ts';
import type { CaseDetail } from '../../../case-view.ts';
import { draftAnswer, knowledgeFor } from '../answer/draft-answer.ts';
import { caseAsSeen, type DeskContext } from '../desk-context.ts';
import type { ModalPlace } from '../modals/modal.ts';
import { renderAnswer } from '../modals/modal-answer.ts';
import { renderAssess } from '../modals/modal-assess.ts';
import { renderCall, renderCallReport } from '../modals/modal-call.ts';
import { renderEscalate } from '../modals/modal-escalate.ts';
import { renderPlan } from '../modals/modal-plan.ts';
import { renderSolve } from '../modals/modal-solve.ts';
import { renderVendor, renderVendorAnswer } from '../modals/modal-vendor.ts';
import { renderAsk, renderNote } from '../modals/modal-words.ts';
import type { Press } from '../press.ts';
import { readPress } from '../press-value.ts';
import { refusalText } from '../refusal-text.ts';
import { actions } from './card-buttons.ts';

/** Makes what happens when a card's button is pressed. @param tell says something to whoever pressed */
export function createCardPress(desk: DeskContext, tell: (press: Press, text: string) => Promise<void>) {
  const { slack, cases } = desk;

  /** @returns why nothing was done; null when it was */
  async function act(press: Press, detail: CaseDetail, place: ModalPlace): Promise<string | null> {
    const { agent, words } = press.who;
    if (press.action === actions.take || press.action === actions.returnToBot) {
      const type = press.action === actions.take ? 'claim' : 'return-to-bot';
      const done = await cases.act(detail.id, agent, { type });
      return 'refused' in done ? refusalText(done.refused, words) : null;
    }
    const view = viewOf(press, detail, place);
    if (view === null) return refusalText(notHolder(detail), words);
    await slack.call('views.open', { trigger_id: press.trigger, view });
    return null;
  }

  /** The modal that a button opens; null where only the holder may. */
  function viewOf({ action, who }: Press, detail: CaseDetail, place: ModalPlace): SlackObject | null {
    const { words } = who;
    const { can } = detail;
    const first = detail.assessFirst && can.assess;
    switch (action) {
      case actions.answer:
        return can.reply
          ? renderAnswer(place, draftAnswer(detail, knowledgeFor(detail, desk.knowledge)), words)
          : null;
      case actions.note:
        return renderNote(place, words);
      case actions.ask:
        return can.ask ? renderAsk(place, detail, words) : null;
      case actions.escalate:
        if (!can.escalate) return null;
        if (first) return renderAssess({ ...place, more: action }, detail, words);
        return renderEscalate(place, detail, words);
      case actions.solve:
        if (!can.solve) return null;
        if (first) return renderAssess({ ...place, more: action }, detail, words);
        return renderSolve(place, detail.draft, words);
      case actions.assess:
        return can.assess ? renderAssess(place, detail, words) : null;
      case actions.vendor:
        return can.toVendor ? renderVendor(place, detail, words, desk.clock.now()) : null;
      case actions.vendorAnswered:
        return can.vendorAnswered ? renderVendorAnswer(place, detail, words) : null;
      case actions.video:
        return can.video ? renderCall(place, detail, words, desk.clock.now()) : null;
      case actions.endCall:
        return can.endCall ? renderCallReport(place, words) : null;
      case actions.plan:
        return renderPlan(place, detail, words);
      default:
        return null;
    }
  }

  return async (press: Press): Promise<void> => {
    const { agent, words } = press.who;
    const seen = readPress(press.value);
    if (seen === null) return tell(press, words.moved);
    const found = await caseAsSeen(desk, seen, agent, words);
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
    const fault = await act(press, detail, place);
    if (fault !== null) await tell(press, fault);
  };
}

function notHolder({ owner }: CaseDetail) {
  const holder = owner !== null && 'agent' in owner ? owner.agent : undefined;
  return holder === undefined ? ({ code: 'not_claimed' } as const) : ({ code: 'not_yours', holder } as const);
}
