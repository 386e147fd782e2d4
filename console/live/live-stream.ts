import { backoffMs } from './backoff.ts';

/** One server-sent event. */
export interface StreamEvent {
  readonly name: string;
  /** The JSON after `data:`. */
  readonly data: unknown;
  /** The `id:`; empty when the event had none. */
  readonly id: string;
}

/** An open connection, as a test or a browser provides it. */
export interface StreamConnection {
  close(): void;
}

/** What a stream is built from. */
export interface LiveStreamDeps {
  /** Opens one connection. The callbacks stop mattering after `close`. */
  readonly open: (on: {
    opened: () => void;
    event: (event: StreamEvent) => void;
    failed: () => void;
  }) => StreamConnection;
  /** Runs before every connection, also the first; when it rejects, that counts as a failed connection. */
  readonly prepare: () => Promise<void>;
  readonly onEvent: (event: StreamEvent) => void;
  readonly onState: (state: 'connecting' | 'open' | 'lost') => void;
  readonly random: () => number;
}

/** Events from the server for as long as the page is open. */
export interface LiveStream {
  /** Connects anew at once: the computer woke up, or the network came back. */
  wake(): void;
  stop(): void;
}

/** Keeps one stream of events open and connects again, later and later, when it breaks. */
export function createLiveStream(deps: LiveStreamDeps): LiveStream {
  let connection: StreamConnection | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let attempt = 0;
  // Every try has a number, so that what an abandoned one still says is ignored.
  let current = 0;
  let stopped = false;

  async function connect(): Promise<void> {
    clearTimeout(timer);
    connection?.close();
    connection = undefined;
    current += 1;
    const mine = current;
    const live = () => !stopped && mine === current;
    const failed = () => {
      if (!live()) return;
      connection?.close();
      connection = undefined;
      attempt += 1;
      deps.onState('lost');
      timer = setTimeout(() => void connect(), backoffMs(attempt, deps.random()));
    };
    try {
      await deps.prepare();
    } catch {
      failed();
      return;
    }
    if (!live()) return;
    connection = deps.open({
      opened: () => {
        if (!live()) return;
        attempt = 0;
        deps.onState('open');
      },
      event: (event) => {
        if (live()) deps.onEvent(event);
      },
      failed,
    });
  }

  deps.onState('connecting');
  void connect();
  return {
    wake() {
      if (!stopped) void connect();
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
      connection?.close();
    },
  };
}
