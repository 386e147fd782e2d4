import type { BackendFactory, IQueueBackend } from 'bullmq';

/** What BullMQ stands on. */
export interface Engine {
  /** For people: which engine and where, without secrets. */
  readonly description: string;
  /** The schema or key prefix under which the queues are. */
  readonly prefix: string;
  /** Makes the connections of one queue or worker. What it is given as `connection` is not read. */
  readonly backend: BackendFactory<IQueueBackend, object>;
  /** How long an idle worker sleeps before it looks by itself, in seconds; a new job wakes it at once. */
  readonly idleSeconds: number;
  /** Closes what the engine itself opened. */
  close(): void;
}

/** Where an engine is, without the user and the password of its address. */
export function placeOf(url: URL, defaultPort: number): string {
  return `${url.hostname || 'local socket'}:${url.port || defaultPort}${url.pathname === '/' ? '' : url.pathname}`;
}
