import type { CaseDetail } from '../../../case-view.ts';
import { escaped, plain, section, shortened } from '../mrkdwn.ts';
import type { Words } from '../words/words.ts';
import { briefBlocks, factsLine, flat, lastMessages } from './card-brief.ts';
import { buttonsOf } from './card-buttons.ts';
import { deadlineLines } from './card-deadlines.ts';

/** What a card shows beside the case. */
export interface CardLook {
  readonly words: Words;
  /** What people call a channel of the customers'. */
  readonly channelTitle: (name: string) => string;
  /** Where a case is in the web desk, by its number; null: nobody knows its address. */
  readonly webAddress: (number: number) => string | null;
}

/** A message of Slack's: the text is for notifications. */
export interface SlackMessage {
  readonly text: string;
  readonly blocks: readonly object[];
}

/** A case as a card in its tier's channel. The same case at the same time always gives the same card. Pure. */
export function renderCard(detail: CaseDetail, look: CardLook, now: number): SlackMessage {
  const { words } = look;
  const buttons = { words, webAddress: look.webAddress(detail.number) };
  return {
    text: `${titleOf(detail, words)} · ${stageOf(detail, words)}`,
    blocks: [
      header(detail, words),
      section([`*${stageOf(detail, words)}*`, ...deadlineLines(detail, words, now)].join('\n')),
      factsLine(detail, look.channelTitle(detail.channel), words),
      ...briefBlocks(detail, words),
      ...lastMessages(detail, words),
      ...buttonsOf(detail, buttons),
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
    blocks: [header(detail, words), section(`:arrow_upper_right: ${went}`)],
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

/** Where a case stands, in words. Pure. */
export function stageOf(
  { stage, owner, tierName, tier }: Pick<CaseDetail, 'stage' | 'owner' | 'tierName' | 'tier'>,
  { card }: Words,
): string {
  const agent = escaped(owner !== null && 'agent' in owner ? (owner.agent?.name ?? '') : '');
  switch (stage) {
    case 'queued':
      return card.inQueue(escaped(tierName ?? String(tier ?? '')));
    case 'claimed':
      if (owner?.kind === 'vendor') return card.withVendor(agent, escaped(flat(owner.reference)));
      return owner?.kind === 'customer' ? card.waitsForCustomer(agent) : card.heldBy(agent);
    case 'solved':
      return card.solvedBy(agent);
    case 'bot':
      return card.withBot;
    default:
      return card.closed;
  }
}

function header({ number, subject }: CaseDetail, { card }: Words): object {
  const head = [card.caseNumber(number), ...(subject === null ? [] : [flat(subject)])].join(' · ');
  return { type: 'header', text: plain(shortened(head, 150)) };
}
