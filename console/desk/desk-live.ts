import type { LiveStream, LiveStreamDeps } from '../live/live-stream.ts';

/** What the desk hears from the server while it is open. */
export interface DeskLive {
  connection(): 'connecting' | 'open' | 'lost';
  /** Whether the customer of a case (its id) is writing. */
  typing(id: string): boolean;
  subscribe(changed: () => void): () => void;
  wake(): void;
  stop(): void;
}

/** What it is built from. */
export interface DeskLiveDeps {
  readonly open: (address: () => string, names: readonly string[]) => LiveStreamDeps['open'];
  readonly createLiveStream: (deps: LiveStreamDeps) => LiveStream;
  /** Some case changed; its number, or null when anything may have changed. */
  readonly onChange: (number: number | null) => void;
  /** Some agent is available or away now; maybe it was this one, elsewhere. */
  readonly onAgent: () => void;
  /** Runs when the stream breaks: the session may have ended. */
  readonly onLost: () => void;
  readonly random: () => number;
}

const typingShownMs = 6000;

/** Listens to the desk's stream and remembers who is writing. */
export function createDeskLive(deps: DeskLiveDeps): DeskLive {
  let state: 'connecting' | 'open' | 'lost' = 'connecting';
  const writing = new Map<string, ReturnType<typeof setTimeout>>();
  const listeners = new Set<() => void>();
  const tell = () => {
    for (const changed of listeners) changed();
  };

  const stream = deps.createLiveStream({
    random: deps.random,
    prepare: async () => undefined,
    open: deps.open(() => '/api/desk/stream', ['case', 'typing', 'agent']),
    onState(next) {
      state = next;
      if (next === 'lost') deps.onLost();
      if (next === 'open') {
        // What happened while nobody listened is not told again, also between the page's first reading and now.
        deps.onChange(null);
        deps.onAgent();
      }
      tell();
    },
    onEvent({ name, data }) {
      if (name === 'case') {
        const { id, number } = data as { id: string; number: number };
        // What they were writing has come, or nobody waits for it any more.
        stopped(id);
        deps.onChange(number);
      }
      if (name === 'agent') deps.onAgent();
      if (name === 'typing') wrote((data as { id: string }).id);
    },
  });

  function wrote(id: string): void {
    clearTimeout(writing.get(id));
    writing.set(
      id,
      setTimeout(() => stopped(id), typingShownMs),
    );
    tell();
  }

  function stopped(id: string): void {
    clearTimeout(writing.get(id));
    if (writing.delete(id)) tell();
  }

  return {
    connection: () => state,
    typing: (id) => writing.has(id),
    subscribe(changed) {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    wake: stream.wake,
    stop() {
      stream.stop();
      for (const timer of writing.values()) clearTimeout(timer);
    },
  };
}
