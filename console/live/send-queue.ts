import { ApiError } from './api-error.ts';
import { backoffMs } from './backoff.ts';

/** The few things that a queue needs of `localStorage`. */
export interface Shelf {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
  keys(): readonly string[];
}

/** Something on its way to the server. */
export interface Sending<T> {
  /** Made by the page; the server knows a resend by it. */
  readonly id: string;
  /** When it was handed in, epoch milliseconds. */
  readonly at: number;
  readonly body: T;
  /** `stored`: the server has it. `refused`: it will not take it as it is. */
  readonly state: 'sending' | 'stored' | 'refused';
  /** Why it was refused, or why it is being tried again. */
  readonly fault: ApiError | null;
}

/** What is on its way, in the order it was handed in. */
export interface SendQueue<T> {
  /** A new array after each change, the same one in between. */
  items(): readonly Sending<T>[];
  add(id: string, body: T): void;
  /** Tries a refused one again, under the same id. */
  retry(id: string): void;
  /** Forgets one: the story has it now, or its writer took it back. */
  drop(id: string): void;
  /** Tries at once what is waiting for its next attempt. */
  wake(): void;
  /** Calls back after each change. @returns stops it */
  subscribe(changed: () => void): () => void;
  stop(): void;
}

/** What a queue is built from. */
export interface SendQueueDeps<T> {
  /** Before the keys of this queue on the shelf: queues of different names do not see each other. */
  readonly name: string;
  readonly shelf: Shelf;
  readonly send: (id: string, body: T) => Promise<void>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly random: () => number;
}

/**
 * Sends one thing after the other, each until the server has it or refuses it. What is not sent yet lies on
 * the shelf, one key for each, so that neither a reload nor a second tab loses it.
 */
export function createSendQueue<T>(deps: SendQueueDeps<T>): SendQueue<T> {
  const prefix = `relevo.unsent.${deps.name}.`;
  let items: readonly Sending<T>[] = restore<T>(deps.shelf, prefix);
  const listeners = new Set<() => void>();
  let busy = false;
  let attempt = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;

  const set = (next: readonly Sending<T>[]) => {
    items = next;
    for (const changed of listeners) changed();
  };
  const change = (id: string, patch: Partial<Sending<T>>) =>
    set(items.map((item) => (item.id === id ? { ...item, ...patch } : item)));

  async function pump(): Promise<void> {
    const next = items.find((item) => item.state === 'sending');
    if (busy || stopped || timer !== undefined || next === undefined) return;
    busy = true;
    try {
      await deps.send(next.id, next.body);
      attempt = 0;
      deps.shelf.removeItem(prefix + next.id);
      change(next.id, { state: 'stored', fault: null });
    } catch (cause) {
      const fault = cause instanceof ApiError ? cause : new ApiError('unknown', 0, String(cause), { cause });
      if (fault.passing) {
        attempt += 1;
        change(next.id, { fault });
        later(Math.max(fault.retryAfterMs ?? 0, backoffMs(attempt, deps.random())));
      } else {
        change(next.id, { state: 'refused', fault });
      }
    } finally {
      busy = false;
    }
    void pump();
  }

  function later(delayMs: number): void {
    if (stopped) return;
    timer = setTimeout(wake, Math.min(delayMs, 30_000));
  }

  function wake(): void {
    clearTimeout(timer);
    timer = undefined;
    void pump();
  }

  queueMicrotask(() => void pump());
  return {
    items: () => items,
    add(id, body) {
      const item: Sending<T> = { id, at: deps.now(), body, state: 'sending', fault: null };
      deps.shelf.setItem(prefix + id, JSON.stringify({ id, at: item.at, body }));
      set([...items, item]);
      void pump();
    },
    retry(id) {
      const item = items.find((each) => each.id === id);
      if (item?.state !== 'refused') return;
      change(id, { state: 'sending', fault: null });
      void pump();
    },
    drop(id) {
      if (!items.some((item) => item.id === id)) return;
      deps.shelf.removeItem(prefix + id);
      set(items.filter((item) => item.id !== id));
    },
    wake,
    subscribe(changed) {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
      listeners.clear();
    },
  };
}

function restore<T>(shelf: Shelf, prefix: string): readonly Sending<T>[] {
  const found: Sending<T>[] = [];
  for (const key of shelf.keys()) {
    if (!key.startsWith(prefix)) continue;
    try {
      const { id, at, body } = JSON.parse(shelf.getItem(key) ?? '') as Sending<T>;
      found.push({ id, at, body, state: 'sending', fault: null });
    } catch {
      // Not ours, or half-written: nothing that could be sent.
      shelf.removeItem(key);
    }
  }
  return found.sort((a, b) => a.at - b.at);
}
