import type { CaseDetail } from '../../../case-view.ts';
import { plain } from '../mrkdwn.ts';
import { pressValue } from '../press-value.ts';
import type { Words } from '../words/words.ts';

/** What the desk's buttons are called among the actions of the app. */
export const actions = {
  take: 'relevo.desk.take',
  answer: 'relevo.desk.answer',
  note: 'relevo.desk.note',
  ask: 'relevo.desk.ask',
  assess: 'relevo.desk.assess',
  escalate: 'relevo.desk.escalate',
  returnToBot: 'relevo.desk.return',
  solve: 'relevo.desk.solve',
  vendor: 'relevo.desk.vendor',
  vendorAnswered: 'relevo.desk.vendor-answered',
  plan: 'relevo.desk.plan',
  video: 'relevo.desk.video',
  endCall: 'relevo.desk.end-call',
} as const;

/** The menu at the end of the row. What was chosen names one of `actions`. */
export const moreAction = 'relevo.desk.more';

/** What a menu's row carries: an action and what its button would. Pure. */
export function moreValue(action: string, detail: Pick<CaseDetail, 'id' | 'version'>): string {
  return `${action.replace('relevo.desk.', '')}:${pressValue(detail)}`;
}

/** What was chosen in the menu, as if its button had been pressed. Pure. */
export function readMore(chosen: string): { readonly action: string; readonly value: string } {
  const [name = '', ...value] = chosen.split(':');
  return { action: `relevo.desk.${name}`, value: value.join(':') };
}

/** What buttons depend on beside the case. */
export interface ButtonLook {
  readonly words: Words;
  /** Where the case is in the web desk; null: nobody knows its address. */
  readonly webAddress: string | null;
}

/** What whoever holds a case, or may take it, can do: one row, the first thing first. Pure. */
export function buttonsOf(detail: CaseDetail, { words, webAddress }: ButtonLook): object[] {
  const { can, stage, plans } = detail;
  const { buttons, modal } = words;
  const web = webAddress === null ? [] : [{ text: plain(buttons.webDesk), url: webAddress, value: 'web' }];
  if (stage === 'closed' || stage === 'bot') return [];
  const button = (action: string, label: string, more: object = {}) => ({
    type: 'button',
    action_id: action,
    text: plain(label),
    value: pressValue(detail),
    ...more,
  });
  const row = (action: string, label: string) => ({ text: plain(label), value: moreValue(action, detail) });
  const confirm = {
    title: plain(modal.returnTitle),
    text: plain(modal.returnText),
    confirm: plain(buttons.returnToBot),
    deny: plain(buttons.cancel),
  };
  const elements = [
    ...(can.claim ? [button(actions.take, buttons.take, { style: 'primary' })] : []),
    ...(can.reply ? [button(actions.answer, buttons.answer, { style: 'primary' })] : []),
    ...(can.vendorAnswered ? [button(actions.vendorAnswered, buttons.vendorAnswered)] : []),
    ...(can.note ? [button(actions.note, buttons.note)] : []),
    ...(can.ask ? [button(actions.ask, buttons.ask)] : []),
    ...(can.video ? [button(actions.video, buttons.video)] : []),
    ...(can.endCall ? [button(actions.endCall, buttons.endCall)] : []),
    ...(detail.assessFirst && can.assess ? [button(actions.assess, buttons.assess)] : []),
    ...(can.escalate ? [button(actions.escalate, buttons.escalate)] : []),
    ...(can.returnToBot ? [button(actions.returnToBot, buttons.returnToBot, { confirm })] : []),
    ...(can.solve ? [button(actions.solve, buttons.solve)] : []),
  ];
  const options = [
    ...(can.assess && !detail.assessFirst ? [row(actions.assess, buttons.assess)] : []),
    ...(can.toVendor ? [row(actions.vendor, can.vendorAnswered ? buttons.vendorAgain : buttons.vendor)] : []),
    ...(plans.length > 0 ? [row(actions.plan, buttons.plan)] : []),
    ...web,
  ];
  const more = options.length === 0 ? [] : [{ type: 'overflow', action_id: moreAction, options }];
  return elements.length === 0 ? [] : [{ type: 'actions', elements: [...elements, ...more] }];
}
