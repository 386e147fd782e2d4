import { pino } from 'pino';
import type { Channel } from '../channels/channel.ts';
import type { BotDecision } from '../core/command.ts';
import type { Conversation, Deadline } from '../core/conversation.ts';
import { deadlineOf } from '../core/conversation.ts';
import type { Commit } from '../core/event.ts';
import { createLanes } from '../core/lanes.ts';
import type { Rules } from '../core/rules.ts';
import { type Claims, createClaims } from '../escalation/claims.ts';
import type { Desk } from '../escalation/desks/desk.ts';
import { createNextCase, type NextCase } from '../escalation/next-case.ts';
import { createOffer } from '../escalation/offer.ts';
import { createPresence } from '../escalation/presence.ts';
import type { Staff } from '../escalation/staff.ts';
import { createWaits } from '../escalation/waits.ts';
import { createDelivery, type Delivery } from '../outbox/deliver.ts';
import { createPace } from '../outbox/pace.ts';
import type { Work } from '../queue/queue.ts';
import { createSweeper } from '../queue/sweeper.ts';
import type { ConversationLog } from '../store/conversation-log.ts';
import { type Conversations, createConversations } from '../store/conversations.ts';
import type { Cursors } from '../store/cursors.ts';
import type { MemoryStore } from './memory-store.ts';
import type { Random } from './random.ts';
import type { World } from './world.ts';

/** Thrown out of whatever a process was doing when it died. */
export class Crashed extends Error {
  constructor() {
    super('the process is gone');
  }
}

/** How often things go wrong: the probability at each occasion. */
export const mishaps = {
  /** Dying right before a commit is stored, and right after, before anybody has heard of it. */
  crashBeforeCommit: 0.002,
  crashAfterCommit: 0.002,
  /** A wake-up that the queue loses. */
  lostWake: 0.01,
  /** Dying after a platform took a message and before that is written down. */
  crashAfterSend: 0.001,
  botThrows: 0.01,
  botHangs: 0.01,
} as const;

const botTimeoutMs = 8_000;
const sweepEveryMs = 30_000;
const meanDownMs = 20_000;
const horizonMs = 40_000;
const waitRoundMs = 2 * 60_000;
/** How soon the queue tries again what a desk could not be told. */
const offerAgainMs = 60_000;

/** What a process of the simulated program lives in. */
export interface Surroundings {
  readonly world: World;
  readonly random: Random;
  readonly store: MemoryStore;
  readonly rules: Rules;
  readonly channel: (name: string) => Channel | undefined;
  /** What the bot would say to a conversation. */
  readonly bot: (state: Conversation) => BotDecision;
  /** Whether the queue is away: what it is handed meanwhile is lost. */
  readonly queueIsDown: () => boolean;
  /** Where cases are put before people. */
  readonly desks: readonly Desk[];
  readonly staff: Staff;
  readonly cursors: Pick<Cursors, 'get' | 'replace'>;
  /** A process went down or came back. */
  readonly outage: (down: boolean) => void;
  /** A deadline rang, so long after its moment, in milliseconds. */
  readonly rang: (lateMs: number) => void;
}

/** The parts of a living process. */
export interface Living {
  readonly conversations: Conversations;
  readonly delivery: Delivery;
  readonly claims: Claims;
  readonly next: NextCase;
}

/** One process of the program. It dies now and then, and comes back with nothing in its memory. */
export interface Process {
  /** Null while it is down. */
  living(): Living | null;
  crash(): void;
}

/** Starts a process: the product's own log writer, delivery and sweeper around a store that can be left at any moment. */
export function createProcess(around: Surroundings): Process {
  const { world, random, store, rules } = around;
  let life = 0;
  let current: Living | null = null;

  function crash(): void {
    if (current === null) return;
    life += 1;
    current = null;
    around.outage(true);
    world.after(random.wait(meanDownMs), () => {
      around.outage(false);
      begin();
    });
  }

  function begin(): void {
    const mine = life;
    const alive = () => mine === life;
    const conversations = createConversations({
      log: mortalLog(alive),
      clock: world.clock,
      rules: () => rules,
      readMeaning: () => null,
      defaultLanguage: 'es',
      onCommit: (commit, after) => committed(commit, after),
    });
    const cases = mortal(store.cases, alive);
    const presence = createPresence(mortal(around.cursors, alive), { publish: () => undefined });
    const desk = { staff: around.staff, presence, cases, clock: world.clock, rules: () => rules };
    const claims = createClaims({ ...desk, lanes: createLanes() });
    const offer = createOffer({ conversations, desks: around.desks, log: silent });
    const living: Living = {
      conversations,
      claims,
      next: createNextCase({ ...desk, conversations, claims }),
      delivery: createDelivery({
        outbox: mortal(store.outbox, alive),
        channel: (name) => fatal(around.channel(name)),
        stateOf: addressed,
        expect: async () => undefined,
        // The platforms here set no pace.
        pace: createPace(100),
        sleep: async () => undefined,
        unknownPolicy: () => 'hold',
        offer: async (conversation) => wake({ kind: 'offer', conversation, seq: 0 }),
        wakeAt: (conversation, seq, at) =>
          wake({ kind: 'deliver', conversation, seq }, at - world.clock.now()),
        clock: world.clock,
        ids: { id: () => `${random.int(0, 2 ** 30)}.${random.int(0, 2 ** 30)}` },
        log: silent,
      }),
    };
    current = living;
    const sweeper = createSweeper({
      undone: mortal(store.undone, alive),
      wake,
      clock: world.clock,
      log: silent,
      horizonMs,
      everyMs: sweepEveryMs,
      maxRemembered: 5_000,
    });
    world.after(0, sweep);
    const waits = createWaits({
      log: mortal(store.log, alive),
      cases,
      conversations,
      clock: world.clock,
      rules: () => rules,
    });
    world.after(waitRoundMs, tellWaits);

    async function tellWaits(): Promise<void> {
      if (!alive()) return;
      await survive(waits.refresh);
      world.after(waitRoundMs, tellWaits);
    }

    async function sweep(): Promise<void> {
      if (!alive()) return;
      await survive(sweeper.sweepOnce);
      world.after(sweepEveryMs, sweep);
    }

    function committed({ conversation, seq, effects }: Commit, after: Conversation): void {
      if (after.stage.kind === 'bot' && after.stage.turn !== null) wake({ kind: 'turn', conversation, seq });
      if (effects.length > 0) wake({ kind: 'deliver', conversation, seq });
      const deadline = deadlineOf(after.stage);
      const inMs = deadline === null ? Number.POSITIVE_INFINITY : deadline.at - world.clock.now();
      if (inMs <= horizonMs) wake({ kind: 'deadline', conversation, seq }, inMs);
    }

    function wake(work: Work, delayMs = 0): void {
      // A short wait for a deadline stays in the process, where only a crash can lose it.
      const here = work.kind === 'deadline' && delayMs <= sweepEveryMs;
      if (!here && (around.queueIsDown() || random.chance(mishaps.lostWake))) return;
      world.after(delayMs, () => (alive() ? survive(() => perform(work)) : undefined));
    }

    async function perform(work: Work): Promise<void> {
      switch (work.kind) {
        case 'turn':
          return await takeTurn(work);
        case 'deliver':
          return await living.delivery.deliver(work.conversation);
        case 'deadline':
          return await ring(work);
        case 'offer':
          return await offer(work.conversation).catch((error: unknown) => {
            if (!(error instanceof AggregateError)) throw error;
            wake(work, offerAgainMs);
          });
        case 'fetch':
          return;
      }
    }

    async function ring({ conversation, seq }: Work): Promise<void> {
      const snapshot = await conversations.peek(conversation, seq);
      const deadline: Deadline | null = snapshot === null ? null : deadlineOf(snapshot.state.stage);
      if (deadline === null) return;
      const earlyMs = deadline.at - world.clock.now();
      if (earlyMs > 0) {
        if (earlyMs <= sweepEveryMs) wake({ kind: 'deadline', conversation, seq }, earlyMs);
        return;
      }
      const by = { kind: 'clock' } as const;
      const handled = await conversations.handle(conversation, { type: 'timer', deadline }, by);
      if (handled.kind === 'done' && handled.commit !== null) around.rang(world.clock.now() - deadline.at);
    }

    async function takeTurn({ conversation, seq }: Work): Promise<void> {
      const snapshot = await conversations.peek(conversation, seq);
      const stage = snapshot?.state.stage;
      if (snapshot === null || stage?.kind !== 'bot' || stage.turn === null) return;
      const { throughSeq } = stage.turn;
      const by = { kind: 'bot' } as const;
      const end = (afterMs: number, act: () => Promise<unknown>) =>
        world.after(afterMs, () => (alive() ? survive(act) : undefined));
      if (random.chance(mishaps.botThrows)) {
        const failed = { type: 'bot-failed', throughSeq, reason: 'error' } as const;
        end(random.wait(300), () => conversations.handle(conversation, failed, by));
      } else if (random.chance(mishaps.botHangs)) {
        const failed = { type: 'bot-failed', throughSeq, reason: 'timeout' } as const;
        end(botTimeoutMs, () => conversations.handle(conversation, failed, by));
      } else {
        const decision = around.bot(snapshot.state);
        const said = { type: 'bot-turn', throughSeq, decision } as const;
        end(random.wait(600), () => conversations.handle(conversation, said, by));
      }
    }

    async function addressed(id: string) {
      const snapshot = await conversations.peek(id, 1);
      if (snapshot === null) throw new Error(`no conversation ${id}`);
      return snapshot.state;
    }
  }

  function mortalLog(alive: () => boolean): ConversationLog {
    return {
      ...mortal(store.log, alive),
      async append(commit, after) {
        if (!alive()) throw new Crashed();
        if (random.chance(mishaps.crashBeforeCommit)) crash();
        if (!alive()) throw new Crashed();
        const result = await store.log.append(commit, after);
        if (random.chance(mishaps.crashAfterCommit)) crash();
        if (!alive()) throw new Crashed();
        return result;
      },
    };
  }

  function fatal(channel: Channel | undefined): Channel | undefined {
    if (channel === undefined) return undefined;
    return {
      ...channel,
      async send(message) {
        const sent = await channel.send(message);
        if (random.chance(mishaps.crashAfterSend)) crash();
        return sent;
      },
    };
  }

  begin();
  return { living: () => current, crash };
}

const silent = pino({ level: 'silent' });

/** What a dead process was doing ends there. */
async function survive(act: () => Promise<unknown>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof Crashed)) throw error;
  }
}

/** The same operations, cut off when the process that calls them has died. */
function mortal<T extends object>(operations: T, alive: () => boolean): T {
  return new Proxy(operations, {
    get(target, name, receiver) {
      const operation: unknown = Reflect.get(target, name, receiver);
      if (typeof operation !== 'function') return operation;
      return async (...args: unknown[]) => {
        if (!alive()) throw new Crashed();
        const result: unknown = await operation.apply(target, args);
        if (!alive()) throw new Crashed();
        return result;
      };
    },
  });
}
