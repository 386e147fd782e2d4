import type { Logger } from 'pino';
import type { Channel, ChannelStatus } from './channels/channel.ts';
import type { Clock } from './core/clock.ts';
import type { Cursors } from './store/cursors.ts';

/** What telling of channels between processes needs. */
export interface ChannelStatesDeps {
  readonly channels: readonly Pick<Channel, 'name' | 'title' | 'can' | 'state'>[];
  /** Whether this process runs a channel now. */
  readonly runs: (channel: string) => boolean;
  readonly cursors: Pick<Cursors, 'get' | 'set'>;
  readonly clock: Clock;
  readonly log: Logger;
  /** Calls back again and again and gives the way to end it: `setInterval` unless a test drives it. */
  readonly every?: (run: () => void, everyMs: number) => () => void;
}

/** A channel as the page of channels shows it, on whatever process it runs. */
export interface ToldChannel {
  readonly name: string;
  readonly title: string;
  readonly state?: () => Promise<ChannelStatus>;
}

/** How channels are, told by the processes that run them to those that only serve. */
export interface ChannelStates {
  listed(): readonly ToldChannel[];
  start(): void;
  stop(): void;
}

/** What stands in the store of a channel; `at` in epoch milliseconds. */
interface Told {
  readonly at: number;
  readonly status: ChannelStatus;
}

/** A code to scan lives about twenty seconds. */
const lookEveryMs = 2_000;

/** What did not change is said again this often, so that others know that somebody still runs the channel. */
const againEveryMs = 15_000;
const goodForMs = 60_000;

const nobody: ChannelStatus = { state: 'restarting', line: 'No process runs it at the moment.' };

/** Tells through the store how channels are which one process alone may run. */
export function openChannelStates(deps: ChannelStatesDeps): ChannelStates {
  const { channels, runs, cursors, clock, log, every = systemEvery } = deps;
  const told = new Map<string, Told>();
  let cancel: (() => void) | null = null;

  async function tell({ name, state }: Pick<Channel, 'name' | 'state'>): Promise<void> {
    if (state === undefined || !runs(name)) return;
    const next: Told = { at: clock.now(), status: state() };
    const last = told.get(name);
    const same = last !== undefined && JSON.stringify(last.status) === JSON.stringify(next.status);
    if (same && next.at - last.at < againEveryMs) return;
    told.set(name, next);
    await cursors.set(cursorOf(name), JSON.stringify(next)).catch((error: unknown) => {
      told.delete(name);
      log.debug({ err: error, channel: name }, 'how the channel is was not told');
    });
  }

  async function read(name: string): Promise<ChannelStatus> {
    const text = await cursors.get(cursorOf(name));
    if (text === null) return nobody;
    const { at, status } = JSON.parse(text) as Told;
    return clock.now() - at < goodForMs ? status : nobody;
  }

  return {
    listed: () =>
      channels.map(({ name, title, can, state }) => {
        if (state === undefined) return { name, title };
        const here = !can.oneProcess || runs(name);
        return { name, title, state: async () => (here ? state() : await read(name)) };
      }),
    start() {
      const alone = channels.filter(({ can, state }) => can.oneProcess && state !== undefined);
      if (alone.length === 0) return;
      cancel ??= every(() => {
        for (const channel of alone) void tell(channel);
      }, lookEveryMs);
    },
    stop() {
      cancel?.();
      cancel = null;
    },
  };
}

const cursorOf = (channel: string) => `channel-state/${channel}`;

function systemEvery(run: () => void, everyMs: number): () => void {
  const timer = setInterval(run, everyMs).unref();
  return () => clearInterval(timer);
}
