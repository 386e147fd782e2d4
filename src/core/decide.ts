import type { Command, Decided } from './command.ts';
import type { Conversation } from './conversation.ts';
import { decideAgent } from './decide-agent.ts';
import { decideBot } from './decide-bot.ts';
import { decideCall, leaveCall } from './decide-call.ts';
import { decideCustomer } from './decide-customer.ts';
import { decideTimer } from './decide-timer.ts';
import type { Event } from './event.ts';
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
  const branded = rulesFor(rules, state.brand);
  return leavingCall(state, decideOn(state, command, branded, now), branded, now);
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
    case 'refuse-call':
    case 'count-call':
    case 'send-calendar':
    case 'call-seen':
    case 'call-over':
    case 'decline-call':
      return decideCall(state, command, rules, now);
    default:
      return decideAgent(state, command, rules, now);
  }
}

/** A case that leaves its agent takes no call with it: the call ends first, whatever made it leave. */
function leavingCall(state: Conversation, decided: Decided, rules: Rules, now: number): Decided {
  const { stage } = state;
  if ('refused' in decided || stage.kind !== 'claimed' || stage.call === null) return decided;
  const { events } = decided;
  const leaves = events.find(({ type }) => leaving.has(type));
  if (leaves === undefined || events.some(({ type }) => type === 'call-ended')) return decided;
  const handedOn = leaves.type === 'escalated' || leaves.type === 'lease-expired';
  return { events: [...leaveCall(state, stage, handedOn, rules, now), ...events] };
}

const leaving: ReadonlySet<Event['type']> = new Set([
  'escalated',
  'lease-expired',
  'returned-to-bot',
  'solved',
  'closed',
]);
