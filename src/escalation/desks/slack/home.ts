import type { SlackObject } from '../../../slack/slack-app.ts';
import type { CaseView } from '../../case-view.ts';
import { titleOf } from './card/card.ts';
import { context, countdown, escaped, plain, section, sections } from './mrkdwn.ts';
import type { Words } from './words/words.ts';

/** The switch between available and away. */
export const awayAction = 'relevo.desk.away';

/** What an agent's own page shows. */
export interface HomeView {
  readonly mine: readonly CaseView[];
  readonly queue: readonly CaseView[];
  readonly away: boolean;
  /** What is wrong with the tiers' channels: id and Slack's word. */
  readonly faults: ReadonlyMap<string, string>;
}

/** An agent's own page in Slack. Pure. */
export function renderHome(view: HomeView, words: Words): SlackObject {
  const { mine, queue, away } = view;
  const state = away ? words.command.away : words.command.available;
  const other = {
    type: 'button',
    action_id: awayAction,
    value: away ? 'available' : 'away',
    text: plain(
      away ? (words.command.available.split(':')[0] ?? '') : (words.command.away.split(':')[0] ?? ''),
    ),
  };
  return {
    type: 'home',
    blocks: [
      section(state),
      { type: 'actions', elements: [other] },
      ...faultLines(view.faults, words).map((line) => context(line)),
      ...sections(listText(words.command.mine, mine, words)),
      ...sections(listText(words.command.queue, queue, words)),
    ],
  };
}

/** Cases as lines under a heading. Pure. */
export function listText(heading: string, cases: readonly CaseView[], words: Words): string {
  const lines = cases.map((one) => {
    const name = one.deadline === null ? undefined : words.card.deadlines[one.deadline.kind];
    const due = one.deadline === null ? '' : ` · ${name ?? ''} ${countdown(one.deadline.at)}`;
    const tier = one.tierName === null ? '' : ` · ${escaped(one.tierName)}`;
    return `• ${titleOf(one, words)}${tier}${due}`;
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
