import { pendingCall } from './call.ts';
import type { Decided } from './command.ts';
import type { ClaimedStage, Conversation, Deadline, QueuedStage, VendorWait } from './conversation.ts';
import { deadlineOf, waitsForTier } from './conversation.ts';
import { ringCall } from './decide-call.ts';
import type { Event } from './event.ts';
import { tellOpening } from './outside-hours.ts';
import { turnGivenUp } from './people-elsewhere.ts';
import type { Rules, Tier } from './rules.ts';
import { acceptBy, hoursOf, ladderOf, remindAt, tierAbove, tierAt } from './rules.ts';
import { askIfAllIsWell, closeOrFollow, handOver, tell } from './step.ts';

/**
 * What a deadline leads to when nobody moved (law 3). A timer set for a deadline that is no longer the conversation's
 * own, or that rings early, does nothing (law 6).
 */
export function decideTimer(state: Conversation, deadline: Deadline, rules: Rules, now: number): Decided {
  const current = deadlineOf(state.stage);
  if (current === null || current.kind !== deadline.kind || current.at !== deadline.at || now < current.at) {
    return { events: [] };
  }
  return { events: expire(state, rules, now) };
}

function expire(state: Conversation, rules: Rules, now: number): Event[] {
  const { stage } = state;
  switch (stage.kind) {
    case 'bot':
      if (waitsForTier(stage)) {
        return [...turnGivenUp(state, rules, now), ...handOver(state, state.language, 'unknown', rules, now)];
      }
      if (stage.turn === null) return [{ type: 'closed', outcome: { how: 'assumed', by: 'bot' } }];
      if (stage.turn.attempt < rules.limits.turnAttempts) {
        return [{ type: 'turn-due', attempt: stage.turn.attempt + 1, dueAt: now + rules.limits.turnMs }];
      }
      return [...turnGivenUp(state, rules, now), ...handOver(state, state.language, 'crash', rules, now)];
    case 'queued':
      return expireQueued(state, stage, rules, now);
    case 'claimed':
      return expireClaimed(state, stage, rules, now);
    case 'solved':
      if (stage.step === 'later') return askIfAllIsWell(rules, state.language, now);
      return closeOrFollow(state, stage, stage.confirmed, rules, now);
    case 'closed':
      return [];
  }
}

function expireQueued(state: Conversation, stage: QueuedStage, rules: Rules, now: number): Event[] {
  const missed = stage.solveBy !== null && stage.solveBy <= stage.acceptBy ? 'solve' : 'accept';
  return climb(state, stage, missed, rules, now);
}

function expireClaimed(state: Conversation, stage: ClaimedStage, rules: Rules, now: number): Event[] {
  const tier = tierAt(ladderOf(rules, state), stage.tier);
  const call = pendingCall(stage.call);
  const due = deadlineOf(stage);
  if (call !== null && due?.kind === 'call') {
    const rung = ringCall(state, stage, call, rules, now);
    const deserted = rung.some((event) => event.type === 'call-ended' && event.missing === 'agent');
    return deserted ? [...rung, ...release(state, stage, tier, rules, now)] : rung;
  }
  if (stage.vendor !== null) return remindOfVendor(state, stage, stage.vendor, rules, now);
  if (call !== null) return release(state, stage, tier, rules, now);
  if (stage.waiting !== null) {
    if (stage.waiting.reminded >= rules.limits.reminders) {
      return [
        { type: 'closed', outcome: { how: 'abandoned', by: 'person' } },
        tell(rules, state.language, 'closed-abandoned', { number: state.number }),
      ];
    }
    const { since, reminded } = stage.waiting;
    const waiting = { since, remindAt: remindAt(tier, rules, now), reminded: reminded + 1 };
    return [
      { type: 'customer-awaited', waiting },
      tell(rules, state.language, 'reminder', { agent: stage.agent.name, number: state.number }),
    ];
  }
  if (stage.solveBy <= stage.leaseUntil) return climb(state, stage, 'solve', rules, now);
  return release(state, stage, tier, rules, now);
}

/** The agent is reminded until the vendor has answered; whoever lets all reminders pass has fallen silent. */
function remindOfVendor(
  state: Conversation,
  stage: ClaimedStage,
  vendor: VendorWait,
  rules: Rules,
  now: number,
): Event[] {
  const tier = tierAt(ladderOf(rules, state), stage.tier);
  if (vendor.reminded >= rules.limits.reminders) return release(state, stage, tier, rules, now);
  const next = hoursOf(tier).opensAt(now + vendor.everyMs);
  return [{ type: 'vendor-awaited', vendor: { ...vendor, remindAt: next, reminded: vendor.reminded + 1 } }];
}

function release(state: Conversation, stage: ClaimedStage, tier: Tier, rules: Rules, now: number): Event[] {
  const { agent, vendor } = stage;
  const hours = hoursOf(tier);
  const later =
    vendor === null
      ? {}
      : { solveBy: Math.max(stage.solveBy, hours.after(now, hours.between(vendor.since, stage.solveBy))) };
  return [
    { type: 'lease-expired', agent, acceptBy: acceptBy(tier, now), ...later },
    tell(rules, state.language, 'released', { number: state.number }),
  ];
}

/** One tier up; at the top the alarm rings until somebody comes, and the customer is told once. */
function climb(
  state: Conversation,
  stage: QueuedStage | ClaimedStage,
  missed: 'accept' | 'solve',
  rules: Rules,
  now: number,
): Event[] {
  const ladder = ladderOf(rules, state);
  const above = tierAbove(ladder, stage.tier);
  if (above !== undefined) {
    return [
      {
        type: 'escalated',
        from: stage.tier,
        tier: above.level,
        by: missed === 'accept' ? 'accept-deadline' : 'solve-deadline',
        reason: '',
        acceptBy: acceptBy(above, now),
      },
      tell(rules, state.language, 'escalated', { number: state.number }),
      ...tellOpening(state.language, above, rules, now),
    ];
  }
  const tier = tierAt(ladder, stage.tier);
  const usual = missed === 'accept' ? tier.acceptWithinMs : tier.solveWithinMs;
  const next = hoursOf(tier).after(now, rules.alarmEveryMs ?? usual);
  const alarm: Event = { type: 'deadline-missed', deadline: missed, tier: stage.tier, next };
  if (stage.alarms > 0) return [alarm];
  return [alarm, tell(rules, state.language, 'still-looking', { number: state.number })];
}
