import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What stands in front of several processes, as nginx would: it passes on, and asks the next where nobody answers. */
export interface Balancer {
  readonly url: string;
  /** Passes on to these from now on; addresses without a slash at the end. */
  aim(targets: readonly string[]): void;
  stop(): Promise<void>;
}

/** Starts it on a free port of this computer. */
export async function startBalancer(): Promise<Balancer> {
  let targets: readonly string[] = [];
  let turn = 0;

  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('error', () => outgoing.destroy());
    incoming.on('end', () => {
      turn += 1;
      pass(incoming, Buffer.concat(chunks), outgoing, turn, targets.length);
    });
  });

  function pass(
    incoming: IncomingMessage,
    body: Buffer,
    outgoing: ServerResponse,
    at: number,
    left: number,
  ): void {
    const target = targets[at % Math.max(1, targets.length)];
    if (target === undefined || left === 0) {
      outgoing.writeHead(502).end();
      return;
    }
    const { host, 'transfer-encoding': _, ...headers } = incoming.headers;
    const asked = request(
      `${target}${incoming.url}`,
      {
        method: incoming.method ?? 'GET',
        headers: { ...headers, host: host ?? '', 'content-length': body.length },
      },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
        answer.on('error', () => outgoing.destroy());
      },
    );
    asked.on('error', (error: NodeJS.ErrnoException) => {
      if (outgoing.headersSent) outgoing.destroy();
      // Nobody got it: the next may have it. What broke later may have been done: the caller decides.
      else if (error.code === 'ECONNREFUSED') pass(incoming, body, outgoing, at + 1, left - 1);
      else outgoing.writeHead(502).end();
    });
    outgoing.on('close', () => asked.destroy());
    asked.end(body);
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    aim(given) {
      targets = given;
    },
    async stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}
