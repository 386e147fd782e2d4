import { pendingCall } from './call.ts';
import type { Command, Decided, Meaning } from './command.ts';
import type {
  ClaimedStage,
  ClosedStage,
  Conversation,
  QueuedStage,
  SolvedStage,
  VendorWait,
} from './conversation.ts';
import { customerOnCall, queuedForCall } from './decide-call.ts';
import type { Event } from './event.ts';
import { choices } from './message.ts';
import { decideWaiting, offerWaiting } from './outside-hours.ts';
import { peopleAnswer } from './people-elsewhere.ts';
import type { Rules } from './rules.ts';
import { acceptBy, brandOf, hoursOf, ladderOf, leaseUntil, solveBy, tierAbove, tierAt } from './rules.ts';
import { askToRate, closeOrFollow, tell } from './step.ts';

type Receive = Extract<Command, { type: 'receive' }>;

/**
 * What a customer's message leads to. It is always stored; the stage decides who gets it.
 * @throws Error when the message starts a conversation and `command.start` is null
 */
export function decideCustomer(
  state: Conversation | null,
  command: Receive,
  rules: Rules,
  now: number,
): Decided {
  const turnDue: Event = { type: 'turn-due', attempt: 1, dueAt: now + rules.limits.turnMs };
  if (state !== null && !speaks(command)) return { events: gestureOf(state, command, turnDue) };
  const wrote = wroteOf(command, state);
  if (wrote === null) return { events: [] };
  if (state === null) {
    if (command.start === null) throw new Error('a first message needs a number for its conversation');
    const { ordinal, number, language } = command.start;
    const { address, answer } = command.message;
    const idleAt = now + rules.limits.idleMs;
    const brand = brandOf(rules, address);
    const named = brand === null ? {} : { brand };
    const started: Event = { type: 'started', ordinal, number, address, language, ...named, idleAt };
    return {
      events: [
        started,
        wrote,
        answer === undefined ? turnDue : tell(rules, language, answer.key, answer.values),
      ],
    };
  }
  const { answer } = command.message;
  if (answer !== undefined)
    return { events: [wrote, tell(rules, state.language, answer.key, answer.values)] };
  const { stage } = state;
  switch (stage.kind) {
    case 'bot':
      return { events: [wrote, turnDue] };
    case 'queued':
      return {
        events: [
          wrote,
          ...decideWaiting(state, stage, waitAnswer(stage, command), rules, now),
          ...(wishesCall(command) ? queuedForCall(state, state.language, 'customer', rules) : []),
        ],
      };
    case 'claimed': {
      const onCall = customerOnCall(state, stage, callAnswer(stage, command), rules, now);
      // What Relevo itself answers obliges nobody.
      const settled = onCall.length > 0 && pendingCall(stage.call) !== null;
      return { events: [wrote, ...(settled ? [] : customerAnswered(state, stage, rules, now)), ...onCall] };
    }
    case 'solved':
      return { events: afterSolution(state, stage, command, wrote, rules, now) };
    case 'closed':
      return { events: afterClose(state, stage, command, wrote, rules, now) };
  }
}

/**
 * Whether a message to this conversation opens a new one instead: it was closed too long ago, or its channel is another
 * company's by now.
 * @param now epoch milliseconds
 */
export function isOver(state: Conversation, rules: Rules, now: number): boolean {
  if (state.stage.kind !== 'closed') return false;
  return (
    now - state.stage.at > rules.limits.reopenMs || (state.brand ?? null) !== brandOf(rules, state.address)
  );
}

/** A customer who writes while the vendor is awaited is answered as soon as a lease would have it. */
function sooner(state: Conversation, vendor: VendorWait, level: number, rules: Rules, now: number): Event {
  const tier = tierAt(ladderOf(rules, state), level);
  const remindAt = Math.min(vendor.remindAt, leaseUntil(tier, rules, now));
  return { type: 'vendor-awaited', vendor: { ...vendor, remindAt } };
}

/** The time that the customer took does not count against the tier. */
function customerAnswered(state: Conversation, stage: ClaimedStage, rules: Rules, now: number): Event[] {
  if (stage.vendor !== null) return [sooner(state, stage.vendor, stage.tier, rules, now)];
  const call = pendingCall(stage.call);
  if (call !== null && call.answerBy !== null) return [];
  if (call === null && stage.waiting === null) return [];
  const tier = tierAt(ladderOf(rules, state), stage.tier);
  if (stage.waiting === null) {
    return [{ type: 'lease-extended', leaseUntil: leaseUntil(tier, rules, now) }];
  }
  const hours = hoursOf(tier);
  const leftMs = hours.between(stage.waiting.since, stage.solveBy);
  return [
    {
      type: 'customer-answered',
      leaseUntil: leaseUntil(tier, rules, now),
      solveBy: Math.max(stage.solveBy, hours.after(now, leftMs)),
    },
  ];
}

function afterSolution(
  state: Conversation,
  stage: SolvedStage,
  command: Receive,
  wrote: Event,
  rules: Rules,
  now: number,
): Event[] {
  const meaning = meaningOf(command);
  if (stage.step === 'confirm') {
    if (saysYes(meaning)) {
      const until = now + rules.limits.rateMs;
      return [wrote, { type: 'solution-confirmed', until }, askToRate(state, rules)];
    }
    const wish = wishesCall(command) && rules.video === true;
    return [
      wrote,
      ...refused(state, stage, rules, now),
      ...(wish ? [{ type: 'call-requested', by: 'customer' } as const] : []),
    ];
  }
  const close: Event = { type: 'closed', outcome: { how: 'confirmed', by: 'person' } };
  if (stage.step === 'followed') {
    if (saysYes(meaning)) return [wrote, close, tell(rules, state.language, 'all-well')];
    return [wrote, close, ...reopen(state, rules, now)];
  }
  if (meaning?.kind === 'rating' && state.stars === null) {
    const thanks = tell(rules, state.language, 'rated-thanks');
    const rated: Event = { type: 'rated', stars: meaning.stars };
    const rest = stage.step === 'later' ? [] : closeOrFollow(state, stage, true, rules, now);
    return [wrote, rated, ...rest, thanks];
  }
  // A bare "no" to "would you rate us?" declines politely; it is no complaint.
  if (meaning !== null) return [wrote];
  return [wrote, close, ...reopen(state, rules, now)];
}

/** Where options are numbered lines, "1" is the first of the two answers: yes. */
function saysYes(meaning: ReturnType<typeof meaningOf>): boolean {
  if (meaning === null) return false;
  return meaning.kind === 'rating' ? meaning.stars === 1 : meaning.kind !== 'no';
}

function refused(state: Conversation, stage: SolvedStage, rules: Rules, now: number): Event[] {
  const tier = tierAt(ladderOf(rules, state), stage.tier);
  return [
    {
      type: 'solution-refused',
      leaseUntil: leaseUntil(tier, rules, now),
      solveBy: solveBy(tier, now),
    },
    tell(rules, state.language, 'not-solved', { agent: stage.agent.name }),
  ];
}

function afterClose(
  state: Conversation,
  stage: ClosedStage,
  command: Receive,
  wrote: Event,
  rules: Rules,
  now: number,
): Event[] {
  const meaning = meaningOf(command);
  if (meaning?.kind === 'rating' && stage.outcome.by === 'person') {
    const thanks = tell(rules, state.language, 'rated-thanks');
    return state.stars === null ? [wrote, { type: 'rated', stars: meaning.stars }, thanks] : [wrote];
  }
  if (meaning?.kind === 'thanks') return [wrote];
  const here = { ...state, reach: command.message.via ?? state.address };
  if (state.lastTier !== null && peopleAnswer(here, rules)) return [wrote, ...reopen(state, rules, now)];
  return [
    { type: 'reopened', to: 'bot', idleAt: now + rules.limits.idleMs },
    wrote,
    { type: 'turn-due', attempt: 1, dueAt: now + rules.limits.turnMs },
  ];
}

/** Back to the last tier; from the second time on, one tier up. */
function reopen(state: Conversation, rules: Rules, now: number): Event[] {
  const ladder = ladderOf(rules, state);
  const last = tierAt(ladder, state.lastTier ?? 0);
  const tier = state.reopenings === 0 ? last : (tierAbove(ladder, last.level) ?? last);
  return [
    { type: 'reopened', to: 'tier', tier: tier.level, acceptBy: acceptBy(tier, now) },
    tell(rules, state.language, 'reopened', { number: state.number }),
    ...offerWaiting(state.language, tier, rules, now),
  ];
}

/** Whether the customer says something new, which moves the conversation. */
function speaks({ message }: Receive): boolean {
  return message.gesture.kind === 'message' && message.bystander === undefined;
}

/** What is recorded of a gesture about a message before, or of somebody in copy. Only an unanswered question changes by it. */
function gestureOf(state: Conversation, { message }: Receive, turnDue: Event): Event[] {
  const { gesture, externalId, bystander, unverified } = message;
  if (gesture.kind === 'message') {
    const { content } = gesture;
    const who = bystander ?? '';
    return [{ type: 'bystander-wrote', externalId, who, content, ...(unverified ? { unverified } : {}) }];
  }
  const { of } = gesture;
  const pending = state.stage.kind === 'bot' && state.pending.some((one) => one.externalId === of);
  switch (gesture.kind) {
    case 'edit': {
      const edited: Event = { type: 'customer-edited', of, content: gesture.content };
      return pending ? [edited, turnDue] : [edited];
    }
    case 'deletion': {
      const deleted: Event = { type: 'customer-deleted', of };
      return pending && state.pending.some((one) => one.externalId !== of) ? [deleted, turnDue] : [deleted];
    }
    case 'reaction':
      return [{ type: 'customer-reacted', of, emoji: gesture.emoji }];
  }
}

/** The message as the log keeps it; null when there is none: a gesture about a message that was never seen here. */
function wroteOf({ message }: Receive, state: Conversation | null): Event | null {
  const { externalId, gesture, via, customerName, subject, replyTo, unverified, timeZone } = message;
  if (gesture.kind === 'deletion' || gesture.kind === 'reaction') return null;
  return {
    type: 'customer-wrote',
    externalId: gesture.kind === 'edit' ? gesture.of : externalId,
    content: gesture.content,
    ...(via === undefined ? {} : { via }),
    ...(customerName === undefined ? {} : { customerName }),
    ...(subject === undefined ? {} : { subject }),
    ...(replyTo === undefined ? {} : { replyTo }),
    ...(unverified === undefined ? {} : { unverified }),
    ...(timeZone === undefined || timeZone === state?.timeZone ? {} : { timeZone }),
    ...(message.answer === undefined ? {} : { answered: true }),
  };
}

/** Where options are numbered lines, "2" is the second of those that were offered last. */
function waitAnswer({ choice }: QueuedStage, { message, meaning }: Receive) {
  const { gesture } = message;
  const content = gesture.kind === 'message' ? gesture.content : null;
  if (content?.kind === 'choice') return { option: content.option, text: null };
  const numbered = meaning?.kind === 'rating' ? choice?.options[meaning.stars - 1] : undefined;
  return { option: numbered ?? null, text: content?.kind === 'text' ? content.text : null };
}

/** The same of what an agent's customer was offered, and whether they wish a call. */
function callAnswer({ options }: ClaimedStage, command: Receive) {
  const { gesture } = command.message;
  const content = gesture.kind === 'message' ? gesture.content : null;
  const wishes = wishesCall(command);
  if (content?.kind === 'choice') return { option: content.option, wishes };
  const numbered = command.meaning?.kind === 'rating' ? options[command.meaning.stars - 1] : undefined;
  return { option: numbered ?? null, wishes };
}

function wishesCall({ message, meaning }: Receive): boolean {
  const content = message.gesture.kind === 'message' ? message.gesture.content : null;
  return meaning?.kind === 'call' || (content?.kind === 'choice' && content.option === choices.call);
}

/** A tapped button, its number and its words mean the same. */
function meaningOf(command: Receive): Exclude<Meaning, { kind: 'call' }> | null {
  const { gesture } = command.message;
  const content = gesture.kind === 'message' ? gesture.content : null;
  if (content?.kind !== 'choice') return command.meaning?.kind === 'call' ? null : command.meaning;
  if (content.option === choices.solvedYes) return { kind: 'yes' };
  if (content.option === choices.solvedNo) return { kind: 'no' };
  const stars = /^rate-([1-5])$/u.exec(content.option)?.[1];
  return stars === undefined ? null : { kind: 'rating', stars: Number(stars) };
}
