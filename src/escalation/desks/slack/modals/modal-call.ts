import type { SlackObject } from '../../../../slack/slack-app.ts';
import type { CallAction, CaseDetail } from '../../../case-view.ts';
import { seeAction } from '../home/home.ts';
import { context, countdown, plain, section } from '../mrkdwn.ts';
import { at } from '../payload.ts';
import type { Words } from '../words/words.ts';
import {
  choiceField,
  faultsOfTexts,
  fieldChoice,
  fieldFaults,
  fieldOf,
  fieldText,
  type ModalPlace,
  modal,
  modals,
  textField,
} from './modal.ts';

/** When a call is proposed to be unless the agent chooses another time. */
const usualMs = 3_600_000;
/** A call later than this is no plan. */
const maxAheadMs = 366 * 24 * 3_600_000;
const maxReport = 2_000;
/** After how many days a customer can be asked whether all is well still. */
const followUps = [1, 3, 7, 30] as const;

/** The modal for a video call: now, at a time, at a time that the customer chooses; or to call it off. Pure. */
export function renderCall(
  place: ModalPlace,
  { call, callWork, can }: Pick<CaseDetail, 'call' | 'callWork' | 'can'>,
  words: Words,
  now: number,
): SlackObject {
  const { call: labels } = words;
  const options = [
    { value: 'now', label: labels.now },
    { value: 'at', label: labels.at },
    { value: 'offer', label: labels.offer },
    ...(can.cancelCall ? [{ value: 'cancel', label: labels.cancel }] : []),
  ];
  const known = callWork.chosen ?? call?.startsAt ?? 0;
  const initial = known > now ? known : now + usualMs;
  return modal(
    modals.call,
    place,
    { title: labels.title, submit: words.buttons.save, internal: false },
    [
      context(labels.words),
      ...(call?.startsAt == null ? [] : [section(`:calendar: ${countdown(call.startsAt)}`)]),
      ...joinBlocks(callWork.link, words),
      choiceField('what', labels.what, options, { chosen: call?.startsAt == null ? 'now' : null }),
      {
        type: 'input',
        block_id: 'at',
        optional: true,
        label: plain(labels.atLabel),
        element: {
          type: 'datetimepicker',
          action_id: 'value',
          initial_date_time: Math.round(initial / 1_000),
        },
      },
    ],
    words,
  );
}

/** What an agent reads once a call is open: their own way in. It is theirs alone, and so in no channel. Pure. */
export function renderJoin(link: string, words: Words): SlackObject {
  return {
    type: 'modal',
    title: plain(words.call.title),
    close: plain(words.buttons.close),
    blocks: [section(words.call.open), ...joinBlocks(link, words)],
  };
}

function joinBlocks(link: string | null, words: Words): object[] {
  if (link === null) return [];
  const join = { type: 'button', style: 'primary', action_id: `${seeAction}.call`, url: link };
  return [{ type: 'actions', elements: [{ ...join, text: plain(words.call.join) }] }];
}

/** What was submitted, or what is wrong with it. Pure. @param now epoch milliseconds */
export function readCall(
  view: unknown,
  words: Words,
  now: number,
): { readonly action: CallAction } | { readonly faults: SlackObject } {
  switch (fieldChoice(view, 'what')) {
    case 'now':
      return { action: { type: 'call', at: null } };
    case 'offer':
      return { action: { type: 'offer-call-times' } };
    case 'cancel':
      return { action: { type: 'cancel-call' } };
    case 'at': {
      const chosen = at(fieldOf(view, 'at'), 'selected_date_time');
      const startsAt = typeof chosen === 'number' ? chosen * 1_000 : 0;
      if (startsAt <= now || startsAt > now + maxAheadMs)
        return { faults: fieldFaults({ at: words.modal.remindAhead }) };
      return { action: { type: 'call', at: startsAt } };
    }
    default:
      return { faults: fieldFaults({ what: words.modal.choose }) };
  }
}

/** The modal for what the customer is to keep of a call. Pure. */
export function renderCallReport(place: ModalPlace, words: Words): SlackObject {
  const { call: labels } = words;
  const options = [
    { value: 'none', label: labels.noFollowUp },
    ...followUps.map((days) => ({ value: String(days), label: labels.followUpIn(days) })),
  ];
  return modal(
    modals.callReport,
    place,
    { title: labels.reportTitle, submit: words.buttons.send, internal: false },
    [
      context(`:speech_balloon: ${labels.reportWords}`),
      textField('summary', labels.summary, { optional: true, max: maxReport }),
      textField('advice', labels.advice, { optional: true, max: maxReport }),
      choiceField('follow-up', labels.followUp, options),
    ],
    words,
  );
}

/** What was submitted, or what is wrong with it. Pure. */
export function readCallReport(
  view: unknown,
  words: Words,
): { readonly action: CallAction } | { readonly faults: SlackObject } {
  const [summary, advice] = [fieldText(view, 'summary'), fieldText(view, 'advice')];
  const texts = Object.entries({ summary, advice }).filter(([, text]) => text !== '');
  const faults = faultsOfTexts(Object.fromEntries(texts), words, maxReport);
  if (faults !== null) return { faults: fieldFaults(faults) };
  const days = followUps.find((one) => String(one) === fieldChoice(view, 'follow-up')) ?? null;
  return { action: { type: 'end-call', summary, advice, followUpDays: days } };
}
