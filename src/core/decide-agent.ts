import { pendingCall } from './call.ts';
import type { Command, Decided, Refusal } from './command.ts';
import type { Agent, ClaimedStage, Conversation } from './conversation.ts';
import { decideAgentCall } from './decide-call.ts';
import { answerQuestion, ask } from './decide-question.ts';
import type { Event } from './event.ts';
import { tellOpening } from './outside-hours.ts';
import type { Rules, Tier, Tiers } from './rules.ts';
import { acceptBy, hoursOf, ladderOf, leaseUntil, remindAt, solveBy, tierAbove, tierAt } from './rules.ts';
import { askToConfirm, tell } from './step.ts';

type AgentCommand = Extract<Command, { agent: Agent }>;

/** What an agent's command leads to. Only the holder acts on a claimed case; anybody may leave a note. */
export function decideAgent(state: Conversation, command: AgentCommand, rules: Rules, now: number): Decided {
  const { stage } = state;
  if (command.type === 'note') return { events: noted(state, command.agent, command.text, rules, now) };
  if (command.type === 'record-joining') {
    const { address, agent, joined } = command;
    return { events: [{ type: joined ? 'joined' : 'parted', address, agent }] };
  }
  if (command.type === 'set-plan') {
    const { agent, plan } = command;
    if (!rules.plans?.includes(plan)) return { refused: { code: 'no_such_plan' } };
    return { events: state.plan === plan ? [] : [{ type: 'plan-set', agent, plan }] };
  }
  if (command.type === 'answer-question') return answerQuestion(state, command, rules, now);
  if (command.type === 'claim') return claim(state, command, rules, now);

  if (stage.kind === 'closed') return { refused: { code: 'closed' } };
  if (stage.kind === 'bot') return { refused: { code: 'not_open_to_people' } };
  if (command.type === 'escalate' && stage.kind === 'queued') {
    return escalate(state, stage.tier, command, rules, now);
  }
  if (stage.kind === 'queued') return { refused: { code: 'not_claimed' } };
  if (stage.kind === 'solved') return { refused: { code: 'not_claimed', holder: stage.agent } };
  if (stage.agent.id !== command.agent.id) return { refused: { code: 'not_yours', holder: stage.agent } };

  const ends = command.type === 'solve' || command.type === 'escalate';
  if (ends && needsAssessment(state, stage, rules)) return { refused: { code: 'assessment_missing' } };
  switch (command.type) {
    case 'assess': {
      const { agent, assessment } = command;
      const assessed: Event = { type: 'assessed', agent, tier: stage.tier, assessment };
      return { events: [assessed, ...touched(state, stage, rules, now)] };
    }
    case 'ask': {
      const asked = ask(state, command, rules);
      return 'refused' in asked ? asked : { events: [...asked.events, ...touched(state, stage, rules, now)] };
    }
    case 'set-call':
    case 'offer-call':
    case 'cancel-call':
    case 'end-call':
      return decideAgentCall(state, stage, command, rules, now);
    case 'to-vendor':
      return { events: [toVendor(stage, command, now)] };
    case 'vendor-answered':
      return vendorAnswered(state, stage, command, rules, now);
    case 'reply':
      return { events: reply(state, stage, command, rules, now) };
    case 'escalate':
      return escalate(state, stage.tier, command, rules, now);
    case 'return-to-bot':
      return {
        events: [
          { type: 'returned-to-bot', agent: command.agent, idleAt: now + rules.limits.idleMs },
          tell(rules, state.language, 'returned-to-bot', { agent: command.agent.name }),
        ],
      };
    case 'solve': {
      const { agent, logbook, propose, followUpDays } = command;
      const until = now + rules.limits.confirmMs;
      const more = { ...(propose ? { propose } : {}), ...(followUpDays == null ? {} : { followUpDays }) };
      const solved: Event = { type: 'solved', agent, logbook, until, ...more };
      return { events: [solved, askToConfirm(rules, state.language)] };
    }
  }
}

function claim(
  state: Conversation,
  { agent, tier: wanted }: Extract<AgentCommand, { type: 'claim' }>,
  rules: Rules,
  now: number,
): Decided {
  const { stage } = state;
  switch (stage.kind) {
    case 'bot':
      return { refused: { code: 'not_open_to_people' } };
    case 'closed':
      return { refused: { code: 'closed' } };
    case 'solved':
      return { refused: { code: 'already_claimed', holder: stage.agent } };
    case 'claimed':
      if (stage.agent.id === agent.id) return { events: [] };
      return { refused: { code: 'already_claimed', holder: stage.agent } };
    case 'queued': {
      if (wanted !== undefined && wanted !== stage.tier) return { refused: { code: 'superseded' } };
      const tier = tierAt(ladderOf(rules, state), stage.tier);
      return {
        events: [
          {
            type: 'claimed',
            agent,
            leaseUntil: leaseUntil(tier, rules, now),
            solveBy: stage.solveBy ?? solveBy(tier, now),
          },
          tell(rules, state.language, 'claimed', { agent: agent.name, number: state.number }),
        ],
      };
    }
  }
}

/** Law 7: a note is an event of its own that no effect ever carries to a customer. */
function noted(state: Conversation, agent: Agent, text: string, rules: Rules, now: number): Event[] {
  const note: Event = { type: 'noted', agent, text };
  const { stage } = state;
  const holds = stage.kind === 'claimed' && stage.waiting === null && stage.agent.id === agent.id;
  return holds ? [note, ...touched(state, stage, rules, now)] : [note];
}

/** Whoever does something about a case has not fallen silent. */
function touched(state: Conversation, stage: ClaimedStage, rules: Rules, now: number): Event[] {
  if (stage.vendor !== null) return [{ type: 'vendor-awaited', vendor: { ...stage.vendor, reminded: 0 } }];
  if (stage.waiting !== null) return [];
  const call = pendingCall(stage.call);
  if (call !== null && call.answerBy === null) return [];
  const tier = tierAt(ladderOf(rules, state), stage.tier);
  return [{ type: 'lease-extended', leaseUntil: leaseUntil(tier, rules, now) }];
}

/** An expert's tier writes down its four answers first. */
function needsAssessment(state: Conversation, stage: ClaimedStage, rules: Rules): boolean {
  const tier = tierAt(ladderOf(rules, state), stage.tier);
  return tier.assess === true && state.assessment?.tier !== stage.tier;
}

/** Reminders closer together than this remind nobody. */
const leastVendorPauseMs = 60_000;

function toVendor(
  stage: ClaimedStage,
  { reference, remindAt: at }: Extract<AgentCommand, { type: 'to-vendor' }>,
  now: number,
): Event {
  const everyMs = Math.max(leastVendorPauseMs, at - now);
  const since = stage.vendor?.since ?? stage.waiting?.since ?? now;
  return {
    type: 'vendor-awaited',
    vendor: { reference, since, remindAt: now + everyMs, everyMs, reminded: 0 },
  };
}

/** The time that the vendor took does not count against the tier. */
function vendorAnswered(
  state: Conversation,
  stage: ClaimedStage,
  { agent, answer }: Extract<AgentCommand, { type: 'vendor-answered' }>,
  rules: Rules,
  now: number,
): Decided {
  if (stage.vendor === null) return { refused: { code: 'not_with_vendor' } };
  const tier = tierAt(ladderOf(rules, state), stage.tier);
  const hours = hoursOf(tier);
  const left = hours.between(stage.vendor.since, stage.solveBy);
  return {
    events: [
      {
        type: 'vendor-answered',
        agent,
        answer,
        leaseUntil: leaseUntil(tier, rules, now),
        solveBy: Math.max(stage.solveBy, hours.after(now, left)),
      },
    ],
  };
}

function reply(
  state: Conversation,
  stage: ClaimedStage,
  { agent, text, attachments = [] }: Extract<AgentCommand, { type: 'reply' }>,
  rules: Rules,
  now: number,
): Event[] {
  const since = stage.waiting?.since ?? now;
  const tier = tierAt(ladderOf(rules, state), stage.tier);
  const said = { type: 'said', from: 'agent', agent, options: [], sources: [] } as const;
  const words: Event[] = [
    ...(text === '' ? [] : [{ ...said, text }]),
    ...attachments.map((attachment): Event => ({ ...said, text: '', attachment })),
    ...(stage.vendor === null ? [] : touched(state, stage, rules, now)),
  ];
  if (stage.vendor !== null || pendingCall(stage.call) !== null) return words;
  return [
    ...words,
    { type: 'customer-awaited', waiting: { since, remindAt: remindAt(tier, rules, now), reminded: 0 } },
  ];
}

function escalate(
  state: Conversation,
  from: number,
  command: Extract<AgentCommand, { type: 'escalate' }>,
  rules: Rules,
  now: number,
): Decided {
  const tier = targetTier(from, command.tier, ladderOf(rules, state));
  if ('code' in tier) return { refused: tier };
  return {
    events: [
      {
        type: 'escalated',
        from,
        tier: tier.level,
        by: command.agent,
        reason: command.reason,
        acceptBy: acceptBy(tier, now),
        ...(command.logbook === undefined ? {} : { logbook: command.logbook }),
      },
      tell(rules, state.language, 'escalated', { number: state.number }),
      ...tellOpening(state.language, tier, rules, now),
    ],
  };
}

function targetTier(from: number, wanted: number | null, ladder: Tiers): Tier | Refusal {
  if (wanted === null) return tierAbove(ladder, from) ?? { code: 'no_higher_tier' };
  const tier = ladder.find(({ level }) => level === wanted);
  return tier !== undefined && tier.level > from ? tier : { code: 'no_such_tier' };
}
