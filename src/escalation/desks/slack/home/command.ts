import type { Agent } from '../../../../core/conversation.ts';
import type { SlackObject } from '../../../../slack/slack-app.ts';
import { stageOf, titleOf } from '../card/card.ts';
import type { DeskUser } from '../desk-agents.ts';
import type { DeskContext } from '../desk-context.ts';
import { countdown, escaped, shortened } from '../mrkdwn.ts';
import { textAt } from '../payload.ts';
import type { AgentsCases } from './agents-cases.ts';
import { faultLines, listText } from './home.ts';
import { takeNext } from './take-next.ts';

/** The desk's slash command. */
export const commandName = '/relevo';

/** Makes the answer to `/relevo status | next | available | away | find N`, seen by its author only. */
export function createCommand(desk: DeskContext, agentsCases: AgentsCases) {
  const { agents, cases, poster } = desk;

  async function status(who: DeskUser & { readonly agent: Agent }): Promise<string> {
    const { agent, words } = who;
    const [{ mine, queue }, away] = await Promise.all([agentsCases.of(who), agents.isAway(agent)]);
    return [
      away ? words.command.away : words.command.available,
      ...faultLines(poster.faults(), words),
      listText(words.command.mine, mine, words),
      listText(words.command.queue, queue, words),
    ].join('\n');
  }

  async function find({ words, agent }: DeskUser & { readonly agent: Agent }, ref: string): Promise<string> {
    const number = ref.replace(/^#/u, '');
    const found = /^\d{1,15}$/u.test(number) ? await cases.open(number, agent) : null;
    if (found === null) return words.command.notFound(escaped(shortened(ref, 40)));
    const { address } = await agentsCases.placed(found);
    const due = found.deadline === null ? [] : [countdown(found.deadline.at)];
    const see = address === null ? [] : [`<${address}|${words.buttons.see}>`];
    return [titleOf(found, words), stageOf(found, words), ...due, ...see].join(' · ');
  }

  async function answer(who: DeskUser & { readonly agent: Agent }, text: string): Promise<string> {
    const { agent, words } = who;
    const [what = '', ref = ''] = text.trim().toLowerCase().split(/\s+/u);
    switch (what) {
      case '':
      case 'status':
        return status(who);
      case 'next':
        return takeNext(desk, who);
      case 'available':
      case 'away':
        await agents.setAway(agent, what === 'away');
        return what === 'away' ? words.command.away : words.command.available;
      case 'find':
        return ref === '' ? words.command.help : find(who, ref);
      default:
        return words.command.help;
    }
  }

  return async (payload: SlackObject): Promise<SlackObject> => {
    const user = textAt(payload, 'user_id');
    const who = await agents.meet(user);
    const { agent, words } = who;
    try {
      const text =
        agent === null ? words.stranger(user) : await answer({ ...who, agent }, textAt(payload, 'text'));
      return { response_type: 'ephemeral', text };
    } catch (error) {
      desk.logger.warn({ err: error }, 'a slash command failed');
      return { response_type: 'ephemeral', text: words.broken };
    }
  };
}
