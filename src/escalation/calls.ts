import type { Logger } from 'pino';
import type { Call, CallLink, CallSetting, CallSide } from '../core/call.ts';
import { countedMinutes, pendingCall, soonMs } from '../core/call.ts';
import type { CallCommand } from '../core/call-command.ts';
import type { Clock } from '../core/clock.ts';
import type { Refusal } from '../core/command.ts';
import type { Agent, ClaimedStage, Conversation } from '../core/conversation.ts';
import type { Commit, Event } from '../core/event.ts';
import { secretHash } from '../core/ids.ts';
import type { Address, Media } from '../core/message.ts';
import { hoursOf, ladderOf, type Rules, tierAt } from '../core/rules.ts';
import type { Conversations } from '../store/conversations.ts';
import type { Cursors } from '../store/cursors.ts';
import type { Invited } from '../video/invitations.ts';
import { createCallBookings } from './call-bookings.ts';
import { calendarOf } from './call-calendar.ts';
import { createCallMinutes } from './call-minutes.ts';
import { callLengthMs, freeTimes, isFree } from './calls-times.ts';
import type { CallAction } from './case-view.ts';
import { zoneOfCustomer } from './customer-zone.ts';

/** The way into calls, as the case needs it. */
export interface CallDoor {
  /** Makes a one-time link for one person. @returns its address, which is shown this once */
  issue(invited: Invited): Promise<{ readonly id: string; readonly url: string }>;
  /** Draws the name of a room. */
  newRoom(): string;
  /** Takes an invitation back; twice is fine. */
  cancel(invitation: string): Promise<void>;
}

/** What calls are made of. */
export interface CallsDeps {
  readonly conversations: Pick<Conversations, 'handle' | 'peek'>;
  readonly cursors: Pick<Cursors, 'get' | 'replace'>;
  readonly door: CallDoor;
  /** The phone number of a customer whom a channel names by it; null: not known. */
  readonly phoneOf: (address: Address) => string | null;
  /** Keeps an appointment as a file of a conversation, where its channel takes such files; null where it does not. */
  readonly keepCalendar: (text: string, state: Conversation) => Promise<Media | null>;
  readonly rules: () => Rules;
  readonly clock: Clock;
  readonly log: Logger;
}

/** A call that is to be, and what to do once it is known whether it will be. */
export interface Prepared {
  readonly command: CallCommand;
  /** It was carried out, or not. */
  settle(done: boolean): Promise<void>;
}

/** What calls need outside their conversations: times, bookings, links, minutes. */
export interface Calls {
  /** What an agent's wish for a call leads to, with everything made that it needs. */
  prepare(
    state: Conversation,
    agent: Agent,
    action: CallAction,
  ): Promise<Prepared | { readonly refused: Refusal }>;
  /** Does what a commit's event at a place asks for. Doing it again is harmless. */
  attend(commit: Commit, event: number): Promise<void>;
}

/** Options under one message: so many can be chosen by number on every channel, with one to go on in words. */
const timesOffered = 4;

/** Links let nobody in that long after the beginning. */
const openMs = 60 * 60_000;

/** Makes and books calls. Nothing of it is lost by a crash: what a conversation asks for is done by its effects. */
export function createCalls(deps: CallsDeps): Calls {
  const { conversations, door, rules, clock, log } = deps;
  const bookings = createCallBookings(deps);
  const minutes = createCallMinutes(deps.cursors);

  function tierOf(state: Conversation, stage: ClaimedStage) {
    return tierAt(ladderOf(rules(), state), stage.tier);
  }

  function zoneOf(state: Conversation, stage: ClaimedStage) {
    const { timeZone } = hoursOf(tierOf(state, stage));
    return zoneOfCustomer(state, deps.phoneOf(state.reach), timeZone, clock.now());
  }

  /** Minutes that a customer's plan has left; null: it sets no limit. */
  async function minutesLeft(state: Conversation): Promise<number | null> {
    const limit = rules().videoMinutesOf?.(state) ?? null;
    if (limit === null) return null;
    return Math.max(0, limit - (await minutes.used(state.address, clock.now())));
  }

  /** Everything that a call at a time needs: a booking, a room, a link for each, a file for the calendar. */
  async function agree(
    state: Conversation,
    stage: ClaimedStage,
    startsAt: number | null,
  ): Promise<Prepared | { readonly refused: Refusal }> {
    if ((await minutesLeft(state)) === 0) return { refused: { code: 'no_call_minutes' } };
    const now = clock.now();
    const from = startsAt ?? now;
    const { agent, call } = stage;
    const span = { from, until: from + callLengthMs };
    if (!(await bookings.book(agent.id, state.id, span, startsAt === null))) {
      return { refused: { code: 'call_overlaps' } };
    }
    const room = call?.room ?? door.newRoom();
    const links = await issue(state, agent, room, from);
    const { timeZone } = zoneOf(state, stage);
    const calendar = startsAt === null ? null : await appointment(state, stage, { startsAt, room, links });
    const setting: CallSetting = {
      startsAt,
      room,
      links,
      timeZone,
      ...(calendar === null ? {} : { calendar }),
    };
    const before = pendingCall(call);
    return {
      command: { type: 'set-call', agent, setting },
      async settle(done) {
        await cancel(done ? (call?.links ?? []) : links);
        if (done) return;
        if (before === null) await bookings.release(agent.id, state.id);
        else await book(agent, state.id, before.startsAt);
      },
    };
  }

  async function book(agent: Agent, conversation: string, from: number): Promise<void> {
    await bookings.book(agent.id, conversation, { from, until: from + callLengthMs }, true);
  }

  async function issue(
    { id, customerName }: Conversation,
    agent: Agent,
    room: string,
    from: number,
  ): Promise<CallLink[]> {
    const sides: readonly [CallSide, string | null][] = [
      ['agent', agent.name],
      ['customer', customerName],
    ];
    return Promise.all(
      sides.map(async ([who, name]) => {
        const times = { opensAt: from - soonMs, closesAt: from + openMs };
        const invited = await door.issue({ conversationId: id, room, role: who, name, ...times });
        return { who, invitation: invited.id, url: invited.url };
      }),
    );
  }

  async function cancel(links: readonly CallLink[]): Promise<void> {
    await Promise.all(links.map(({ invitation }) => door.cancel(invitation)));
  }

  function appointment(
    state: Conversation,
    { call, agent }: ClaimedStage,
    { startsAt, room, links }: { startsAt: number; room: string; links: readonly CallLink[] },
  ): Promise<Media | null> {
    const text = calendarOf({
      call: nameOf(room),
      sequence: call?.settings ?? 0,
      startsAt,
      number: state.number,
      agent: agent.name,
      url: links.find(({ who }) => who === 'customer')?.url ?? null,
      language: state.language,
      cancelled: false,
    });
    return deps.keepCalendar(text, state);
  }

  async function offer(
    state: Conversation,
    stage: ClaimedStage,
    taken: boolean,
  ): Promise<Extract<CallCommand, { type: 'offer-call' }>> {
    const now = clock.now();
    const { timeZone, guessed } = zoneOf(state, stage);
    const booked = await bookings.besides(stage.agent.id, state.id);
    const hours = hoursOf(tierOf(state, stage));
    const times = freeTimes(hours, booked, { now, timeZone, count: timesOffered });
    return { type: 'offer-call', agent: stage.agent, times, timeZone, guessed, taken };
  }

  async function prepare(state: Conversation, agent: Agent, action: CallAction) {
    const plain = (command: CallCommand): Prepared => ({ command, settle: async () => undefined });
    const { stage } = state;
    switch (action.type) {
      case 'cancel-call':
        return plain({ type: 'cancel-call', agent });
      case 'end-call': {
        const { summary, advice, followUpDays } = action;
        return plain({ type: 'end-call', agent, report: { summary, advice }, followUpDays });
      }
      case 'offer-call-times':
      case 'call':
        if (rules().video !== true) return { refused: { code: 'no_video' } as const };
        if (stage.kind !== 'claimed') return { refused: { code: 'not_claimed' } as const };
        if (stage.agent.id !== agent.id) {
          return { refused: { code: 'not_yours', holder: stage.agent } as const };
        }
        if (action.type === 'call') return await agree(state, stage, action.at);
        if ((await minutesLeft(state)) === 0) return { refused: { code: 'no_call_minutes' } as const };
        return plain(await offer(state, stage, false));
    }
  }

  /** The customer chose a time: it is booked, or others are offered. */
  async function chosen(commit: Commit, at: number): Promise<void> {
    const state = (await conversations.peek(commit.conversation, commit.seq))?.state;
    const stage = state?.stage;
    if (state === undefined || stage?.kind !== 'claimed' || stage.call?.chosen !== at) return;
    const by = { kind: 'clock' } as const;
    const key = `call/${commit.conversation}/${commit.seq}`;
    const booked = await bookings.besides(stage.agent.id, state.id);
    const free = at > clock.now() && isFree(hoursOf(tierOf(state, stage)), booked, at);
    const prepared = free ? await agree(state, stage, at) : null;
    if (prepared !== null && !('refused' in prepared)) {
      const handled = await conversations.handle(commit.conversation, prepared.command, by, key);
      return await prepared.settle(handled.kind === 'done');
    }
    const none = prepared !== null && prepared.refused.code === 'no_call_minutes';
    const command: CallCommand = none ? { type: 'refuse-call' } : await offer(state, stage, true);
    await conversations.handle(commit.conversation, command, by, key);
  }

  async function wanted(commit: Commit): Promise<void> {
    const state = (await conversations.peek(commit.conversation, commit.seq))?.state;
    if (state?.stage.kind !== 'claimed' || state.stage.call === null) return;
    const none = (await minutesLeft(state)) === 0;
    const command: CallCommand = none ? { type: 'refuse-call' } : await offer(state, state.stage, false);
    const key = `call/${commit.conversation}/${commit.seq}`;
    await conversations.handle(commit.conversation, command, { kind: 'clock' }, key);
  }

  async function requested(commit: Commit): Promise<void> {
    const state = (await conversations.peek(commit.conversation, commit.seq))?.state;
    if (state === undefined || (await minutesLeft(state)) !== 0) return;
    await conversations.handle(commit.conversation, { type: 'refuse-call' }, { kind: 'clock' });
  }

  async function ended(commit: Commit, event: Extract<Event, { type: 'call-ended' }>): Promise<void> {
    const { call, agent, outcome } = event;
    await bookings.release(agent.id, commit.conversation);
    await cancel(call.links);
    const state = (await conversations.peek(commit.conversation, commit.seq))?.state;
    if (state === undefined) return;
    if (outcome === 'held') await count(commit, state, event);
    else await takeBack(commit, state, event);
  }

  async function count(
    commit: Commit,
    state: Conversation,
    { call, endedAt, by }: Extract<Event, { type: 'call-ended' }>,
  ): Promise<void> {
    const limit = rules().videoMinutesOf?.(state) ?? null;
    // Where nobody knows when it ended, nothing is counted.
    const known = by !== 'clock' || call.emptyAt !== null;
    const spent = known && call.liveAt !== null ? countedMinutes(endedAt - call.liveAt) : 0;
    const used = await minutes.count(state.address, call.id, spent, endedAt);
    const left = limit === null ? null : Math.max(0, limit - used);
    const command = { type: 'count-call', call: call.id, minutes: spent, left } as const;
    const key = `call/${commit.conversation}/${commit.seq}/counted`;
    await conversations.handle(commit.conversation, command, { kind: 'clock' }, key);
  }

  /** Who has the appointment in a calendar has it taken out there. */
  async function takeBack(
    commit: Commit,
    state: Conversation,
    { call, agent }: Extract<Event, { type: 'call-ended' }>,
  ): Promise<void> {
    if (!isAppointment(call)) return;
    const text = calendarOf({
      call: nameOf(call.room),
      sequence: call.settings,
      startsAt: call.startsAt,
      number: state.number,
      agent: agent.name,
      url: null,
      language: state.language,
      cancelled: true,
    });
    const calendar = await deps.keepCalendar(text, state);
    if (calendar === null) return;
    const key = `call/${commit.conversation}/${commit.seq}/calendar`;
    const command = { type: 'send-calendar', calendar } as const;
    await conversations.handle(commit.conversation, command, { kind: 'clock' }, key);
  }

  return {
    prepare,
    async attend(commit, place) {
      const event = commit.events[place];
      log.debug({ conversation: commit.conversation, event: event?.type }, 'a call asks for something');
      switch (event?.type) {
        case 'call-requested':
          return await requested(commit);
        case 'call-times-wanted':
          return await wanted(commit);
        case 'call-time-chosen':
          return await chosen(commit, event.at);
        case 'call-ended':
          return await ended(commit, event);
        default:
      }
    },
  };
}

function isAppointment(call: Call): call is Call & { readonly startsAt: number; readonly room: string } {
  return call.calendar && call.startsAt !== null && call.room !== null;
}

/** A call for calendars, the same however often it is moved. The room itself is nobody's business. */
function nameOf(room: string): string {
  return secretHash(room).slice(0, 32);
}
