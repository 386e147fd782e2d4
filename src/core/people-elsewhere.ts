import type { Conversation } from './conversation.ts';
import type { Event } from './event.ts';
import type { PhraseValues } from './phrase.ts';
import type { Rules } from './rules.ts';

/** Whether people of ours answer a customer of this plan on the channel they write on. */
export function peopleAnswer(state: Conversation, rules: Rules): boolean {
  return rules.channelsOf?.(state)?.includes(state.reach.channel) ?? true;
}

/** Where people answer instead, for the phrase that tells it. */
export function elsewhere(state: Conversation, rules: Rules): PhraseValues {
  const { channelTitle = (name: string) => name } = rules;
  const titles = (rules.channelsOf?.(state) ?? []).flatMap((name) => channelTitle(name, state.brand) ?? []);
  return { channels: titles.length === 0 ? 'none' : titles.join(', ') };
}

/** The bot owes nothing more, where it cannot hand over what it could not do; nothing where it can. */
export function turnGivenUp(state: Conversation, rules: Rules, now: number): Event[] {
  if (peopleAnswer(state, rules)) return [];
  const { language, memory } = state;
  const throughSeq = state.pending.at(-1)?.seq ?? 0;
  const idleAt = now + rules.limits.idleMs;
  const outcome = { kind: 'failed' } as const;
  return [{ type: 'bot-took-turn', throughSeq, language, memory, outcome, intake: null, idleAt }];
}
