import type { SlackObject } from '../../../slack/slack-app.ts';
import { stageOf, titleOf } from './card/card.ts';
import type { DeskContext } from './desk-context.ts';
import { faultLines, listText } from './home.ts';
import { countdown, escaped, shortened } from './mrkdwn.ts';
import { textAt } from './payload.ts';

/** The desk's slash command. */
export const commandName = '/relevo';

const maxListed = 15;

/** Makes the answer to `/relevo status | available | away | find N`, seen by its author only. */
export function createCommand(desk: DeskContext) {
  const { agents, cases, words, poster, records } = desk;

  async function answer(user: string, text: string): Promise<string> {
    const agent = await agents.of(user);
    if (agent === null) return words.stranger(user);
    const [what = '', ref = ''] = text.trim().toLowerCase().split(/\s+/u);
    switch (what) {
      case '':
      case 'status': {
        const [mine, queue, away] = await Promise.all([
          cases.list({ view: 'mine', agent, limit: maxListed }),
          cases.list({ view: 'queue', agent, limit: maxListed }),
          agents.isAway(agent),
        ]);
        return [
          away ? words.command.away : words.command.available,
          ...faultLines(poster.faults(), words),
          listText(words.command.mine, mine.cases, words),
          listText(words.command.queue, queue.cases, words),
        ].join('\n');
      }
      case 'available':
      case 'away':
        await agents.setAway(agent, what === 'away');
        return what === 'away' ? words.command.away : words.command.available;
      case 'find': {
        const number = ref.replace(/^#/u, '');
        const found = /^\d{1,15}$/u.test(number) ? await cases.open(number, agent) : null;
        if (found === null) return words.command.notFound(escaped(shortened(ref, 40)));
        const record = await records.get(found.id);
        const due = found.deadline === null ? [] : [countdown(found.deadline.at)];
        const where = record?.channel && record.ts ? [`<#${record.channel}>`] : [];
        return [titleOf(found, words), stageOf(found, words), ...due, ...where].join(' · ');
      }
      default:
        return words.command.help;
    }
  }

  return async (payload: SlackObject): Promise<SlackObject> => {
    try {
      const text = await answer(textAt(payload, 'user_id'), textAt(payload, 'text'));
      return { response_type: 'ephemeral', text };
    } catch (error) {
      desk.logger.warn({ err: error }, 'a slash command failed');
      return { response_type: 'ephemeral', text: words.broken };
    }
  };
}
