import { beforeEach, describe, expect, test } from 'vitest';
import type { Conversation } from '../../src/core/conversation.ts';
import { deadlineOf } from '../../src/core/conversation.ts';
import type { Commit } from '../../src/core/event.ts';
import type { Media } from '../../src/core/message.ts';
import type { Rules } from '../../src/core/rules.ts';
import { createCallBookings } from '../../src/escalation/call-bookings.ts';
import { type Calls, createCalls } from '../../src/escalation/calls.ts';
import { createMemoryStore } from '../../src/simulation/memory-store.ts';
import { createConversations } from '../../src/store/conversations.ts';
import { rules as usual } from '../core/rules.ts';
import { silentLog } from '../log.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
const ana = { id: 'ana', name: 'Ana' };
const luis = { id: 'luis', name: 'Luis' };

/** What is remembered, written only where the old value is still there. */
function memoryCursors() {
  const values = new Map<string, string>();
  return {
    get: async (name: string) => values.get(name) ?? null,
    async replace(name: string, from: string | null, to: string) {
      await Promise.resolve();
      if ((values.get(name) ?? null) !== from) return false;
      values.set(name, to);
      return true;
    },
  };
}

/** Cases with calls, everything outside in memory; what commits ask for is done at once. */
function openWorld(change: Partial<Rules> = {}) {
  const rules: Rules = { ...usual, video: true, ...change };
  const clock = { at: Date.UTC(2026, 5, 1, 9, 0), now: () => clock.at };
  const { log } = createMemoryStore();
  const asked: Commit[] = [];
  const issued = new Map<string, { room: string; cancelled: boolean; opensAt: number }>();
  const calendars: string[] = [];
  const cursors = memoryCursors();
  let drawn = 0;
  const conversations = createConversations({
    log,
    clock,
    rules: () => rules,
    readMeaning: () => null,
    defaultLanguage: 'es',
    onCommit: (commit) => {
      if (commit.effects.some(({ kind }) => kind === 'call')) asked.push(commit);
    },
  });
  const calls: Calls = createCalls({
    conversations,
    cursors,
    door: {
      async issue({ room, role, opensAt }) {
        drawn += 1;
        const id = `${role}-${drawn}`;
        issued.set(id, { room, cancelled: false, opensAt });
        return { id, url: `http://localhost:3000/v/${id}` };
      },
      newRoom() {
        drawn += 1;
        return `room-${drawn}`;
      },
      async cancel(id) {
        const found = issued.get(id);
        if (found) found.cancelled = true;
      },
    },
    phoneOf: () => null,
    async keepCalendar(text): Promise<Media> {
      calendars.push(text);
      return { id: `${calendars.length}`, kind: 'document', name: 'relevo.ics' };
    },
    rules: () => rules,
    clock,
    log: silentLog,
  });

  async function attend(): Promise<void> {
    for (let commit = asked.shift(); commit !== undefined; commit = asked.shift()) {
      for (const effect of commit.effects) {
        // A crash between the doing and the taking down of it: it is done again.
        for (let time = 0; time < 2; time += 1)
          if (effect.kind === 'call') await calls.attend(commit, effect.event);
      }
    }
  }

  let written = 0;
  async function writes(user: string, option: string): Promise<string> {
    written += 1;
    const { conversation } = await conversations.receive({
      key: `test/${written}`,
      externalId: `${written}`,
      address: { channel: 'test', account: 'a', user },
      gesture: { kind: 'message', content: { kind: 'choice', option } },
    });
    await attend();
    return conversation;
  }

  async function stateOf(id: string): Promise<Conversation> {
    const state = (await conversations.peek(id, 0))?.state;
    if (state === undefined) throw new Error(`no ${id}`);
    return state;
  }

  /** A case of somebody's, taken by an agent. */
  async function claimed(user: string, agent = ana): Promise<string> {
    const id = await writes(user, 'hola');
    const { stage } = await stateOf(id);
    const throughSeq = stage.kind === 'bot' ? (stage.turn?.throughSeq ?? 0) : 0;
    await conversations.handle(
      id,
      {
        type: 'bot-turn',
        throughSeq,
        decision: {
          language: 'es',
          say: [],
          action: { kind: 'hand-over', reason: 'asked', call: 'customer' },
          memory: null,
          outcome: { kind: 'asked-person' },
          intake: null,
        },
      },
      { kind: 'bot' },
    );
    await attend();
    await conversations.handle(id, { type: 'claim', agent }, { kind: 'agent', agent });
    return id;
  }

  async function acts(id: string, agent: typeof ana, action: Parameters<Calls['prepare']>[2]) {
    const prepared = await calls.prepare(await stateOf(id), agent, action);
    if ('refused' in prepared) return prepared.refused.code;
    const handled = await conversations.handle(id, prepared.command, { kind: 'agent', agent });
    await prepared.settle(handled.kind === 'done');
    await attend();
    return handled.kind === 'refused' ? handled.refusal.code : null;
  }

  async function call(id: string) {
    const { stage } = await stateOf(id);
    return stage.kind === 'claimed' ? stage.call : null;
  }

  async function offered(id: string): Promise<number[]> {
    const { stage } = await stateOf(id);
    const options = stage.kind === 'claimed' ? stage.options : [];
    return options.flatMap((option) => (option.startsWith('call-at-') ? [Number(option.slice(8))] : []));
  }

  async function seen(id: string, who: 'agent' | 'customer', what: 'entered' | 'left') {
    await conversations.handle(id, { type: 'call-seen', who, what, checks: null }, { kind: 'clock' });
  }

  async function told(id: string): Promise<string[]> {
    const commits = await log.commits(id, 0, 1_000);
    return commits.flatMap(({ events }) =>
      events.flatMap((event) => (event.type === 'said' && event.text ? [event.text.replace('es:', '')] : [])),
    );
  }

  return {
    clock,
    cursors,
    calls,
    conversations,
    issued,
    calendars,
    writes,
    claimed,
    acts,
    call,
    offered,
    seen,
    told,
    stateOf,
    attend,
  };
}

describe('calls and what they need', () => {
  let world: ReturnType<typeof openWorld>;
  beforeEach(() => {
    world = openWorld();
  });

  test('a chosen time is booked: links, appointment, and nobody else is offered it', async () => {
    const { claimed, acts, writes, offered, call, calendars, issued } = world;
    const first = await claimed('uno');
    const second = await claimed('dos');
    expect(await acts(first, ana, { type: 'offer-call-times' })).toBeNull();
    expect(await acts(second, ana, { type: 'offer-call-times' })).toBeNull();
    const [at = 0] = await offered(first);
    expect(await offered(second)).toContain(at);
    await writes('uno', `call-at-${at}`);
    expect(await call(first)).toMatchObject({ phase: 'scheduled', startsAt: at, settings: 1 });
    expect((await call(first))?.links.map(({ who }) => who)).toEqual(['agent', 'customer']);
    expect([...issued.values()].every(({ opensAt }) => opensAt === at - 10 * minute)).toBe(true);
    expect(calendars.at(-1)).toMatch(/METHOD:REQUEST[\s\S]*SEQUENCE:0/u);
    expect(calendars.at(-1)).toContain('LOCATION:http://localhost:3000/v/customer-');

    await writes('dos', `call-at-${at}`);
    expect(await call(second)).toMatchObject({ phase: 'requested', chosen: null });
    expect((await world.told(second)).at(-1)).toBe('call-time-taken');
    expect(await offered(second)).not.toContain(at);
    expect(await acts(second, ana, { type: 'call', at: at + 10 * minute })).toBe('call_overlaps');
    const another = await claimed('tres', luis);
    expect(await acts(another, luis, { type: 'call', at })).toBeNull();
  });

  test('a time that nobody offered is offered anew, not booked', async () => {
    const id = await world.claimed('uno');
    await world.acts(id, ana, { type: 'offer-call-times' });
    await world.writes('uno', `call-at-${world.clock.at - minute}`);
    await world.writes('uno', 'call-at-x');
    expect(await world.call(id)).toMatchObject({ phase: 'requested' });
  });

  test('moved, the appointment is the same one, later; called off, it is taken out and the time is free', async () => {
    const { claimed, acts, call, calendars, issued, clock } = world;
    const id = await claimed('uno');
    const at = clock.at + 2 * day;
    await acts(id, ana, { type: 'call', at });
    const links = (await call(id))?.links ?? [];
    await acts(id, ana, { type: 'call', at: at + day });
    expect(links.every(({ invitation }) => issued.get(invitation)?.cancelled)).toBe(true);
    await acts(id, ana, { type: 'cancel-call' });
    const [first = '', moved = '', off = ''] = calendars;
    const uid = /UID:\S+/u;
    expect(uid.exec(moved)?.[0]).toBe(uid.exec(first)?.[0]);
    expect(uid.exec(off)?.[0]).toBe(uid.exec(first)?.[0]);
    expect([first, moved, off].map((text) => /SEQUENCE:(\d+)/u.exec(text)?.[1])).toEqual(['0', '1', '2']);
    expect(off).toMatch(/METHOD:CANCEL[\s\S]*STATUS:CANCELLED/u);
    expect([...issued.values()].every(({ cancelled }) => cancelled)).toBe(true);
    const other = await claimed('dos');
    expect(await acts(other, ana, { type: 'call', at: at + day })).toBeNull();
    expect(await acts(other, luis, { type: 'call', at: null })).toBe('not_yours');
  });

  test('two customers of one agent who choose one time in the same moment: one has it', async () => {
    const { cursors, clock } = world;
    const bookings = createCallBookings({ cursors, clock });
    const from = clock.at + day;
    const races = Array.from({ length: 40 }, (_, n) => {
      const begin = from + (n % 4) * 10 * minute;
      return bookings.book('ana', `case-${n}`, { from: begin, until: begin + 30 * minute });
    });
    const won = (await Promise.all(races)).flatMap((booked, n) => (booked ? [n] : []));
    const spans = await bookings.besides('ana', 'none');
    expect(spans).toHaveLength(won.length);
    for (const [n, span] of spans.entries()) {
      expect(spans[n + 1]?.from ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(span.until);
    }
  });
});

describe('minutes of a plan', () => {
  test('are counted once when the call ends, told, and refused when none are left', async () => {
    const world = openWorld({ videoMinutesOf: () => 15 });
    const { claimed, acts, seen, clock, told, stateOf } = world;
    const id = await claimed('uno');
    await acts(id, ana, { type: 'call', at: null });
    await seen(id, 'customer', 'entered');
    clock.at += 3 * minute;
    await seen(id, 'agent', 'entered');
    clock.at += 11 * minute + 1;
    await acts(id, ana, { type: 'end-call', summary: '', advice: '', followUpDays: null });
    const counted = async () => (await told(id)).filter((key) => key === 'call-counted').length;
    expect(await counted()).toBe(1);
    expect((await stateOf(id)).lastCall?.heldMs).toBe(11 * minute + 1);

    await acts(id, ana, { type: 'call', at: null });
    await seen(id, 'customer', 'entered');
    await seen(id, 'agent', 'entered');
    clock.at += 20 * minute;
    await acts(id, ana, { type: 'end-call', summary: '', advice: '', followUpDays: null });
    expect(await counted()).toBe(2);
    expect(await acts(id, ana, { type: 'call', at: null })).toBe('no_call_minutes');
    expect(await acts(id, ana, { type: 'offer-call-times' })).toBe('no_call_minutes');

    await acts(id, ana, { type: 'cancel-call' });
    await world.writes('uno', 'call');
    expect((await told(id)).at(-1)).toBe('call-no-minutes');
    expect(await world.call(id)).toBeNull();
    clock.at = Date.UTC(2026, 6, 1, 10);
    await world.writes('uno', 'call');
    expect((await told(id)).at(-1)).not.toBe('call-no-minutes');
  });

  test('nothing is counted where nobody knows when the call ended', async () => {
    const world = openWorld({ videoMinutesOf: () => 15 });
    const id = await world.claimed('uno');
    await world.acts(id, ana, { type: 'call', at: null });
    await world.seen(id, 'customer', 'entered');
    await world.seen(id, 'agent', 'entered');
    const deadline = deadlineOf((await world.stateOf(id)).stage);
    if (deadline === null) throw new Error('no deadline');
    world.clock.at = deadline.at;
    await world.conversations.handle(id, { type: 'timer', deadline }, { kind: 'clock' });
    await world.attend();
    expect(await world.told(id)).not.toContain('call-counted');
    expect(await world.acts(id, ana, { type: 'call', at: null })).toBeNull();
  });
});
