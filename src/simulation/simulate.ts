import type { Agent } from '../core/conversation.ts';
import type { Content, InboundMessage, OutboundMessage } from '../core/message.ts';
import type { Rules } from '../core/rules.ts';
import { judge, noteMark, type Verdict } from './judge.ts';
import { createMemoryStore } from './memory-store.ts';
import { agentMove, botDecision, customerAfter, staff } from './people.ts';
import { createPlatform } from './platform.ts';
import { Crashed, createProcess, type Living } from './process.ts';
import { createRandom } from './random.ts';
import { judgeRanges } from './ranges.ts';
import { createWorld } from './world.ts';

/** What came of a simulated month. */
export interface Scorecard {
  /** What must be zero. */
  readonly laws: Verdict & { lateDeadlines: number; rangesBelowPromise: number };
  /** What happened, so that zero is seen to mean something. */
  readonly facts: {
    readonly cases: number;
    readonly messages: number;
    readonly redelivered: number;
    readonly commits: number;
    readonly crashes: number;
    readonly queueOutages: number;
    readonly vendorReminders: number;
    readonly refusedSends: number;
    readonly heldSends: number;
    readonly handOvers: number;
    readonly claims: number;
    readonly claimsRefused: number;
    readonly escalations: number;
    readonly leasesExpired: number;
    readonly reopenings: number;
    readonly rangesTold: number;
    readonly rangesHeldPercent: number;
    readonly closed: number;
    readonly open: number;
  };
}

const day = 24 * 60 * 60_000;
const monthMs = 30 * day;
/** After the last customer came: long enough for every reminder and every confirmation to end. */
const afterMs = 15 * day;
/** The clocks change on the 25th in Europe. */
const start = Date.UTC(2026, 9, 5);
const maxMessagesEach = 12;
/** How many of the ranges that customers are told must hold. */
const promisedPercent = 85;
/** A share of fewer than this says nothing. */
const leastRanges = 100;
/** Later than this with every process up, a deadline counts as late. */
const lateMs = 1_000;
/** How often the queue dies, and for how long, on average. */
const meanQueueUpMs = 12 * 60 * 60_000;
const meanQueueDownMs = 5 * 60_000;

/**
 * Plays a month of customers, bot, agents and crashes on a virtual clock, through the product's own log writer,
 * delivery and sweeper in two processes on one store. The same seed gives the same scorecard.
 * @param cases how many customers come
 * @param progress called with the share of the time that is over, 0 to 1
 */
export async function simulate(
  { cases, seed, rules }: { cases: number; seed: number; rules: Rules },
  progress: (share: number) => void = () => undefined,
): Promise<Scorecard> {
  const random = createRandom(seed);
  const world = createWorld(start);
  const store = createMemoryStore(async () => {
    for (let turns = random.int(0, 3); turns > 0; turns -= 1) await Promise.resolve();
  });
  const sent = new Map<string, Set<string>>();
  let redelivered = 0;
  let crashes = 0;
  let down = 0;
  let lastOutage = Number.NEGATIVE_INFINITY;
  let lateDeadlines = 0;
  let queueDown = false;
  let queueOutages = 0;
  let claimsRefused = 0;

  const onShown = (message: OutboundMessage): void => {
    const next = customerAfter(message, random);
    if (next !== null)
      world.after(next.afterMs, () => writes(message.to.user, message.to.channel, next.does));
  };
  const platforms = [
    createPlatform('knows-names', true, random, onShown),
    createPlatform('knows-nothing', false, random, onShown),
  ];
  const surroundings = {
    world,
    random,
    store,
    rules,
    channel: (name: string) => platforms.find(({ channel }) => channel.name === name)?.channel,
    bot: (state: Parameters<typeof botDecision>[0]) => botDecision(state, random),
    queueIsDown: () => queueDown,
    offered: (conversation: string) => attract(conversation),
    outage(isDown: boolean) {
      down += isDown ? 1 : -1;
      crashes += isDown ? 1 : 0;
      lastOutage = world.clock.now();
    },
    rang(late: number) {
      if (late > lateMs && down === 0 && world.clock.now() - late > lastOutage) lateDeadlines += 1;
    },
  };
  const processes = [createProcess(surroundings), createProcess(surroundings)];

  /** Does something in a process that is up; false when it died on the way or none is up. */
  async function inSomeProcess(act: (living: Living) => Promise<void>): Promise<boolean> {
    const up = processes.flatMap((process) => process.living() ?? []);
    const living = up[random.int(0, Math.max(0, up.length - 1))];
    if (living === undefined) return false;
    try {
      await act(living);
      return true;
    } catch (error) {
      if (error instanceof Crashed) return false;
      throw error;
    }
  }

  async function writes(user: string, channel: string, content: Content): Promise<void> {
    const known = sent.get(user) ?? new Set<string>();
    sent.set(user, known);
    if (known.size >= maxMessagesEach) return;
    const externalId = `${known.size + 1}`;
    known.add(externalId);
    const address = { channel, account: 'main', user };
    await platformDelivers({
      key: `${channel}/${user}/${externalId}`,
      externalId,
      address,
      gesture: { kind: 'message', content },
    });
  }

  /** As platforms do: again until it is acknowledged, and now and then once more. */
  async function platformDelivers(message: InboundMessage): Promise<void> {
    const acknowledged = await inSomeProcess(async ({ conversations }) => {
      await conversations.receive(message);
    });
    if (acknowledged && !random.chance(0.03)) return;
    redelivered += 1;
    world.after(random.wait(20_000), () => platformDelivers(message));
  }

  /** Somebody looks at an offered case soon, and at times two at the very same moment. */
  function attract(conversation: string): void {
    const afterMs = random.wait(4 * 60_000);
    for (let people = random.chance(0.3) ? 2 : 1; people > 0; people -= 1) {
      const agent = someone();
      world.after(afterMs, () => claims(conversation, agent));
    }
  }

  async function claims(conversation: string, agent: Agent): Promise<void> {
    await inSomeProcess(async ({ conversations }) => {
      const handled = await conversations.handle(
        conversation,
        { type: 'claim', agent },
        { kind: 'agent', agent },
      );
      if (handled.kind === 'refused') claimsRefused += 1;
      if (handled.kind === 'done' && handled.commit !== null) worksOn(conversation, agent);
    });
  }

  function worksOn(conversation: string, agent: Agent): void {
    const { afterMs, does } = agentMove(random);
    if (does === 'vanish') return;
    world.after(afterMs, async () => {
      const by = { kind: 'agent', agent } as const;
      await inSomeProcess(async ({ conversations }) => {
        const act = (command: Parameters<typeof conversations.handle>[1]) =>
          conversations.handle(conversation, command, by);
        switch (does) {
          case 'note':
            await act({ type: 'note', agent, text: `${noteMark}: hm` });
            break;
          case 'reply':
            await act({ type: 'reply', agent, text: 'try this' });
            break;
          case 'escalate':
            await act({ type: 'escalate', agent, reason: 'too hard', tier: null });
            break;
          case 'vendor': {
            const remindAt = world.clock.now() + random.int(1, 3) * day;
            await act({ type: 'to-vendor', agent, reference: 'RMA', remindAt });
            if (random.chance(0.2)) break;
            world.after(random.wait(2 * day), () => vendorAnswers(conversation, agent));
            break;
          }
          case 'solve': {
            const logbook = { understanding: 'u', plan: 'p', execution: 'e', results: 'r' };
            await act({ type: 'solve', agent, logbook });
            break;
          }
          default:
            await act({ type: 'return-to-bot', agent });
        }
        const stage = (await conversations.peek(conversation, 1))?.state.stage;
        if (stage?.kind === 'claimed' && stage.vendor === null && stage.agent.id === agent.id)
          worksOn(conversation, agent);
      });
    });
  }

  async function vendorAnswers(conversation: string, agent: Agent): Promise<void> {
    await inSomeProcess(async ({ conversations }) => {
      const answered = { type: 'vendor-answered', agent, answer: 'a new part' } as const;
      const handled = await conversations.handle(conversation, answered, { kind: 'agent', agent });
      if (handled.kind === 'done') worksOn(conversation, agent);
    });
  }

  /** The shift looks through the whole queue now and then, and takes up what customers wrote to its cases. */
  async function shift(): Promise<void> {
    const queued = await store.cases.list({ stages: ['queued'], limit: 100 });
    for (const { state } of queued) world.after(random.wait(10 * 60_000), () => claims(state.id, someone()));
    world.after(30 * 60_000, shift);
  }

  function killQueue(): void {
    queueDown = true;
    queueOutages += 1;
    world.after(random.wait(meanQueueDownMs), () => {
      queueDown = false;
      world.after(random.wait(meanQueueUpMs), killQueue);
    });
  }

  function someone(): Agent {
    return random.pick(staff.map((agent) => [agent, 1] as const));
  }

  for (let customer = 0; customer < cases; customer += 1) {
    const channel = random.chance(0.5) ? 'knows-names' : 'knows-nothing';
    const user = `customer-${customer}`;
    world.after(random.int(0, monthMs), async () => {
      await writes(user, channel, { kind: 'text', text: 'it does not work' });
      if (random.chance(0.2)) await writes(user, channel, { kind: 'text', text: 'hello?' });
    });
  }
  world.after(0, shift);
  world.after(random.wait(meanQueueUpMs), killQueue);
  const end = start + monthMs + afterMs;
  for (let at = start; at < end; at += day) {
    await world.runUntil(Math.min(end, at + day));
    progress((at + day - start) / (end - start));
  }

  const shown = new Map(platforms.flatMap((platform) => [...platform.shown]));
  const ranges = judgeRanges(store.all(), rules);
  const rangesHeldPercent = ranges.told === 0 ? 100 : Math.round((1_000 * ranges.held) / ranges.told) / 10;
  const laws = {
    ...judge(store.all(), sent, shown, world.clock.now()),
    lateDeadlines,
    rangesBelowPromise: ranges.told >= leastRanges && rangesHeldPercent < promisedPercent ? 1 : 0,
  };
  const facts = {
    redelivered,
    crashes,
    queueOutages,
    claimsRefused,
    rangesTold: ranges.told,
    rangesHeldPercent,
  };
  return { laws, facts: { ...count(), ...facts } };

  function count() {
    const all = [...store.all()];
    const events = all.flatMap(({ commits }) =>
      commits.flatMap((commit) => commit.events.map(({ type }) => type)),
    );
    const times = (type: (typeof events)[number]) => events.filter((one) => one === type).length;
    const closed = all.filter(({ snapshot }) => snapshot.state.stage.kind === 'closed').length;
    return {
      cases: all.length,
      messages: times('customer-wrote'),
      commits: all.reduce((sum, { commits }) => sum + commits.length, 0),
      refusedSends: platforms.reduce((sum, platform) => sum + platform.refusals(), 0),
      heldSends: all.reduce(
        (sum, { effects }) => sum + effects.filter(({ state }) => state === 'failed').length,
        0,
      ),
      handOvers: times('handed-over'),
      claims: times('claimed'),
      escalations: times('escalated'),
      leasesExpired: times('lease-expired'),
      reopenings: times('reopened'),
      vendorReminders: all.reduce(
        (sum, { commits }) =>
          sum +
          commits.filter(({ by, events }) => {
            return by.kind === 'clock' && events.some(({ type }) => type === 'vendor-awaited');
          }).length,
        0,
      ),
      closed,
      open: all.length - closed,
    };
  }
}
