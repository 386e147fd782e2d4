import type { Logger } from 'pino';

/** Tells the log once when something goes away and once when it is back, however often it is reported. */
export interface Outage {
  /** It failed. Only the first report of an outage is logged. */
  report(error: unknown): void;
  /** It works. */
  over(): void;
  readonly open: boolean;
}

/**
 * @param what the thing that can go away, as the log names it
 * @param meanwhile what its absence means for the customer's work
 */
export function createOutage(log: Logger, what: string, meanwhile: string): Outage {
  let open = false;
  return {
    report(error) {
      if (open) return;
      open = true;
      log.warn({ err: error }, `${what} fails: ${meanwhile}`);
    },
    over() {
      if (!open) return;
      open = false;
      log.info(`${what} works again`);
    },
    get open() {
      return open;
    },
  };
}
