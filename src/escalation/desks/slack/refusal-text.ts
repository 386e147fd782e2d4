import type { Refusal } from '../../../core/command.ts';
import { escaped } from './mrkdwn.ts';
import type { Words } from './words/words.ts';

/** Why nothing was done, for the agent. Pure. */
export function refusalText({ code, holder }: Refusal, words: Words): string {
  const reason = words.refusals[code];
  return holder === undefined ? reason : `${reason} ${words.holder(escaped(holder.name))}`;
}
