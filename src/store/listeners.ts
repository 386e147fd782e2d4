import type { Logger } from 'pino';
import type { Signals } from './signals.ts';

/** Topics of one short moment go out together. Milliseconds. */
const gatherMs = 8;

/** What signals are in one process: who listens to them, and what is about to go to the other processes. */
export interface Listeners extends Pick<Signals, 'publish' | 'subscribe'> {
  /** Tells everybody here of a topic that another process published. */
  tell(topic: string): void;
  /** Sends what is gathered; resolves once that, and what was being sent, is over. */
  flush(): Promise<void>;
}

/** @param send brings topics to the other processes; when it fails they are lost, which only delays screens there */
export function createListeners(send: (topics: readonly string[]) => Promise<void>, log: Logger): Listeners {
  const listeners = new Set<(topic: string) => void>();
  const waiting = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let sending: Promise<void> = Promise.resolve();

  function tell(topic: string): void {
    for (const listener of [...listeners]) {
      try {
        listener(topic);
      } catch (error) {
        log.error({ err: error }, 'a listener to signals failed');
      }
    }
  }

  async function sendWaiting(): Promise<void> {
    timer = undefined;
    const topics = [...waiting];
    waiting.clear();
    try {
      await send(topics);
    } catch (error) {
      log.warn({ err: error, topics: topics.length }, 'signals were lost: screens in other processes lag');
    }
  }

  return {
    tell,
    publish(topic) {
      tell(topic);
      waiting.add(topic);
      timer ??= setTimeout(() => {
        sending = sendWaiting();
      }, gatherMs);
    },
    subscribe(listener) {
      // Its own function each time: subscribing the same listener twice makes two subscriptions.
      const own = (topic: string) => listener(topic);
      listeners.add(own);
      return () => listeners.delete(own);
    },
    async flush() {
      if (timer !== undefined) {
        clearTimeout(timer);
        await sendWaiting();
      }
      await sending;
    },
  };
}
