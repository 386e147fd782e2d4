import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import jwt from 'jsonwebtoken';
import { judge, type Plugin } from './plugin.ts';

/** How a fake server is set up. */
export interface FakeJitsi {
  /** What its `config.js` says beside its domain. */
  readonly config?: string;
  /** Another page in the place of `config.js`; a status of 404 too. */
  readonly notJitsi?: boolean;
  /** `open`: no token is asked for. `token`: those that the plugin takes. `any-token`: also forged ones. */
  readonly door?: 'open' | 'token' | 'any-token' | 'none';
  readonly plugin: Omit<Plugin, 'nowSeconds'>;
  /** How far its clock is from the real one, in milliseconds. */
  readonly clockMs?: number;
}

/**
 * A web server as Jitsi's looks from outside: `config.js`, and logging in by BOSH.
 * @returns `fetch` as if it were at https://meet.example.com
 */
export async function startFakeJitsi(set: () => FakeJitsi): Promise<{
  readonly fetch: typeof fetch;
  readonly asked: string[];
  close(): Promise<void>;
}> {
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    const { config = '', door = 'token', plugin, notJitsi = false, clockMs = 0 } = set();
    const url = new URL(request.url ?? '/', 'http://x');
    asked.push(`${request.method} ${url.pathname}`);
    response.setHeader('date', new Date(Date.now() + clockMs).toUTCString());
    if (notJitsi) return response.writeHead(404).end('<html>nginx</html>');
    if (url.pathname === '/config.js')
      return response.end(`var config = {\n  hosts: {\n    domain: 'meet.example.com',\n  },\n};\n${config}`);
    if (url.pathname !== '/http-bind' || door === 'none') return response.writeHead(404).end();
    let body = '';
    for await (const chunk of request) body += String(chunk);
    if (body.includes("type='terminate'")) return response.end('<body type="terminate"/>');
    if (!body.includes('<auth'))
      return response.end(
        `<body sid='a-b' xmlns='http://jabber.org/protocol/httpbind'><features><mechanisms><mechanism>ANONYMOUS</mechanism></mechanisms></features></body>`,
      );
    const token = url.searchParams.get('token');
    const claim = token === null ? null : jwt.decode(token);
    const room = typeof claim === 'object' ? String(claim?.room) : '';
    const nowSeconds = Math.floor((Date.now() + clockMs) / 1_000);
    const fine =
      door === 'open' || (door === 'any-token' && token !== null)
        ? true
        : 'joined' in judge(token, room, { ...plugin, nowSeconds });
    response.end(fine ? '<body><success/></body>' : '<body><failure><not-allowed/></failure></body>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    asked,
    fetch: (input, init) =>
      fetch(String(input).replace('https://meet.example.com', `http://127.0.0.1:${port}`), init),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
