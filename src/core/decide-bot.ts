import type { Command, Decided } from './command.ts';
import type { Conversation } from './conversation.ts';
import { queuedForCall } from './decide-call.ts';
import { botAsks } from './decide-question.ts';
import type { Event } from './event.ts';
import { peopleAnswer } from './people-elsewhere.ts';
import type { Rules } from './rules.ts';
import { handOver } from './step.ts';

type BotCommand = Extract<Command, { type: 'bot-turn' | 'bot-failed' }>;

/**
 * What the bot's turn leads to. Laws 4 and 5: its words are dropped when the conversation is no longer its own
 * or the turn was already taken; a turn that failed gives the case to people.
 */
export function decideBot(state: Conversation, command: BotCommand, rules: Rules, now: number): Decided {
  const { stage } = state;
  const oldest = state.pending[0];
  if (
    stage.kind !== 'bot' ||
    stage.turn === null ||
    oldest === undefined ||
    oldest.seq > command.throughSeq
  ) {
    return { refused: { code: 'superseded' } };
  }
  const idleAt = now + rules.limits.idleMs;
  const wroteSince = stage.turn.throughSeq > command.throughSeq;
  const turnDue: Event = { type: 'turn-due', attempt: 1, dueAt: now + rules.limits.turnMs };
  /** Where nobody takes the case, the bot goes on with what the customer has written since. */
  const goesOn = wroteSince && !peopleAnswer(state, rules) ? [turnDue] : [];
  if (command.type === 'bot-failed') {
    const { language, memory } = state;
    return {
      events: [
        {
          type: 'bot-took-turn',
          throughSeq: command.throughSeq,
          language,
          memory,
          outcome: { kind: 'failed' },
          intake: null,
          idleAt,
        },
        ...handOver(state, language, command.reason, rules, now),
        ...goesOn,
      ],
    };
  }

  const { language, memory, outcome, intake, say, action } = command.decision;
  const events: Event[] = [
    { type: 'bot-took-turn', throughSeq: command.throughSeq, language, memory, outcome, intake, idleAt },
    ...say.map((saying): Event => ({ type: 'said', from: 'bot', ...saying })),
  ];
  switch (action.kind) {
    case 'hand-over':
      events.push(...handOver(state, language, action.reason, rules, now), ...goesOn);
      if (!peopleAnswer(state, rules)) return { events };
      if (action.call !== undefined) events.push(...queuedForCall(state, language, action.call, rules));
      return { events };
    case 'ask': {
      const asked = botAsks(state, language, action.text, rules, now);
      if (asked === null) {
        events.push(...handOver(state, language, 'unknown', rules, now), ...goesOn);
        return { events };
      }
      events.push(...asked);
      break;
    }
    case 'resolve':
      if (wroteSince) break;
      return { events: [...events, { type: 'closed', outcome: { how: 'confirmed', by: 'bot' } }] };
    case 'wait':
      break;
  }
  if (wroteSince) events.push(turnDue);
  return { events };
}
