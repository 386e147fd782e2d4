import type { CaseDetail } from '../../../case-view.ts';
import { context, countdown, escaped, plain, section, shortened } from '../mrkdwn.ts';
import { pressValue } from '../press-value.ts';
import { threadLine } from '../thread/thread-line.ts';
import type { Words } from '../words/words.ts';

/** What a card shows beside the case. */
export interface CardLook {
  readonly words: Words;
  /** Whether calls can be offered. */
  readonly video: boolean;
  /** Whether there is anybody to be asked. */
  readonly ask: boolean;
}

/** A message of Slack's: the text is for notifications. */
export interface SlackMessage {
  readonly text: string;
  readonly blocks: readonly object[];
}

/** What the desk's buttons are called among the actions of the app. */
export const actions = {
  take: 'relevo.desk.take',
  answer: 'relevo.desk.answer',
  note: 'relevo.desk.note',
  ask: 'relevo.desk.ask',
  video: 'relevo.desk.video',
  escalate: 'relevo.desk.escalate',
  returnToBot: 'relevo.desk.return',
  solve: 'relevo.desk.solve',
} as const;

const shownMessages = 4;

/** A case as a card in its tier's channel. The same case always gives the same card. Pure. */
export function renderCard(detail: CaseDetail, look: CardLook): SlackMessage {
  const { words } = look;
  const title = titleOf(detail, words);
  return {
    text: title,
    blocks: [
      { type: 'header', text: plain(shortened(headOf(detail, words), 150)) },
      section([`*${stageOf(detail, words)}*`, ...deadlinesOf(detail, words)].join('\n')),
      context(factsOf(detail, words).join(' · ')),
      ...briefOf(detail, words),
      ...lastMessages(detail, words),
      ...buttonsOf(detail, look),
    ],
  };
}

/** What is left of a card whose case went to another tier. @param channel where it is now; null: in none. Pure. */
export function renderMoved(
  detail: CaseDetail,
  tier: string,
  channel: string | null,
  words: Words,
): SlackMessage {
  const went = words.card.movedTo(escaped(tier), channel === null ? null : `<#${channel}>`);
  return {
    text: titleOf(detail, words),
    blocks: [
      { type: 'header', text: plain(shortened(headOf(detail, words), 150)) },
      section(`:arrow_upper_right: ${went}`),
    ],
  };
}

/** A case in a line, as mrkdwn. Pure. */
export function titleOf(
  { number, subject, customerName }: Pick<CaseDetail, 'number' | 'subject' | 'customerName'>,
  words: Words,
): string {
  const about = [customerName, subject].filter((part) => part !== null && part.trim() !== '');
  return escaped(
    [words.card.caseNumber(number), ...about.map((part) => shortened(flat(part ?? ''), 120))].join(' · '),
  );
}

function headOf({ number, subject }: CaseDetail, words: Words): string {
  return [words.card.caseNumber(number), ...(subject === null ? [] : [flat(subject)])].join(' · ');
}

/** Where a case stands, in words. Pure. */
export function stageOf({ stage, owner, tierName, tier }: CaseDetail, { card }: Words): string {
  const agent = escaped(owner !== null && 'agent' in owner ? (owner.agent?.name ?? '') : '');
  switch (stage) {
    case 'queued':
      return card.inQueue(escaped(tierName ?? String(tier ?? '')));
    case 'claimed':
      return owner?.kind === 'customer' ? card.waitsForCustomer(agent) : card.heldBy(agent);
    case 'solved':
      return card.solvedBy(agent);
    case 'bot':
      return card.withBot;
    default:
      return card.closed;
  }
}

function deadlinesOf({ deadline, replyUntil, stage }: CaseDetail, { card }: Words): string[] {
  const name = deadline === null ? undefined : card.deadlines[deadline.kind];
  return [
    ...(deadline === null || name === undefined ? [] : [`:hourglass: ${name} ${countdown(deadline.at)}`]),
    ...(replyUntil === null || stage === 'closed' ? [] : [`${card.replyUntil} ${countdown(replyUntil)}`]),
  ];
}

function factsOf(
  { customerName, channel, language, alarms, reopenings, brief }: CaseDetail,
  words: Words,
): string[] {
  const { card } = words;
  return [
    customerName === null ? card.unnamed : escaped(shortened(flat(customerName), 80)),
    escaped(channel),
    language,
    ...(brief.reason === null ? [] : [escaped(card.reasons[brief.reason] ?? brief.reason)]),
    ...(alarms === 0 ? [] : [`:warning: ${card.alarms(alarms)}`]),
    ...(reopenings === 0 ? [] : [card.reopened(reopenings)]),
  ];
}

function briefOf({ brief }: CaseDetail, { card }: Words): object[] {
  const problem = brief.intake?.problem ?? brief.question;
  const answered = brief.answered.slice(-3).map(({ title, liked }) => {
    const verdict = liked === null ? '' : ` (${liked ? card.liked : card.disliked})`;
    return `• ${escaped(shortened(flat(title), 120))}${verdict}`;
  });
  const parts = [
    ...(problem === null ? [] : [`*${card.problem}:* ${escaped(shortened(flat(problem), 600))}`]),
    ...(brief.intake?.tried ? [`*${card.tried}:* ${escaped(shortened(flat(brief.intake.tried), 300))}`] : []),
    ...(answered.length === 0 ? [] : [`*${card.botShowed}:*`, ...answered]),
  ];
  return parts.length === 0 ? [] : [section(parts.join('\n'))];
}

function lastMessages({ messages, customerName, stage }: CaseDetail, words: Words): object[] {
  if (stage === 'closed') return [];
  const said = messages.filter(({ from }) => from === 'customer' || from === 'agent' || from === 'bot');
  const lines = said
    .slice(-shownMessages)
    .map((message) => threadLine(message, { words, customerName, maxText: 280 }));
  return lines.length === 0 ? [] : [section([`*${words.card.lastMessages}*`, ...lines].join('\n'))];
}

function buttonsOf(detail: CaseDetail, { words, video, ask }: CardLook): object[] {
  const { can, stage } = detail;
  if (stage === 'closed' || stage === 'bot') return [];
  const value = pressValue(detail);
  const button = (action: string, label: string, more: object = {}) => ({
    type: 'button',
    action_id: action,
    text: plain(label),
    value,
    ...more,
  });
  const { buttons, modal } = words;
  const confirm = {
    title: plain(modal.returnTitle),
    text: plain(modal.returnText),
    confirm: plain(buttons.returnToBot),
    deny: plain(buttons.cancel),
  };
  const elements = [
    ...(can.claim ? [button(actions.take, buttons.take, { style: 'primary' })] : []),
    ...(can.reply ? [button(actions.answer, buttons.answer, { style: 'primary' })] : []),
    ...(can.note ? [button(actions.note, buttons.note)] : []),
    ...(ask && stage !== 'solved' ? [button(actions.ask, buttons.ask)] : []),
    ...(video && can.reply ? [button(actions.video, 'Video')] : []),
    ...(can.escalate ? [button(actions.escalate, buttons.escalate)] : []),
    ...(can.returnToBot ? [button(actions.returnToBot, buttons.returnToBot, { confirm })] : []),
    ...(can.solve ? [button(actions.solve, buttons.solve)] : []),
  ];
  return elements.length === 0 ? [] : [{ type: 'actions', elements }];
}

/** Somebody's words on one line, with nothing that marks up. */
function flat(text: string): string {
  return text.replace(/[\s*`~]+/gu, ' ').trim();
}
