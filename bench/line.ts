import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** One kept-alive connection on which one request after another is posted: as light as a client can be. */
export interface Line {
  /** @returns the status of the answer */
  post(path: string, headers: Readonly<Record<string, string>>, body: string): Promise<number>;
  close(): void;
}

/** Connects to a server that answers with a Content-Length. */
export async function openLine(url: string): Promise<Line> {
  const { hostname, port, host } = new URL(url);
  const socket: Socket = connect({ host: hostname, port: Number(port), noDelay: true });
  await once(socket, 'connect');
  let waiting: { resolve(status: number): void; reject(error: Error): void } | null = null;
  let heard = '';

  socket.setEncoding('latin1');
  socket.on('data', (chunk: string) => {
    heard += chunk;
    const headEnd = heard.indexOf('\r\n\r\n');
    if (headEnd < 0) return;
    const length = Number(/\r\ncontent-length: (\d+)/iu.exec(heard.slice(0, headEnd))?.[1] ?? 0);
    if (heard.length < headEnd + 4 + length) return;
    const status = Number(heard.slice(9, 12));
    heard = '';
    waiting?.resolve(status);
    waiting = null;
  });
  const broken = (error?: Error): void => {
    waiting?.reject(error ?? new Error('the server closed the connection'));
    waiting = null;
  };
  socket.on('error', broken);
  socket.on('close', () => broken());

  return {
    post(path, headers, body) {
      const more = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
      const answer = new Promise<number>((resolve, reject) => {
        waiting = { resolve, reject };
      });
      socket.write(
        `POST ${path} HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\n${more.join('')}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
      );
      return answer;
    },
    close: () => void socket.destroy(),
  };
}
