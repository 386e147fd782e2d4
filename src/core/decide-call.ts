import type { CallRing, CallSetting, CallSide, PendingCall } from './call.ts';
import { noShowMs, pendingCall, ringBefore, ringDuring, soonMs } from './call.ts';
import type { CallCommand } from './call-command.ts';
import type { CallEvent } from './call-event.ts';
import type { Decided, Refusal } from './command.ts';
import type { ClaimedStage, Conversation } from './conversation.ts';
import type { Event } from './event.ts';
import type { Language } from './language.ts';
import { choices, type Media, type Option } from './message.ts';
import { momentLabel, momentWords } from './moment-words.ts';
import type { PhraseKey } from './phrase.ts';
import type { Rules } from './rules.ts';
import { hoursOf, ladderOf, leaseUntil, tierAt } from './rules.ts';
import { tell } from './step.ts';

type AgentsCommand = Extract<CallCommand, { agent: unknown }>;
type OthersCommand = Exclude<CallCommand, AgentsCommand>;

/** What the holder's wish for a call leads to. Whose case it is was decided before. */
export function decideAgentCall(
  state: Conversation,
  stage: ClaimedStage,
  command: AgentsCommand,
  rules: Rules,
  now: number,
): Decided {
  const { call } = stage;
  switch (command.type) {
    case 'set-call':
      return setCall(state, stage, command, rules, now);
    case 'offer-call': {
      if (rules.video !== true) return refused('no_video');
      if (call !== null && call.liveAt !== null) return refused('call_under_way');
      return { events: offer(state, stage, command, rules) };
    }
    case 'cancel-call': {
      if (call === null) return refused('no_call');
      if (call.liveAt !== null) return refused('call_under_way');
      const ended = endOf(state, stage, { outcome: 'cancelled', by: 'agent' }, rules, now);
      return { events: [...ended, ...tellCancelled(state, stage, 'call-cancelled-by-us', rules, now)] };
    }
    case 'end-call':
      return endCall(state, stage, command, rules, now);
  }
}

/** What the clock, the door and the plans have to say of a call. What comes too late does nothing. */
export function decideCall(state: Conversation, command: OthersCommand, rules: Rules, now: number): Decided {
  const { stage } = state;
  if (command.type === 'count-call') {
    const { call, minutes, left } = command;
    const words: Event[] =
      left === null || minutes === 0 ? [] : [tell(rules, state.language, 'call-counted', { minutes, left })];
    return { events: [{ type: 'call-counted', call, minutes, left }, ...words] };
  }
  if (command.type === 'send-calendar') return { events: [file(command.calendar)] };
  if (command.type === 'refuse-call') {
    const open = stage.kind === 'claimed' ? stage.call?.since === null : state.callWish !== null;
    if (!open) return { events: [] };
    return { events: [{ type: 'call-refused' }, tell(rules, state.language, 'call-no-minutes')] };
  }
  const call = stage.kind === 'claimed' ? pendingCall(stage.call) : null;
  if (stage.kind !== 'claimed' || call === null) return { events: [] };
  switch (command.type) {
    case 'call-seen':
      return { events: seen(stage, call, command, now) };
    case 'call-over':
      if (call.liveAt === null) return { events: [] };
      return { events: endOf(state, stage, { outcome: 'held', by: 'server' }, rules, now) };
    case 'decline-call': {
      const { wish, why } = command;
      const held = call.liveAt !== null;
      const how = held
        ? ({ outcome: 'held', by: 'customer' } as const)
        : ({ outcome: 'declined', by: 'customer', wish, why } as const);
      const key = wish === 'phone' ? 'call-declined-phone' : 'call-chat';
      return {
        events: [
          ...endOf(state, stage, how, rules, now),
          ...(held ? [] : [tell(rules, state.language, key)]),
        ],
      };
    }
  }
}

/** What a customer's message means for a call: an offered time, another one, none at all, or the wish for one. */
export function customerOnCall(
  state: Conversation,
  stage: ClaimedStage,
  { option, wishes }: { readonly option: string | null; readonly wishes: boolean },
  rules: Rules,
  now: number,
): Event[] {
  const { call } = stage;
  if (option === choices.callCancel) {
    if (call === null) return [tell(rules, state.language, 'call-chat')];
    if (call.liveAt !== null) return [];
    const key = call.since === null ? 'call-chat' : 'call-cancelled';
    return [
      ...endOf(state, stage, { outcome: 'cancelled', by: 'customer' }, rules, now),
      ...tellCancelled(state, stage, key, rules, now),
    ];
  }
  if (rules.video !== true || (call !== null && call.liveAt !== null)) return [];
  if (option === choices.callMove) return [{ type: 'call-times-wanted' }];
  const at = momentIn(option);
  if (at !== null) return at > now ? [{ type: 'call-time-chosen', at }] : [{ type: 'call-times-wanted' }];
  if (!wishes && option !== choices.call) return [];
  if (call !== null) return [];
  return [{ type: 'call-requested', by: 'customer' }, tell(rules, state.language, 'call-noted')];
}

/** The wish for a call of somebody who waits for a person. */
export function queuedForCall(
  state: Conversation,
  language: Language,
  by: 'customer' | 'bot',
  rules: Rules,
): Event[] {
  if (rules.video !== true || state.callWish !== null) return [];
  return [{ type: 'call-requested', by }, tell(rules, language, 'call-noted')];
}

/** What happens when a call's own time has come. */
export function ringCall(
  state: Conversation,
  stage: ClaimedStage,
  call: PendingCall,
  rules: Rules,
  now: number,
): Event[] {
  const { language } = state;
  switch (call.ring.what) {
    case 'day':
      return [
        { type: 'call-reminded', what: 'day', ring: { what: 'soon', at: call.startsAt - soonMs } },
        tell(rules, language, 'call-reminder', valuesOf(state, stage, call, now), moveOptions(state, rules)),
      ];
    case 'soon':
      return [
        { type: 'call-reminded', what: 'soon', ring: { what: 'missed', at: call.startsAt + noShowMs } },
        tell(rules, language, 'call-soon', valuesOf(state, stage, call, now), moveOptions(state, rules)),
      ];
    case 'missed':
      return missed(state, stage, call, rules, now);
    case 'empty':
    case 'over':
      return endOf(state, stage, { outcome: 'held', by: 'clock' }, rules, now);
  }
}

/**
 * The end of a call where a case leaves its agent, to go before what makes it leave.
 * @param handedOn whether other people go on with it, who see that a call was wished
 */
export function leaveCall(
  state: Conversation,
  stage: ClaimedStage,
  handedOn: boolean,
  rules: Rules,
  now: number,
): Event[] {
  const { call } = stage;
  if (call === null) return [];
  if (call.liveAt !== null) return endOf(state, stage, { outcome: 'held', by: 'agent' }, rules, now);
  const outcome = handedOn ? 'handed-on' : 'cancelled';
  const ended = endOf(state, stage, { outcome, by: 'agent' }, rules, now);
  if (call.since === null) return ended;
  const key = handedOn ? 'call-off' : 'call-cancelled-by-us';
  return [...ended, ...tellCancelled(state, stage, key, rules, now)];
}

function setCall(
  state: Conversation,
  stage: ClaimedStage,
  { agent, setting }: Extract<AgentsCommand, { type: 'set-call' }>,
  rules: Rules,
  now: number,
): Decided {
  if (rules.video !== true) return refused('no_video');
  const call = pendingCall(stage.call);
  const live = call !== null && call.liveAt !== null;
  if (setting.startsAt !== null && live) return refused('call_under_way');
  if (setting.startsAt !== null && setting.startsAt <= now) return refused('call_in_the_past');
  const startsAt = setting.startsAt ?? now;
  const { calendar, ...plain } = setting;
  const made = { ...plain, startsAt, agent, ...(calendar === undefined ? {} : { calendar }) };
  const soon = startsAt - soonMs <= now;
  const ring: CallRing = live ? ringDuring({ ...call, agent: 'in' }, now) : ringBefore(startsAt, now);
  const values = valuesOf(state, stage, { ...setting, startsAt }, now);
  const key: PhraseKey = live
    ? 'call-again'
    : setting.startsAt === null
      ? 'call-now'
      : call === null
        ? 'call-scheduled'
        : 'call-moved';
  const told = { ...values, file: calendar === undefined ? 'no' : 'yes' };
  const words = tell(rules, state.language, key, told, live ? [] : moveOptions(state, rules));
  const set: Event =
    soon || live ? { type: 'call-invited', ...made, ring } : { type: 'call-scheduled', ...made, ring };
  return { events: [set, ...(calendar === undefined ? [] : [file(calendar)]), words] };
}

function file(attachment: Media): Event {
  return { type: 'said', from: 'system', text: '', options: [], sources: [], attachment };
}

function offer(
  state: Conversation,
  stage: ClaimedStage,
  { agent, times, timeZone, guessed, taken }: Extract<AgentsCommand, { type: 'offer-call' }>,
  rules: Rules,
): Event[] {
  const { language } = state;
  const style = { language, timeZone, nameZone: false };
  const options: Option[] = times.map((at) => ({
    id: `${choices.callAt}${at}`,
    label: momentLabel(at, style),
  }));
  const zone = zoneWords(language, timeZone, times[0] ?? 0);
  const key: PhraseKey = times.length === 0 ? 'call-no-times' : taken ? 'call-time-taken' : 'call-times';
  const values = { agent: stage.agent.name, zone, guessed: guessed ? 'yes' : 'no' };
  const chat: Option = { id: choices.callCancel, label: rules.say(language, 'option-call-chat') };
  return [
    { type: 'call-times-offered', agent, times, timeZone },
    tell(rules, language, key, values, times.length === 0 ? [] : [...options, chat]),
  ];
}

function endCall(
  state: Conversation,
  stage: ClaimedStage,
  { agent, report, followUpDays }: Extract<AgentsCommand, { type: 'end-call' }>,
  rules: Rules,
  now: number,
): Decided {
  const live = stage.call?.liveAt != null;
  if (!live && state.lastCall?.outcome !== 'held') return refused('no_call');
  const events: Event[] = live
    ? endOf(state, stage, { outcome: 'held', by: 'agent' }, rules, now)
    : [...touch(state, stage, rules, now)];
  const { summary, advice } = report;
  if (summary === '' && advice === '' && followUpDays === null) return { events };
  events.push({ type: 'call-reported', agent, summary, advice, followUpDays });
  const parts = [
    summary === '' ? '' : rules.say(state.language, 'call-summary', { text: summary }),
    advice === '' ? '' : rules.say(state.language, 'call-advice', { text: advice }),
  ];
  const text = parts.filter((part) => part !== '').join('\n\n');
  if (text !== '') events.push({ type: 'said', from: 'agent', agent, text, options: [], sources: [] });
  return { events };
}

function touch(state: Conversation, stage: ClaimedStage, rules: Rules, now: number): Event[] {
  if (stage.vendor !== null || stage.waiting !== null || stage.call !== null) return [];
  const tier = tierAt(ladderOf(rules, state), stage.tier);
  return [{ type: 'lease-extended', leaseUntil: leaseUntil(tier, rules, now) }];
}

function seen(
  stage: ClaimedStage,
  call: PendingCall,
  { who, what, checks }: Extract<CallCommand, { type: 'call-seen' }>,
  now: number,
): Event[] {
  if (what === 'waiting') return who === null ? [] : [{ type: 'call-waiting', who, checks }];
  const one: CallSide | null = who ?? (call.agent === 'in' ? 'agent' : 'customer');
  // Of two it is not known which of them left: one is still there.
  if (who === null && call.agent === 'in' && call.customer === 'in') return [];
  if (what === 'entered') {
    if (call[one] === 'in') return [];
    const after = { ...call, [one]: 'in' };
    return [{ type: 'call-entered', who: one, ring: ringDuring(after, now) }];
  }
  if (call[one] === 'away' || stage.call === null) return [];
  const after = { ...call, [one]: 'away' };
  return [{ type: 'call-left', who: one, ring: ringDuring(after, now) }];
}

/** Somebody has not come: the customer is asked what they want instead; an agent who does not come loses the case. */
function missed(
  state: Conversation,
  stage: ClaimedStage,
  call: PendingCall,
  rules: Rules,
  now: number,
): Event[] {
  const { language } = state;
  const missing = call.customer === 'away' ? (call.agent === 'away' ? 'both' : 'customer') : 'agent';
  const ended = endOf(state, stage, { outcome: 'missed', by: 'clock', missing }, rules, now);
  const options = [
    { id: choices.callMove, label: rules.say(language, 'option-call-again') },
    { id: choices.callCancel, label: rules.say(language, 'option-call-chat') },
  ];
  const values = { agent: stage.agent.name, number: state.number };
  if (missing === 'agent') return [...ended, tell(rules, language, 'call-missed-by-us', values)];
  const tier = tierAt(ladderOf(rules, state), stage.tier);
  const waiting = { since: now, remindAt: hoursOf(tier).opensAt(now + rules.limits.remindMs), reminded: 0 };
  return [
    ...ended,
    ...(stage.vendor === null ? [{ type: 'customer-awaited', waiting } as const] : []),
    tell(rules, language, 'call-missed', values, options),
  ];
}

type Ending = Pick<Extract<CallEvent, { type: 'call-ended' }>, 'outcome' | 'by' | 'missing' | 'wish' | 'why'>;

/** The end of a call: the time that the case waited for it does not count against the tier. */
function endOf(state: Conversation, stage: ClaimedStage, ending: Ending, rules: Rules, now: number): Event[] {
  const { call, agent } = stage;
  if (call === null) return [];
  const endedAt = ending.outcome === 'held' ? (call.emptyAt ?? now) : now;
  const ended = { type: 'call-ended', call, agent, endedAt, ...ending } as const;
  if (call.since === null) return [ended];
  const tier = tierAt(ladderOf(rules, state), stage.tier);
  const hours = hoursOf(tier);
  const lease = leaseUntil(tier, rules, now);
  const left = hours.between(call.since, stage.solveBy);
  return [
    { ...ended, leaseUntil: lease, solveBy: Math.max(stage.solveBy, hours.after(now, left), lease + 1) },
  ];
}

/** Tells that a call is off; where one had a file for the calendar, the words are all there is. */
function tellCancelled(
  state: Conversation,
  stage: ClaimedStage,
  key: PhraseKey,
  rules: Rules,
  now: number,
): Event[] {
  const { call } = stage;
  if (call === null) return [];
  const options =
    key === 'call-cancelled' || key === 'call-cancelled-by-us'
      ? [{ id: choices.callMove, label: rules.say(state.language, 'option-call-again') }]
      : [];
  return [tell(rules, state.language, key, valuesOf(state, stage, call, now), options)];
}

function valuesOf(
  state: Conversation,
  stage: ClaimedStage,
  call: Pick<CallSetting, 'startsAt' | 'links'> & { readonly timeZone: string | null },
  now: number,
) {
  const { startsAt, timeZone, links } = call;
  const style = { language: state.language, timeZone: timeZone ?? 'UTC', nameZone: true };
  return {
    agent: stage.agent.name,
    number: state.number,
    when: momentWords(startsAt ?? now, now, style),
    url: links.find(({ who }) => who === 'customer')?.url ?? '',
  };
}

function moveOptions({ language }: Conversation, rules: Rules): Option[] {
  return [
    { id: choices.callMove, label: rules.say(language, 'option-call-move') },
    { id: choices.callCancel, label: rules.say(language, 'option-call-cancel') },
  ];
}

/** A time zone as people call it: `hora de Ciudad de México`. */
function zoneWords(language: Conversation['language'], timeZone: string, at: number): string {
  const locale = { es: 'es-419', en: 'en', pt: 'pt-BR' }[language];
  const parts = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: 'longGeneric' }).formatToParts(at);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? timeZone;
}

function momentIn(option: string | null): number | null {
  if (option === null || !option.startsWith(choices.callAt)) return null;
  const at = Number(option.slice(choices.callAt.length));
  return Number.isSafeInteger(at) ? at : null;
}

function refused(code: Refusal['code']): Decided {
  return { refused: { code } };
}
