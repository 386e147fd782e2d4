import type { LiveStreamDeps } from './live-stream.ts';

/**
 * Opens an `EventSource` for a live stream. It never reconnects by itself: the live stream does, with the
 * newest cursor and more patience.
 * @param address is asked for at each connection
 * @param names of the events to listen for
 */
export function openEventSource(address: () => string, names: readonly string[]): LiveStreamDeps['open'] {
  return (on) => {
    const source = new EventSource(address());
    source.onopen = on.opened;
    source.onerror = () => {
      source.close();
      on.failed();
    };
    for (const name of names) {
      source.addEventListener(name, (event: MessageEvent<string>) => {
        on.event({ name, data: JSON.parse(event.data) as unknown, id: event.lastEventId });
      });
    }
    return { close: () => source.close() };
  };
}

/**
 * Calls back when the network or the computer came back.
 * @returns stops it
 */
export function onWake(wake: () => void): () => void {
  let hiddenAt = 0;
  const shown = () => {
    if (document.visibilityState === 'hidden') hiddenAt = Date.now();
    // A phone that was put away for a while has lost its connection without being told.
    else if (Date.now() - hiddenAt > 60_000) wake();
  };
  addEventListener('online', wake);
  document.addEventListener('visibilitychange', shown);
  return () => {
    removeEventListener('online', wake);
    document.removeEventListener('visibilitychange', shown);
  };
}
