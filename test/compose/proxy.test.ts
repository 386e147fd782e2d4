import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { connect } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openStream } from '../http/sse.ts';
import { type NginxServer, nginxMissing, startNginx } from '../nginx-server.ts';

/** Two that answer in the place of web processes: they say who they are and what they were asked. */
const servers: Server[] = [];
let answer: (request: IncomingMessage, response: ServerResponse, name: string) => void;

const tell: typeof answer = (request, response, name) => {
  let bytes = 0;
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
  });
  request.on('end', () => {
    const { method, url, headers } = request;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ name, method, url, headers, bytes }));
  });
};

interface Told {
  readonly name: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: number;
}

async function serve(name: string, port = 0): Promise<Server> {
  const server = createServer((request, response) => answer(request, response, name)).listen(
    port,
    '127.0.0.1',
  );
  await once(server, 'listening');
  return server;
}

function portOf(server: Server | undefined): number {
  const address = server?.address() as AddressInfo | null | undefined;
  if (address == null) throw new Error('it does not listen');
  return address.port;
}

async function end(server: Server | undefined): Promise<void> {
  server?.closeAllConnections();
  await new Promise((resolve) => server?.close(resolve));
}

describe.skipIf(nginxMissing !== undefined)(`the files of nginx ${nginxMissing ?? ''}`, () => {
  let nginx: NginxServer;
  let secure: NginxServer;
  beforeAll(async () => {
    servers.push(await serve('one'), await serve('two'));
    const ports = [portOf(servers[0]), portOf(servers[1])] as const;
    nginx = await startNginx(ports);
    secure = await startNginx(ports, 'https');
  });
  afterAll(async () => {
    await nginx?.stop();
    await secure?.stop();
    for (const server of servers) await end(server);
  });
  beforeEach(() => {
    answer = tell;
  });

  const ask = async (path: string, init?: RequestInit): Promise<Told> =>
    (await fetch(`${nginx.url}${path}`, init)).json() as Promise<Told>;

  test('requests go to both', async () => {
    const names = [await ask('/'), await ask('/'), await ask('/'), await ask('/')].map(({ name }) => name);
    expect(new Set(names)).toEqual(new Set(['one', 'two']));
  });

  test('behind a proxy of its owner, what that one says is handed on; without one, what nginx sees', async () => {
    const said = {
      'x-forwarded-for': '203.0.113.9',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'evil.example',
    };
    const host = new URL(nginx.url).host;
    expect((await ask('/', { headers: said })).headers).toMatchObject({
      host,
      'x-forwarded-for': '203.0.113.9',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': host,
    });
    expect((await ask('/')).headers).toMatchObject({
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-proto': 'http',
    });
  });

  test('with the certificate itself it speaks HTTP/2, believes nobody, and leads plain http there', async () => {
    const client = connect(secure.url, { rejectUnauthorized: false });
    const stream = client.request({
      ':path': '/',
      'x-forwarded-for': '203.0.113.9',
      'x-forwarded-proto': 'http',
    });
    const body = (await stream.toArray()).join('');
    expect(client.alpnProtocol).toBe('h2');
    client.close();
    expect((JSON.parse(body) as Told).headers).toMatchObject({
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-proto': 'https',
    });
    const led = await fetch(`${secure.plainUrl}/desk?a=1`, { redirect: 'manual' });
    expect([led.status, led.headers.get('location')]).toEqual([308, 'https://127.0.0.1/desk?a=1']);
  });

  test('a stream of events arrives event by event', async () => {
    let more: ServerResponse | undefined;
    answer = (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('event: first\ndata: 1\n\n');
      more = response;
    };
    const stream = await openStream(`${nginx.url}/api/chat/stream`, {});
    expect((await stream.next('first')).data).toBe(1);
    more?.write('event: second\ndata: 2\n\n');
    expect((await stream.next('second')).data).toBe(2);
    stream.close();
  });

  test('the largest file comes through; what is larger is refused before it is taken', async () => {
    const post = (bytes: number) => fetch(`${nginx.url}/x`, { method: 'POST', body: Buffer.alloc(bytes) });
    const largest = await post(25 * 1024 * 1024 + 10_000);
    expect(((await largest.json()) as Told).bytes).toBe(25 * 1024 * 1024 + 10_000);
    expect((await post(27 * 1024 * 1024)).status).toBe(413);
  });

  test('while a process is away the other gets everything, what is posted too', async () => {
    const port = portOf(servers[0]);
    await end(servers[0]);
    const posts = Array.from({ length: 6 }, () => ask('/', { method: 'POST', body: 'hola' }));
    expect((await Promise.all(posts)).map(({ name, bytes }) => [name, bytes])).toEqual(
      posts.map(() => ['two', 4]),
    );
    servers[0] = await serve('one', port);
    await expect.poll(async () => (await ask('/')).name, { timeout: 10_000, interval: 100 }).toBe('one');
  });

  test('what a process had begun when it died is not done a second time by the other', async () => {
    let asked = 0;
    answer = (request) => {
      asked += 1;
      request.socket.destroy();
    };
    expect((await fetch(`${nginx.url}/`, { method: 'POST', body: 'hola' })).status).toBe(502);
    expect(asked).toBe(1);
  });
});
