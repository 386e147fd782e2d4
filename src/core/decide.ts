import type { Command, Decided } from './command.ts';
import type { Conversation } from './conversation.ts';
import { decideAgent } from './decide-agent.ts';
import { decideBot } from './decide-bot.ts';
import { decideCustomer } from './decide-customer.ts';
import { decideTimer } from './decide-timer.ts';
import { brandOf, type Rules, rulesFor } from './rules.ts';
import { decideWait } from './wait.ts';

/**
 * What a command leads to (laws 2 to 5). Pure: no I/O, no clock, no random.
 * @param state the conversation as it stands; null when it does not exist yet
 * @param command what somebody wants
 * @param rules the ladder, the limits and the phrases
 * @param now epoch milliseconds
 * @returns the events in order (none: there is nothing to do), or why not
 */
export function decide(state: Conversation | null, command: Command, rules: Rules, now: number): Decided {
  if (command.type === 'receive') {
    const brand = state === null ? brandOf(rules, command.message.address) : state.brand;
    return decideCustomer(state, command, rulesFor(rules, brand), now);
  }
  if (state === null) return { refused: { code: 'not_found' } };
  return decideOn(state, command, rulesFor(rules, state.brand), now);
}

function decideOn(
  state: Conversation,
  command: Exclude<Command, { type: 'receive' }>,
  rules: Rules,
  now: number,
): Decided {
  switch (command.type) {
    case 'bot-turn':
    case 'bot-failed':
      return decideBot(state, command, rules, now);
    case 'tell-wait': {
      const moved = state.stage.kind !== 'queued' || state.stage.since !== command.since;
      return { events: moved ? [] : decideWait(state, command.wait, rules, now) };
    }
    case 'timer':
      return decideTimer(state, command.deadline, rules, now);
    default:
      return decideAgent(state, command, rules, now);
  }
}
