import type { EventEmitter } from 'node:events';

/** How often the driver looks whether a server is there, in milliseconds; its own is 10,000. */
export const heartbeatEveryMs = 5_000;

/** A look is looked at so often, in milliseconds. */
const tickMs = 1_000;

/**
 * Watches the driver's looks at its servers. Each ends with success or failure within its limits, but for one that began just
 * as its connection was closing: the driver (mongodb 7.8 and 7.9) waits for that socket to drain, which it never does, and
 * looks at that server no more, also when it has long been back.
 * @param client a `MongoClient`, which tells of each look
 * @param limitMs how long a look may take at most; a thread that was held up does not count
 * @param onStuck is called once, when a look takes longer; nothing is watched from then on
 * @returns ends it
 */
export function watchHeartbeats(client: EventEmitter, limitMs: number, onStuck: () => void): () => void {
  /** For how many ticks each server's look has been under way, by the server's address. */
  const ticks = new Map<string, number>();
  const began = ({ connectionId }: { connectionId: string }) => ticks.set(connectionId, 0);
  const ended = ({ connectionId }: { connectionId: string }) => ticks.delete(connectionId);
  const gone = ({ address }: { address: string }) => ticks.delete(address);
  client.on('serverHeartbeatStarted', began);
  client.on('serverHeartbeatSucceeded', ended);
  client.on('serverHeartbeatFailed', ended);
  client.on('serverClosed', gone);
  const timer = setInterval(() => {
    for (const [server, before] of ticks) ticks.set(server, before + 1);
    if (![...ticks.values()].some((count) => count * tickMs > limitMs)) return;
    stop();
    onStuck();
  }, tickMs).unref();

  function stop(): void {
    clearInterval(timer);
    client.off('serverHeartbeatStarted', began);
    client.off('serverHeartbeatSucceeded', ended);
    client.off('serverHeartbeatFailed', ended);
    client.off('serverClosed', gone);
  }
  return stop;
}
