import type { Logger } from 'pino';
import { RelevoError, SendError } from '../core/errors.ts';
import type { Duties, Leader } from '../core/leadership.ts';
import type { Channel, Inlet } from './channel.ts';

/** How a channel is doing: `fault` says why it does not listen, and it is tried again; `elsewhere`: another process has it. */
export interface ChannelState {
  readonly name: string;
  readonly title: string;
  readonly state: 'starting' | 'on' | 'fault' | 'elsewhere';
  /** What is wrong, and what people can do about it. */
  readonly fault?: { readonly code: string; readonly message: string; readonly hint?: string };
}

/** What keeping channels listening needs. */
export interface ListeningDeps {
  readonly channels: readonly Channel[];
  readonly inletOf: (channel: string) => Inlet;
  /**
   * Who leads a channel that one process alone may run; null: never this process. Where it is missing, all channels run
   * here.
   */
  readonly leaderOf?: (channel: string, duties: Duties) => Leader | null;
  readonly log: Logger;
  /** Runs something after a while. @returns cancels it */
  readonly later?: (run: () => void, delayMs: number) => () => void;
}

/** All channels of this process, each on its own: one that cannot start stops nobody. */
export interface Listening {
  /** Starts them all; resolves once each listens, has failed or takes long. Never rejects. */
  start(): Promise<void>;
  states(): readonly ChannelState[];
  /** Whether this process may send by a channel now; false for one that only another process runs. */
  runs(channel: string): boolean;
  /** Stops them all and tries none again. */
  stop(): Promise<void>;
}

/** The waits after a start that failed: doubled from the first to the longest. */
const firstWaitMs = 2_000;
const longestWaitMs = 2 * 60_000;

/** The wait where people have to change something first: a platform is not asked again and again with a wrong token. */
const lastingWaitMs = 10 * 60_000;

/** How long the start of everything waits for one channel's, and its stop for a start that is under way. */
const startWithinMs = 10_000;
const stopWithinMs = 5_000;

/** Starts channels, and those that fail again and again until they listen. */
export function createListening(deps: ListeningDeps): Listening {
  const { channels, inletOf, leaderOf, log, later = systemLater } = deps;
  const states = new Map<string, ChannelState>(
    channels.map(({ name, title }) => [name, { name, title, state: 'starting' }]),
  );
  const underWay = new Map<string, Promise<void>>();
  const cancels = new Map<string, () => void>();
  const leaders = new Map<string, Leader | null>();
  /** The channels that are to listen here now. */
  const wanted = new Set<string>();

  for (const channel of channels) {
    if (leaderOf === undefined || !channel.can.oneProcess) continue;
    const duties = { begin: () => begin(channel, 0), end: () => rest(channel) };
    leaders.set(channel.name, leaderOf(channel.name, duties));
    leaveToOthers(channel);
  }

  async function halt(channel: Channel): Promise<void> {
    await channel.stop().catch((error: unknown) => {
      log.warn({ channel: channel.name, err: error }, 'a channel could not be stopped');
    });
  }

  async function attempt(channel: Channel, failures: number): Promise<void> {
    const { name, title } = channel;
    try {
      await channel.start(inletOf(name));
    } catch (error) {
      // What of it was started is put away, so that the next try begins anew.
      await halt(channel);
      if (!wanted.has(name)) return;
      const waitMs = isLasting(error) ? lastingWaitMs : Math.min(longestWaitMs, firstWaitMs * 2 ** failures);
      tell(channel, error);
      cancels.set(
        name,
        later(() => begin(channel, failures + 1), waitMs),
      );
      return;
    }
    if (!wanted.has(name)) return await halt(channel);
    if (states.get(name)?.state === 'fault') log.info({ channel: name }, 'the channel listens again');
    states.set(name, { name, title, state: 'on' });
  }

  /** A fault is logged when it comes up, not at every try. */
  function tell({ name, title }: Channel, error: unknown): void {
    const fault = faultOf(error);
    const known = states.get(name)?.fault?.code === fault.code;
    states.set(name, { name, title, state: 'fault', fault });
    if (known) return;
    log.error(
      { channel: name, code: fault.code, hint: fault.hint, err: error },
      'a channel could not be started: the others go on, and it is tried again',
    );
  }

  function begin(channel: Channel, failures: number): Promise<void> {
    wanted.add(channel.name);
    if (states.get(channel.name)?.state === 'elsewhere') tellStarting(channel);
    const attempted = attempt(channel, failures).finally(() => underWay.delete(channel.name));
    underWay.set(channel.name, attempted);
    return attempted;
  }

  async function rest(channel: Channel): Promise<void> {
    wanted.delete(channel.name);
    cancels.get(channel.name)?.();
    await halt(channel);
    leaveToOthers(channel);
  }

  function tellStarting({ name, title }: Channel): void {
    states.set(name, { name, title, state: 'starting' });
  }

  /** What is being started is stopped too, so that nobody waits for a start that hangs. */
  async function letGo(channel: Channel): Promise<void> {
    await halt(channel);
    await within(stopWithinMs, [leaders.get(channel.name)?.stop()]);
  }

  function leaveToOthers({ name, title }: Channel): void {
    states.set(name, { name, title, state: 'elsewhere' });
  }

  return {
    async start() {
      const starts = channels.map((channel) => {
        const leader = leaders.get(channel.name);
        return leader === undefined ? begin(channel, 0) : leader?.start();
      });
      await within(startWithinMs, starts);
    },
    states: () => [...states.values()],
    runs(channel) {
      const leader = leaders.get(channel);
      return leader === undefined || leader?.leads() === true;
    },
    async stop() {
      wanted.clear();
      for (const cancel of cancels.values()) cancel();
      await Promise.all(channels.map(letGo));
      await within(stopWithinMs, [...underWay.values()]);
    },
  };
}

/** Whether people have to change something first; a store that is away comes back by itself. */
function isLasting(error: unknown): boolean {
  if (error instanceof SendError) return error.permanent;
  return error instanceof RelevoError && error.code !== 'store_unreachable';
}

function faultOf(error: unknown): NonNullable<ChannelState['fault']> {
  if (!(error instanceof RelevoError)) return { code: 'failed', message: 'it could not be started' };
  const { code, message, hint } = error;
  return { code, message, ...(hint === undefined ? {} : { hint }) };
}

async function within(ms: number, work: readonly (Promise<void> | undefined)[]): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([Promise.all(work), late]).finally(() => clearTimeout(timer));
}

function systemLater(run: () => void, delayMs: number): () => void {
  const timer = setTimeout(run, delayMs).unref();
  return () => clearTimeout(timer);
}
