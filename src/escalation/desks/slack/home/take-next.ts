import type { Agent } from '../../../../core/conversation.ts';
import { titleOf } from '../card/card.ts';
import type { DeskUser } from '../desk-agents.ts';
import type { DeskContext } from '../desk-context.ts';
import { refusalText } from '../refusal-text.ts';

/** Takes the case that comes next for somebody. @returns what came of it, for them to read */
export async function takeNext(
  { next, cases }: Pick<DeskContext, 'next' | 'cases'>,
  { agent, words }: DeskUser & { readonly agent: Agent },
): Promise<string> {
  const taken = await next.takeNext(agent);
  if ('refused' in taken) return refusalText(taken.refused, words);
  const detail = await cases.open(taken.taken, agent);
  return detail === null ? words.broken : words.command.taken(titleOf(detail, words));
}
