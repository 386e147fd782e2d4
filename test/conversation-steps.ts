import type { Commit, Event, TurnOutcome } from '../src/core/event.ts';

/** A customer's first conversation begins on the web chat, in Spanish. */
export function started(given: Partial<Extract<Event, { type: 'started' }>> = {}): Event {
  const address = { channel: 'webchat', account: 'main', user: 'u' };
  return { type: 'started', ordinal: 1, number: 1, address, language: 'es', idleAt: 0, ...given };
}

/** The customer writes. */
export function wrote(text: string): Event {
  return { type: 'customer-wrote', externalId: 'x', content: { kind: 'text', text } };
}

/** The bot's turn went so. */
export function turn(outcome: TurnOutcome): Event {
  return {
    type: 'bot-took-turn',
    throughSeq: 1,
    language: 'es',
    memory: null,
    outcome,
    intake: null,
    idleAt: 0,
  };
}

/** The log of a conversation: a commit for each list. @param at when each was, by its place from 0; epoch milliseconds */
export function commitsOf(
  conversation: string,
  steps: readonly (readonly Event[])[],
  at: (place: number) => number,
): Commit[] {
  return steps.map((events, place) => ({
    conversation,
    seq: place + 1,
    at: at(place),
    by: { kind: 'bot' },
    key: null,
    events,
    effects: [],
  }));
}
