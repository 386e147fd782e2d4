import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A network between a store and its server that a test can break. */
export interface TcpProxy {
  /** The server's address by way of this proxy. */
  readonly url: string;
  /** Breaks all connections and refuses new ones. */
  down(): void;
  /** Takes connections again. */
  up(): void;
  /**
   * From now on, whoever sends something with these words in it gets no answer: the server does its work, then the
   * connection breaks.
   * @param times for how many such connections
   */
  loseAnswerTo(words: string, times: number): void;
  stop(): Promise<void>;
}

/** @param target a `postgres://` address */
export async function startTcpProxy(target: string): Promise<TcpProxy> {
  const server = new URL(target);
  const sockets = new Set<Socket>();
  let open = true;
  let lost = { words: '', times: 0 };

  function track(socket: Socket): void {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  }

  const proxy = createServer((near) => {
    track(near);
    if (!open) {
      near.destroy();
      return;
    }
    const far = connect(Number(server.port || 5432), server.hostname);
    track(far);
    let losing = false;
    near.on('data', (data) => {
      if (lost.times > 0 && data.includes(lost.words)) {
        lost.times -= 1;
        losing = true;
      }
      far.write(data);
    });
    far.on('data', (data) => {
      if (losing) near.destroy();
      else near.write(data);
    });
    near.on('close', () => far.end());
    far.on('close', () => near.destroy());
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const place = proxy.address();
  if (place === null || typeof place === 'string') throw new Error('the proxy has no port');
  const url = new URL(target);
  url.hostname = '127.0.0.1';
  url.port = String(place.port);

  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: url.href,
    down() {
      open = false;
      cut();
    },
    up() {
      open = true;
    },
    loseAnswerTo(words, times) {
      lost = { words, times };
    },
    async stop() {
      cut();
      proxy.close();
      await once(proxy, 'close');
    },
  };
}
