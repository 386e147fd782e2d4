import { once } from 'node:events';
import type { Socket } from 'node:net';
import { connect, createServer } from 'node:net';

/** A line between a part and its engine that a test can cut. */
export interface Proxy {
  /** The target's address, by way of this line. */
  readonly url: string;
  /** Ends all connections and refuses new ones. */
  cut(): Promise<void>;
  /** Keeps connections open and carries nothing, as a hung server would. */
  freeze(): void;
  /** Works again. */
  mend(): Promise<void>;
  /** New connections go to another address from now on. */
  aim(target: string): void;
  stop(): Promise<void>;
}

/** Puts a line in front of a server. @param target its address, with host and port */
export async function startProxy(target: string): Promise<Proxy> {
  let far = new URL(target);
  const ends = new Set<Socket>();
  let frozen = false;
  const server = createServer((near) => {
    const there = connect(Number(far.port), far.hostname);
    for (const [from, to] of [
      [near, there],
      [there, near],
    ] as const) {
      ends.add(from);
      if (!frozen) from.pipe(to);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        ends.delete(from);
        to.destroy();
      });
    }
  });
  const listen = async (port: number) => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  };
  const cut = async () => {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    for (const end of ends) end.destroy();
    await closed;
  };
  await listen(0);
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The line has no port.');
  const near = new URL(target);
  near.hostname = '127.0.0.1';
  near.port = String(address.port);
  return {
    url: near.href,
    cut,
    freeze() {
      frozen = true;
      for (const end of ends) {
        end.unpipe();
        end.pause();
      }
    },
    async mend() {
      frozen = false;
      if (server.listening) for (const end of ends) end.destroy();
      else await listen(address.port);
    },
    aim(next) {
      far = new URL(next);
    },
    stop: cut,
  };
}
