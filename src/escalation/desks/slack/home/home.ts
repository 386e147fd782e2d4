import type { SlackObject } from '../../../../slack/slack-app.ts';
import type { CaseView } from '../../../case-view.ts';
import { stageOf, titleOf } from '../card/card.ts';
import { context, countdown, escaped, plain, section } from '../mrkdwn.ts';
import type { Words } from '../words/words.ts';

/** The switch between available and away. */
export const awayAction = 'relevo.desk.away';
/** Takes the case that comes next. */
export const nextAction = 'relevo.desk.next';
/** A link to a case: nothing is to be done when it is pressed. */
export const seeAction = 'relevo.desk.see';

/** A case in an agent's list. */
export interface HomeCase {
  readonly view: CaseView;
  /** Where it can be seen; null: nowhere that has an address. */
  readonly address: string | null;
}

/** What an agent's own page shows. */
export interface HomeView {
  readonly mine: readonly HomeCase[];
  /** What waits in the tiers that they work in. */
  readonly queue: readonly HomeCase[];
  readonly away: boolean;
  /** What is wrong with the tiers' channels: id and Slack's word. */
  readonly faults: ReadonlyMap<string, string>;
  /** What came of what was pressed last. */
  readonly notice: string | null;
}

/** An agent's own page in Slack. Pure. */
export function renderHome({ mine, queue, away, faults, notice }: HomeView, words: Words): SlackObject {
  const { buttons, command } = words;
  const button = (action: string, value: string, label: string, more: object = {}) => ({
    type: 'button',
    action_id: action,
    value,
    text: plain(label),
    ...more,
  });
  const state = away ? `:zzz: ${command.away}` : `:large_green_circle: ${command.available}`;
  return {
    type: 'home',
    blocks: [
      ...(notice === null ? [] : [section(`:information_source: ${notice}`)]),
      section(state),
      {
        type: 'actions',
        elements: [
          ...(away ? [] : [button(nextAction, 'next', buttons.next, { style: 'primary' })]),
          button(
            awayAction,
            away ? 'available' : 'away',
            away ? buttons.comeBack : buttons.goAway,
            away ? { style: 'primary' } : {},
          ),
        ],
      },
      ...faultLines(faults, words).map((line) => context(line)),
      ...listBlocks(command.mine, mine, words),
      ...listBlocks(command.queue, queue, words),
    ],
  };
}

function listBlocks(heading: string, cases: readonly HomeCase[], words: Words): object[] {
  const title = `${heading}: ${cases.length === 0 ? words.command.none : cases.length}`;
  const rows = cases.map(({ view, address }) => {
    const see = {
      type: 'button',
      action_id: `${seeAction}.${view.number}`,
      text: plain(words.buttons.see),
      url: address,
    };
    return { ...section(caseText(view, words)), ...(address === null ? {} : { accessory: see }) };
  });
  return [{ type: 'header', text: plain(title) }, ...rows];
}

function caseText(view: CaseView, words: Words): string {
  const { deadline } = view;
  const name = deadline === null ? undefined : words.card.deadlines[deadline.kind];
  return [
    `*${titleOf(view, words)}*`,
    stageOf(view, words),
    ...(deadline === null || name === undefined
      ? []
      : [`:hourglass_flowing_sand: ${name} ${countdown(deadline.at)}`]),
  ].join('\n');
}

/** Cases as lines under a heading. Pure. */
export function listText(heading: string, cases: readonly HomeCase[], words: Words): string {
  const lines = cases.map(({ view, address }) => {
    const { deadline, tierName } = view;
    const name = deadline === null ? undefined : words.card.deadlines[deadline.kind];
    const due = deadline === null || name === undefined ? '' : ` · ${name} ${countdown(deadline.at)}`;
    const tier = tierName === null ? '' : ` · ${escaped(tierName)}`;
    const see = address === null ? '' : ` · <${address}|${words.buttons.see}>`;
    return `• ${titleOf(view, words)}${tier}${due}${see}`;
  });
  return [`*${heading}:* ${lines.length === 0 ? words.command.none : lines.length}`, ...lines].join('\n');
}

/** What is wrong with channels, a line each. Pure. */
export function faultLines(faults: ReadonlyMap<string, string>, words: Words): string[] {
  const { faults: known, channelFault } = words.command;
  return [...faults].map(
    ([id, fault]) => `:warning: ${channelFault(`<#${id}>`, known[fault] ?? known.other ?? fault)}`,
  );
}
