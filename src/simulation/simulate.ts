import type { Content, InboundMessage, OutboundMessage } from '../core/message.ts';
import type { Rules } from '../core/rules.ts';
import { type ClaimVerdict, judgeClaims } from './claims-judge.ts';
import { createSimulatedDesk } from './desk.ts';
import { judge, type Verdict } from './judge.ts';
import { createMemoryCursors } from './memory-cursors.ts';
import { createMemoryStore } from './memory-store.ts';
import { botDecision, customerAfter, staffOf, workersOf } from './people.ts';
import { createPlatform } from './platform.ts';
import { Crashed, createProcess, type Living } from './process.ts';
import { createRandom } from './random.ts';
import { judgeRanges } from './ranges.ts';
import { createWorld } from './world.ts';

/** What came of a simulated month. */
export interface Scorecard {
  /** What must be zero. */
  readonly laws: Verdict & ClaimVerdict & { lateDeadlines: number; rangesBelowPromise: number };
  /** What happened, so that zero is seen to mean something. */
  readonly facts: {
    readonly cases: number;
    readonly messages: number;
    readonly redelivered: number;
    readonly commits: number;
    readonly crashes: number;
    readonly queueOutages: number;
    readonly slackOutages: number;
    readonly vendorReminders: number;
    readonly refusedSends: number;
    readonly heldSends: number;
    readonly handOvers: number;
    readonly claims: number;
    readonly claimsRefused: number;
    readonly pulled: number;
    readonly callbacks: number;
    readonly plansSet: number;
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
/** The same of Slack. */
const meanSlackUpMs = day;
const meanSlackDownMs = 30 * 60_000;

/**
 * Plays a month of customers, bot, agents and crashes on a virtual clock, through the product's own log writer,
 * delivery and sweeper in two processes on one store. The same seed gives the same scorecard.
 * @param cases how many customers come
 * @param progress called with the share of the time that is over, 0 to 1
 */
export async function simulate(
  {
    cases,
    seed,
    rules,
    boundTo = {},
  }: {
    cases: number;
    seed: number;
    rules: Rules;
    /** The brands of those who do not work for all, by e-mail or name. */
    boundTo?: Readonly<Record<string, readonly string[]>>;
  },
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
  let slackAway = false;
  let slackOutages = 0;

  const onShown = (message: OutboundMessage): void => {
    const next = customerAfter(message, random);
    if (next !== null)
      world.after(next.afterMs, () => writes(message.to.user, message.to.channel, next.does));
  };
  const platforms = [
    createPlatform('webchat', true, random, onShown),
    createPlatform('telegram', false, random, onShown),
  ];
  const workers = workersOf(rules);
  const staff = staffOf(workers, boundTo);
  const desk = createSimulatedDesk({
    world,
    random,
    store,
    rules,
    workers,
    staff,
    inSomeProcess,
    slackIsAway: () => slackAway,
  });
  const surroundings = {
    world,
    random,
    store,
    rules,
    channel: (name: string) => platforms.find(({ channel }) => channel.name === name)?.channel,
    bot: (state: Parameters<typeof botDecision>[0]) => botDecision(state, random),
    queueIsDown: () => queueDown,
    desks: desk.desks,
    staff,
    cursors: createMemoryCursors(),
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

  /** Most customers come by day. */
  function arrival(): number {
    const afterMs = random.int(0, monthMs);
    const hour = new Date(start + afterMs).getUTCHours();
    return (hour >= 7 && hour < 21) || random.chance(0.2) ? afterMs : arrival();
  }

  function killQueue(): void {
    queueDown = true;
    queueOutages += 1;
    world.after(random.wait(meanQueueDownMs), () => {
      queueDown = false;
      world.after(random.wait(meanQueueUpMs), killQueue);
    });
  }

  function sendSlackAway(): void {
    slackAway = true;
    slackOutages += 1;
    world.after(random.wait(meanSlackDownMs), () => {
      slackAway = false;
      world.after(random.wait(meanSlackUpMs), sendSlackAway);
    });
  }

  for (let customer = 0; customer < cases; customer += 1) {
    const channel = random.chance(0.5) ? 'webchat' : 'telegram';
    const user = `customer-${customer}`;
    world.after(arrival(), async () => {
      await writes(user, channel, { kind: 'text', text: 'it does not work' });
      if (random.chance(0.2)) await writes(user, channel, { kind: 'text', text: 'hello?' });
    });
  }
  desk.start();
  world.after(random.wait(meanQueueUpMs), killQueue);
  world.after(random.wait(meanSlackUpMs), sendSlackAway);
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
    ...judgeClaims(store.all(), { staff: await staff.all(), pulled: desk.pulled }, rules),
    lateDeadlines,
    rangesBelowPromise: ranges.told >= leastRanges && rangesHeldPercent < promisedPercent ? 1 : 0,
  };
  const facts = {
    redelivered,
    crashes,
    queueOutages,
    slackOutages,
    claimsRefused: desk.refused(),
    pulled: desk.pulled.size,
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
      callbacks: times('callback-wished'),
      plansSet: times('plan-set'),
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
