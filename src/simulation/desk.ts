import type { Command } from '../core/command.ts';
import type { Agent, Conversation } from '../core/conversation.ts';
import { hoursOf, ladderOf, type Rules, tierAt } from '../core/rules.ts';
import type { Desk } from '../escalation/desks/desk.ts';
import type { Floor } from '../escalation/routing.ts';
import type { Staff } from '../escalation/staff.ts';
import { noteMark } from './judge.ts';
import type { MemoryStore } from './memory-store.ts';
import { agentMove, agentOf, type Worker } from './people.ts';
import type { Living } from './process.ts';
import type { Random } from './random.ts';
import type { World } from './world.ts';

/** What the people at the desks live in. */
export interface DeskDeps {
  readonly world: World;
  readonly random: Random;
  readonly store: MemoryStore;
  readonly rules: Rules;
  readonly workers: readonly Worker[];
  readonly staff: Staff;
  /** Does something in a process that is up; false when it died on the way or none is up. */
  readonly inSomeProcess: (act: (living: Living) => Promise<void>) => Promise<boolean>;
  readonly slackIsAway: () => boolean;
}

/** The people at the desks, the web desk and the one in Slack. */
export interface SimulatedDesk {
  readonly desks: readonly Desk[];
  /** They begin to work. */
  start(): void;
  /** Cases that somebody took as their next one, as the judge knows claims: `conversation/agent/at`. */
  readonly pulled: ReadonlySet<string>;
  readonly refused: () => number;
}

const minute = 60_000;
const day = 24 * 60 * minute;
/** Somebody who has so many cases asks for no more. */
const enough = 6;
const meanLookMs = 6 * minute;
const maxListed = 100;

/** Makes people who see offers, take cases by hand or ask for the next one, work on them, and come and go. */
export function createSimulatedDesk(deps: DeskDeps): SimulatedDesk {
  const { world, random, store, rules, workers, staff, inSomeProcess } = deps;
  const pulled = new Set<string>();
  let refused = 0;

  const desk = (name: string, hears: (worker: Worker) => boolean): Desk => ({
    name,
    async offer({ state }) {
      if (name === 'slack' && deps.slackIsAway()) throw new Error('Slack is away');
      attract(state.id, workers.filter(hears));
    },
  });

  /** Somebody looks at an offered case soon, mostly one whom it is for first, and at times two at the very same moment. */
  function attract(conversation: string, hearers: readonly Worker[]): void {
    if (hearers.length === 0) return;
    const afterMs = random.wait(6 * minute);
    for (let people = random.chance(0.3) ? 2 : 1; people > 0; people -= 1) {
      world.after(afterMs, () => looksAt(conversation, hearers));
    }
  }

  async function looksAt(conversation: string, hearers: readonly Worker[]): Promise<void> {
    await inSomeProcess(async ({ conversations, claims }) => {
      const snapshot = await conversations.peek(conversation, 0);
      if (snapshot === null || !isOpen(snapshot.state)) return;
      const anybody = pickOf(hearers);
      const first = await claims.firstFor([snapshot], { id: '', name: '' });
      const names = (first.get(conversation) ?? []).map(({ name }) => name);
      const meant = hearers.filter(({ name }) => names.includes(name));
      const worker = meant.length > 0 && random.chance(0.8) ? pickOf(meant) : anybody;
      await takes(conversation, agentOf(worker, random));
    });
  }

  /** By hand, as a desk does it. */
  async function takes(conversation: string, agent: Agent): Promise<void> {
    await inSomeProcess(async ({ conversations, claims }) => {
      await claims.alone(agent, async () => {
        const state = (await conversations.peek(conversation, 0))?.state;
        if (state?.stage.kind !== 'queued' || (await claims.refusal(agent, state)) !== null) {
          refused += 1;
          return;
        }
        const claim = { type: 'claim', agent, tier: state.stage.tier } as const;
        const handled = await conversations.handle(conversation, claim, { kind: 'agent', agent });
        if (handled.kind === 'refused') refused += 1;
        if (handled.kind === 'done' && handled.commit !== null) worksOn(conversation, agent);
      });
    });
  }

  /** Asks for the next case until there is enough to do. */
  async function pulls(worker: Worker): Promise<void> {
    world.after(random.wait(meanLookMs), () => pulls(worker));
    if (!isAtWork(worker)) return;
    const agent = agentOf(worker, random);
    await resumes(agent);
    await inSomeProcess(async ({ claims, next }) => {
      const { held } = await claims.floor();
      const { ids } = await staff.of(agent);
      const has = held.reduce((sum, one) => sum + (ids.includes(one.agent) ? one.count : 0), 0);
      if (has >= enough) return;
      const at = world.clock.now();
      const taken = await next.takeNext(agent);
      if ('refused' in taken) return;
      pulled.add(`${taken.taken}/${agent.id}/${at}`);
      worksOn(taken.taken, agent);
    });
  }

  /** Goes on with what came back: a solution that was none, an answer of the customer. */
  async function resumes(agent: Agent): Promise<void> {
    for (const id of (await staff.of(agent)).ids) {
      const held = await store.cases.list({ stages: ['claimed'], agent: id, limit: maxListed });
      for (const { state } of held) {
        const { stage } = state;
        const owes = stage.kind === 'claimed' && stage.waiting === null && stage.vendor === null;
        const idle = owes && stage.leaseUntil - world.clock.now() < rules.limits.leaseMs / 2;
        if (idle && random.chance(0.5)) worksOn(state.id, agent);
      }
    }
  }

  function worksOn(conversation: string, agent: Agent): void {
    const { afterMs, does } = agentMove(random);
    if (does === 'vanish') return;
    world.after(afterMs, async () => {
      await inSomeProcess(async ({ conversations, claims }) => {
        const before = (await conversations.peek(conversation, 1))?.state;
        if (before === undefined) return;
        // Whoever took it in Slack may go on at the web desk.
        const acting = await claims.actingOn(before, agent);
        const act = (command: Command) =>
          conversations.handle(conversation, command, { kind: 'agent', agent: acting });
        const handled = await act(commandFor(does, acting));
        if (handled.kind === 'refused' && handled.refusal.code === 'assessment_missing') {
          const assessment = { solvable: true, missing: 'm', howLong: 'h', best: 'b' };
          await act({ type: 'assess', agent: acting, assessment });
        }
        if (does === 'vendor' && !random.chance(0.2))
          world.after(random.wait(2 * day), () => vendorAnswers(conversation, acting));
        const stage = (await conversations.peek(conversation, 1))?.state.stage;
        if (stage?.kind === 'claimed' && stage.vendor === null && stage.agent.id === acting.id)
          worksOn(conversation, agent);
      });
    });
  }

  function commandFor(does: ReturnType<typeof agentMove>['does'], agent: Agent): Command {
    switch (does) {
      case 'note':
        return { type: 'note', agent, text: `${noteMark}: hm` };
      case 'reply':
        return { type: 'reply', agent, text: 'try this' };
      case 'escalate':
        return { type: 'escalate', agent, reason: 'too hard', tier: null };
      case 'vendor': {
        const remindAt = world.clock.now() + random.int(1, 3) * day;
        return { type: 'to-vendor', agent, reference: 'RMA', remindAt };
      }
      case 'solve': {
        const logbook = { understanding: 'u', plan: 'p', execution: 'e', results: 'r' };
        return { type: 'solve', agent, logbook };
      }
      case 'set-plan': {
        const plans = rules.plans ?? [];
        return { type: 'set-plan', agent, plan: plans[random.int(0, Math.max(0, plans.length - 1))] ?? '' };
      }
      default:
        return { type: 'return-to-bot', agent };
    }
  }

  async function vendorAnswers(conversation: string, agent: Agent): Promise<void> {
    await inSomeProcess(async ({ conversations }) => {
      const answered = { type: 'vendor-answered', agent, answer: 'a new part' } as const;
      const handled = await conversations.handle(conversation, answered, { kind: 'agent', agent });
      if (handled.kind === 'done') worksOn(conversation, agent);
    });
  }

  /** People who look through the whole queue, in its order: also those who let a case go see it there. */
  async function looksThrough(): Promise<void> {
    world.after(30 * minute, looksThrough);
    const queued = await store.cases.list({ stages: ['queued'], limit: maxListed });
    for (const { state } of queued) {
      if (!isOpen(state) || random.chance(0.5)) continue;
      world.after(random.wait(10 * minute), () => takes(state.id, agentOf(pickOf(workers), random)));
    }
  }

  async function comesAndGoes(worker: Worker): Promise<void> {
    const agent = agentOf(worker, random);
    const wants = random.chance(0.15) ? 'away' : 'available';
    await inSomeProcess(async ({ next }) => next.setAvailability(agent, wants));
    world.after(random.wait(3 * 60 * minute), () => comesAndGoes(worker));
  }

  /** People are there in the hours of the tier that a case waits for. */
  function isOpen(state: Conversation): boolean {
    const { stage } = state;
    if (stage.kind !== 'queued') return false;
    return hoursOf(tierAt(ladderOf(rules, state), stage.tier)).isOpen(world.clock.now());
  }

  function isAtWork({ name, email }: Worker): boolean {
    const theirs = rules.tiers.filter(
      ({ members }) => members === undefined || members.includes(email) || members.includes(name),
    );
    return theirs.some((tier) => hoursOf(tier).isOpen(world.clock.now()));
  }

  function pickOf(some: readonly Worker[]): Worker {
    return random.pick(some.map((worker) => [worker, 1] as const));
  }

  return {
    desks: [desk('web', ({ account }) => account), desk('slack', ({ slack }) => slack !== null)],
    start() {
      world.after(0, looksThrough);
      for (const worker of workers) {
        world.after(random.wait(meanLookMs), () => pulls(worker));
        world.after(random.wait(3 * 60 * minute), () => comesAndGoes(worker));
      }
    },
    pulled,
    refused: () => refused,
  };
}

/** Who took what. */
export type Workforce = Pick<Floor, 'staff'> & { readonly pulled: ReadonlySet<string> };
