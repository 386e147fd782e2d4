import type { Logger } from 'pino';
import type { Clock } from '../../core/clock.ts';
import { SendError } from '../../core/errors.ts';
import type { ChannelStatus } from '../channel.ts';
import type { BrowserProcess } from './browser/start.ts';
import { createCalls } from './calls.ts';
import {
  eventSchema,
  type FromBrowser,
  fromBrowser,
  lineOf,
  type ToBrowser,
  type WebEvent,
} from './protocol.ts';
import { type Ending, type Phase, statusOf } from './status.ts';

/** How patient the keeper is, all in milliseconds. */
export interface KeeperTimes {
  readonly pingEveryMs: number;
  /** Without a sign of life for so long, the process hangs. */
  readonly silentMs: number;
  /** How long it may take from its start, or from a scanned code, until chats are there. */
  readonly comeUpMs: number;
  readonly firstWaitMs: number;
  readonly longestWaitMs: number;
  /** Connected for so long, the faults before are forgotten. */
  readonly steadyMs: number;
  readonly textMs: number;
  /** Below the time for which a worker holds a conversation. */
  readonly fileMs: number;
  readonly closeMs: number;
}

/** As patient as a real browser and a real phone need it. */
export const patience: KeeperTimes = {
  pingEveryMs: 15_000,
  silentMs: 60_000,
  comeUpMs: 180_000,
  firstWaitMs: 1_000,
  longestWaitMs: 300_000,
  steadyMs: 60_000,
  textMs: 20_000,
  fileMs: 50_000,
  closeMs: 10_000,
};

/** What the keeper tells. */
export interface KeeperEvents {
  /** The phone is linked and messages flow. @param account our own number */
  readonly onReady: (account: string) => Promise<void>;
  /** Resolves once it is durable. */
  readonly onEvent: (event: WebEvent) => Promise<void>;
  readonly onUnreadable: (item: { reason: string; raw: string }) => Promise<void>;
  readonly onQr: (qr: string) => void;
}

/** A message for one chat. */
export type Letter = Pick<Extract<ToBrowser, { is: 'send' }>, 'to' | 'text' | 'file'>;

/** Keeps a browser's process running, whatever becomes of it. */
export interface Keeper {
  start(): void;
  /** @returns the platform's id. @throws SendError; `unknown` where it may have gone out */
  send(letter: Letter): Promise<string>;
  /** @returns the id of the one message that can be it; null: nobody can say */
  find(ask: Omit<Extract<ToBrowser, { is: 'find' }>, 'is' | 'call'>): Promise<string | null>;
  typing(to: string): void;
  /** Asks for whatever came since then. @param since epoch seconds */
  catchUp(since: number): void;
  status(): ChannelStatus;
  stop(): Promise<void>;
}

interface Running {
  readonly process: BrowserProcess;
  readonly gone: Promise<void>;
  browserPid: number | null;
  heardAt: number;
}

/**
 * Makes a keeper.
 * @param begin starts a process
 * @param open what it is told first
 */
export function createKeeper(
  deps: { begin: () => BrowserProcess; open: ToBrowser; clock: Clock; log: Logger; times: KeeperTimes },
  events: KeeperEvents,
): Keeper {
  const { begin, open, clock, log, times } = deps;
  const calls = createCalls();
  let running: Running | null = null;
  let phase: Phase = { is: 'starting' };
  let phaseAt = clock.now();
  let ending: Ending | null = null;
  let faults = 0;
  let stopped = true;
  let next: NodeJS.Timeout | undefined;
  let watch: NodeJS.Timeout | undefined;

  function enter(now: Phase): void {
    if (now.is !== phase.is) phaseAt = clock.now();
    phase = now;
  }

  function launch(): void {
    ending = null;
    enter({ is: 'starting' });
    const process = begin();
    let left = (): void => undefined;
    const gone = new Promise<void>((resolve) => {
      left = resolve;
    });
    const one: Running = { process, gone, browserPid: null, heardAt: clock.now() };
    running = one;
    phaseAt = clock.now();
    const end = (code: number | null): void => {
      if (running !== one) return;
      running = null;
      // A process that ended in good order closed its browser itself.
      if (code !== 0) killBrowser(one);
      left();
      afterEnd();
    };
    process.on('exit', end);
    process.on('error', (error) => {
      log.warn({ why: lineOf(error) }, "the browser's process failed");
      end(null);
    });
    process.on('message', (message) => {
      one.heardAt = clock.now();
      if (running === one && !stopped) hear(message, one);
    });
    tell(open);
  }

  function afterEnd(): void {
    calls.failAll();
    if (stopped) return;
    if (phase.is === 'ready' && clock.now() - phaseAt >= times.steadyMs) faults = 0;
    const waitMs = Math.min(times.longestWaitMs, times.firstWaitMs * 2 ** Math.min(faults, 20));
    faults += 1;
    log.warn(
      { why: ending?.why ?? 'died', detail: ending?.detail, faults, waitMs },
      'WhatsApp Web ended and is started again',
    );
    enter({ is: 'waiting', until: clock.now() + waitMs });
    next = setTimeout(launch, waitMs);
  }

  function tell(message: ToBrowser): Promise<boolean> {
    const process = running?.process;
    if (process === undefined || !process.connected) return Promise.resolve(false);
    return new Promise((resolve) =>
      process.send(message, (error) => resolve(error === null || error === undefined)),
    );
  }

  function hear(message: unknown, one: Running): void {
    const read = fromBrowser.safeParse(message);
    if (!read.success) {
      log.warn("the browser's process said something that nobody understands");
      return;
    }
    understand(read.data, one);
  }

  function understand(said: FromBrowser, one: Running): void {
    switch (said.is) {
      case 'alive':
        return;
      case 'browser':
        one.browserPid = said.pid;
        return;
      case 'needs-qr':
        enter({ is: 'needs-qr', qr: said.qr });
        events.onQr(said.qr);
        return;
      case 'syncing':
        if (phase.is !== 'ready') enter({ is: 'syncing' });
        // Loading the chats of a large account takes long: as long as it goes on, it is well.
        phaseAt = clock.now();
        return;
      case 'ready':
        enter({ is: 'ready' });
        events.onReady(said.account).catch((error: unknown) => {
          log.warn({ err: error }, 'WhatsApp Web is connected, and the store is away');
        });
        return;
      case 'event': {
        const event = eventSchema.safeParse(said.event);
        const raw = JSON.stringify(said.event) ?? '';
        take(said.n, () =>
          event.success
            ? events.onEvent(event.data)
            : events.onUnreadable({ reason: event.error.issues[0]?.code ?? 'unknown', raw }),
        );
        return;
      }
      case 'unreadable':
        take(said.n, () => events.onUnreadable(said));
        return;
      case 'sent':
      case 'found':
        calls.settle(said.call, said.id);
        return;
      case 'failed':
        calls.refuse(said.call, refusalOf(said));
        return;
      case 'trouble':
        log.warn({ what: said.what, why: said.why }, 'WhatsApp Web had trouble');
        return;
      case 'ending':
        ending = said;
        return;
    }
  }

  /** Only what is stored is acknowledged; the rest comes again. */
  function take(n: number, store: () => Promise<void>): void {
    store().then(
      () => tell({ is: 'stored', n, ok: true }),
      (error: unknown) => {
        log.warn({ err: error }, 'what came from WhatsApp Web could not be stored: it will come again');
        return tell({ is: 'stored', n, ok: false });
      },
    );
  }

  function look(): void {
    if (running === null) return;
    const silentMs = clock.now() - running.heardAt;
    const coming = phase.is === 'starting' || phase.is === 'syncing';
    if (silentMs > times.silentMs) kill({ why: 'silent', detail: `no sign of life for ${silentMs} ms` });
    else if (coming && clock.now() - phaseAt > times.comeUpMs) {
      kill({ why: 'page_failed', detail: 'its chats never came' });
    } else void tell({ is: 'ping' });
  }

  function kill(why: Ending): void {
    if (running === null) return;
    ending ??= why;
    killBrowser(running);
    running.process.kill('SIGKILL');
  }

  async function call<Result>(message: (call: number) => ToBrowser, timeoutMs: number): Promise<Result> {
    if (running === null || phase.is !== 'ready') throw notConnected();
    const { id, result } = calls.open<Result>(timeoutMs);
    if (!(await tell(message(id)))) calls.refuse(id, notConnected());
    return result;
  }

  return {
    start() {
      stopped = false;
      faults = 0;
      launch();
      watch = setInterval(look, times.pingEveryMs);
    },
    send: (letter) =>
      call(
        (id) => ({ is: 'send', call: id, ...letter }),
        letter.file === undefined ? times.textMs : times.fileMs,
      ),
    find: (ask) => call((id) => ({ is: 'find', call: id, ...ask }), times.textMs),
    typing: (to) => void (phase.is === 'ready' && tell({ is: 'typing', to })),
    catchUp: (since) => void tell({ is: 'catch-up', since }),
    status: () => statusOf(phase, { faults, ending, stopped, now: clock.now() }),
    async stop() {
      stopped = true;
      clearTimeout(next);
      clearInterval(watch);
      const one = running;
      if (one === null) return;
      void tell({ is: 'close' });
      const late = setTimeout(() => kill({ why: 'silent', detail: 'it did not close' }), times.closeMs);
      await one.gone;
      clearTimeout(late);
    },
  };
}

/** Nothing goes out at this moment, and surely did not. */
export function notConnected(): SendError {
  return new SendError('not_connected', 'WhatsApp Web is not connected at this moment.', {
    hint: 'See /desk/channels: perhaps a phone has to be linked again.',
    retryAfterMs: 15_000,
    scope: 'account',
  });
}

function refusalOf({ code, why }: Extract<FromBrowser, { is: 'failed' }>): SendError {
  switch (code) {
    case 'undeliverable':
      return new SendError(code, `WhatsApp does not know whom to give it to: ${why}`, { permanent: true });
    case 'not_ready':
      return notConnected();
    case 'file_refused':
      return new SendError(code, `WhatsApp Web did not take the file: ${why}`);
    case 'failed':
      return new SendError('send_failed', `WhatsApp Web failed while it was sent: ${why}`, { unknown: true });
  }
}

/** The browser outlives a process that is killed, and holds the session. It leads a group of processes of its own. */
function killBrowser({ browserPid }: Running): void {
  if (browserPid === null) return;
  for (const pid of [-browserPid, browserPid]) {
    try {
      process.kill(pid, 'SIGKILL');
      return;
    } catch (error) {
      // Already gone, or no group where there are none.
      if (!(error instanceof Error)) throw error;
    }
  }
}
