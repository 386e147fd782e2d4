import { countedMinutes } from '../core/call.ts';
import type { Event } from '../core/event.ts';
import type { CaseEvent } from './case-view.ts';

/**
 * An event that changed whose case it is or what is known of it, in plain values for people. Pure.
 * @returns null for words, notes and the bot's inner workings
 */
export function caseEventOf(event: Event): CaseEvent | null {
  switch (event.type) {
    case 'handed-over':
      return { type: event.type, reason: event.reason, tier: event.tier };
    case 'escalated': {
      const byAgent = typeof event.by !== 'string';
      return {
        type: event.type,
        from: event.from,
        tier: event.tier,
        agent: byAgent ? event.by.name : null,
        reason: byAgent ? event.reason : event.by,
      };
    }
    case 'claimed':
    case 'lease-expired':
    case 'returned-to-bot':
    case 'solved':
      return { type: event.type, agent: event.agent.name };
    case 'callback-wished':
      return { type: event.type, at: event.at, words: event.words };
    case 'left-queue':
      return { type: event.type };
    case 'wait-told': {
      const { position, range } = event.told;
      return { type: event.type, position, lowMs: range?.lowMs ?? null, highMs: range?.highMs ?? null };
    }
    case 'assessed': {
      const { solvable, missing, howLong, best } = event.assessment;
      return { type: event.type, agent: event.agent.name, solvable, missing, howLong, best };
    }
    case 'vendor-awaited': {
      const { reference, remindAt, reminded } = event.vendor;
      return { type: event.type, reference, remindAt, reminded };
    }
    case 'vendor-answered':
      return { type: event.type, agent: event.agent.name, answer: event.answer };
    case 'question-asked':
      return {
        type: event.type,
        question: event.question,
        tier: event.tier,
        agent: event.by?.name ?? null,
        text: event.text,
      };
    case 'question-answered':
      return { type: event.type, question: event.question, agent: event.agent.name, answer: event.answer };
    case 'question-expired':
      return { type: event.type, question: event.question, tier: event.tier };
    case 'plan-set':
      return { type: event.type, plan: event.plan, agent: event.agent.name };
    case 'joined':
    case 'parted':
      return { type: event.type, channel: event.address.channel, agent: event.agent?.name ?? null };
    case 'deadline-missed':
      return { type: event.type, deadline: event.deadline, tier: event.tier };
    case 'call-requested':
      return { type: event.type, by: event.by };
    case 'call-scheduled':
    case 'call-invited':
      return { type: event.type, agent: event.agent.name, startsAt: event.startsAt };
    case 'call-times-offered':
      return { type: event.type, agent: event.agent.name };
    case 'call-time-chosen':
      return { type: event.type, startsAt: event.at };
    case 'call-waiting':
    case 'call-entered':
    case 'call-left':
      return { type: event.type, who: event.who };
    case 'call-ended': {
      const { call, outcome, by, agent, endedAt } = event;
      const held = outcome === 'held' && call.liveAt !== null;
      const minutes = held ? countedMinutes(endedAt - (call.liveAt ?? endedAt)) : 0;
      const { missing = null, wish = null, why = null } = event;
      return { type: event.type, outcome, by, agent: agent.name, minutes, missing, wish, why };
    }
    case 'call-refused':
    case 'call-times-wanted':
      return { type: event.type };
    case 'call-counted':
      return { type: event.type, minutes: event.minutes, left: event.left };
    case 'call-reported':
      return { type: event.type, agent: event.agent.name };
    case 'follow-up-set':
      return { type: event.type, at: event.at };
    case 'follow-up-asked':
      return { type: event.type };
    case 'solution-confirmed':
    case 'solution-refused':
      return { type: event.type };
    case 'rated':
      return { type: event.type, stars: event.stars };
    case 'closed':
      return { type: event.type, how: event.outcome.how, by: event.outcome.by };
    case 'reopened':
      return { type: event.type, to: event.to, tier: event.to === 'tier' ? event.tier : null };
    default:
      return null;
  }
}
