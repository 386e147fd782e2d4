import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { createCustomers } from './fake-customers.ts';
import { methods } from './fake-methods.ts';
import type { Accepted, FakeState } from './fake-state.ts';
import { signedPost } from './sign.ts';

export const botToken = 'xoxb-fake-token';
export const appToken = 'xapp-fake-token';
export const signingSecret = '8f742231b10e8888abcd99yyyzzz85a5';

/** How a fake is set up. */
export interface FakeSlackOptions {
  /** Epoch milliseconds; the system's unless a test has its own clock. */
  readonly now?: () => number;
  /** Holds to one message a second and channel, with bursts of three; off unless asked for. */
  readonly enforceLimits?: boolean;
  /** The workspace that its calls come from. */
  readonly team?: string;
}

/** A stand-in for Slack: its Web API over HTTP, its events signed to our webhook or over a socket. */
export type FakeSlack = Awaited<ReturnType<typeof startFakeSlack>>;

/** Starts a fake Slack on a free port of this computer. */
export async function startFakeSlack({
  now = Date.now,
  enforceLimits = false,
  team = 'T00000001',
}: FakeSlackOptions = {}) {
  let lastTs = 0;
  let failures = { rate429: 0, retryAfterSeconds: 1 };
  let failed = 0;
  let webhook: ((request: Request) => Promise<Response>) | null = null;
  let delivering = true;
  let away = false;
  let revoked = false;
  let scopes = '';
  const calls: { readonly method: string; readonly at: number; readonly status: number }[] = [];
  const sockets = new Set<WebSocket>();
  const waiting = new Map<string, (payload: unknown) => void>();
  const budgets = new Map<string, { tokens: number; at: number }>();

  const state: FakeState = {
    team,
    bot: { userId: 'U0RELEVO1', botId: 'B0RELEVO1' },
    users: new Map(),
    channels: new Map(),
    files: new Map(),
    log: [],
    whispers: [],
    modals: [],
    homes: new Map(),
    nextTs() {
      lastTs = Math.max(lastTs + 100, now() * 1_000);
      return `${Math.floor(lastTs / 1e6)}.${String(lastTs % 1e6).padStart(6, '0')}`;
    },
    origin: () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  };

  const isLimited = (channel: string): boolean => {
    if (!enforceLimits) return false;
    const budget = budgets.get(channel) ?? { tokens: 3, at: now() };
    const tokens = Math.min(3, budget.tokens + (now() - budget.at) / 1_000);
    budgets.set(channel, { tokens: tokens >= 1 ? tokens - 1 : tokens, at: now() });
    return tokens < 1;
  };

  const answerCall = (method: string, args: Record<string, string>, token: string) => {
    const json = (status: number, body: object, headers: Record<string, string> = {}) => {
      calls.push({ method, at: now(), status });
      return {
        status,
        body: JSON.stringify(body),
        headers: {
          'content-type': 'application/json',
          ...(scopes === '' ? {} : { 'x-oauth-scopes': scopes }),
          ...headers,
        },
      };
    };
    const right = method === 'apps.connections.open' ? appToken : botToken;
    if (token !== right) return json(200, { ok: false, error: 'invalid_auth' });
    if (revoked) return json(200, { ok: false, error: 'token_revoked' });
    const known = methods[method];
    if (known === undefined && method !== 'apps.connections.open')
      return json(200, { ok: false, error: 'unknown_method' });
    const limited = method === 'chat.postMessage' && isLimited(args.channel ?? '');
    failed += failures.rate429;
    if (limited || failed >= 1) {
      failed = Math.max(0, failed - 1);
      return json(
        429,
        { ok: false, error: 'ratelimited' },
        { 'retry-after': String(failures.retryAfterSeconds) },
      );
    }
    if (known === undefined) {
      return json(200, { ok: true, url: `${state.origin().replace('http', 'ws')}/socket` });
    }
    const answer = known(state, args);
    return json(200, { ok: answer.error === undefined, ...answer });
  };

  const server = createServer((request, response) => {
    if (away) {
      request.socket.destroy();
      return;
    }
    void (async () => {
      const body = await bodyOf(request);
      const path = request.url ?? '';
      const token = request.headers.authorization?.replace('Bearer ', '') ?? '';
      const file = state.files.get(/^\/(?:files|upload)\/(\w+)$/u.exec(path)?.[1] ?? '');
      if (path.startsWith('/upload/') && file !== undefined) {
        const form = await new Response(new Uint8Array(body), {
          headers: { 'content-type': request.headers['content-type'] ?? '' },
        }).formData();
        file.bytes = Buffer.from(await (form.get('body') as File).arrayBuffer());
        response.end('OK');
      } else if (path.startsWith('/files/')) {
        if (token !== botToken || !file?.bytes)
          response.writeHead(302, { location: 'https://slack.com/signin' }).end();
        else response.writeHead(200, { 'content-type': file.type }).end(file.bytes);
      } else {
        const args = Object.fromEntries(new URLSearchParams(body.toString()));
        const { status, body: text, headers } = answerCall(path.replace('/api/', ''), args, token);
        response.writeHead(status, headers).end(text);
      }
    })();
  });
  const socketServer = new WebSocketServer({ server, path: '/socket' });
  socketServer.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('message', (data) => {
      const { envelope_id: id, payload } = JSON.parse(String(data));
      waiting.get(id)?.(payload);
    });
    socket.send(JSON.stringify({ type: 'hello', num_connections: 1 }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  const signed = (body: string, contentType: string, headers: Record<string, string> = {}): Request =>
    signedPost(body, signingSecret, now(), { 'content-type': contentType, ...headers });

  const overSocket = async (
    socket: WebSocket,
    type: string,
    payload: object,
    retry: number,
  ): Promise<unknown> => {
    const id = randomUUID();
    const acknowledged = new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('not acknowledged within 3 s')), 3_000);
      waiting.set(id, (answer) => {
        clearTimeout(timer);
        resolve(answer);
      });
    });
    socket.send(
      JSON.stringify({
        envelope_id: id,
        type,
        payload,
        retry_attempt: retry,
        accepts_response_payload: false,
      }),
    );
    return acknowledged.finally(() => waiting.delete(id));
  };

  /** Delivers a payload the way we listen. @throws when it is not acknowledged */
  const deliver = async (payload: object, { retry = 0, form = false } = {}): Promise<unknown> => {
    if (!delivering) return null;
    const [socket] = sockets;
    if (socket !== undefined) return overSocket(socket, form ? 'interactive' : 'events_api', payload, retry);
    if (webhook === null) throw new Error('nobody listens');
    const text = JSON.stringify(payload);
    const headers: Record<string, string> =
      retry === 0 ? {} : { 'x-slack-retry-num': String(retry), 'x-slack-retry-reason': 'http_error' };
    const response = await webhook(
      form
        ? signed(
            new URLSearchParams({ payload: text }).toString(),
            'application/x-www-form-urlencoded',
            headers,
          )
        : signed(text, 'application/json', headers),
    );
    if (response.status !== 200) throw new Error(`HTTP ${response.status}`);
    return response.text();
  };

  /** Sends a slash command the way we listen. @returns the answer */
  const sendCommand = async (fields: Readonly<Record<string, string>>): Promise<unknown> => {
    const [socket] = sockets;
    if (socket !== undefined) return overSocket(socket, 'slash_commands', fields, 0);
    if (webhook === null) throw new Error('nobody listens');
    const form = new URLSearchParams(fields).toString();
    return (await webhook(signed(form, 'application/x-www-form-urlencoded'))).json();
  };

  const customers = createCustomers({ state, now, deliver });

  return {
    /** The root of the Web API. */
    url: `${state.origin()}/api/`,
    state,
    /** Every call with its time and answer. */
    calls,
    /** Our messages that Slack accepted, in order. */
    log: state.log as readonly Accepted[],
    signed,
    deliver,
    sendCommand,
    sockets,

    /** Where events go by HTTP: a handler, or the address of a running Relevo's `/hooks/slack`. */
    connect(to: ((request: Request) => Promise<Response>) | string): void {
      webhook =
        typeof to === 'string'
          ? async (request) =>
              fetch(to, { method: 'POST', headers: request.headers, body: await request.arrayBuffer() })
          : to;
    },
    /** Whether events are delivered; what happens meanwhile stands in the history only. */
    setDelivering(on: boolean): void {
      delivering = on;
    },
    /** Whether Slack answers nobody. */
    setAway(on: boolean): void {
      away = on;
    },
    /** Whether our tokens were taken back. */
    setRevoked(on: boolean): void {
      revoked = on;
    },
    /** What the bot's token may do; untold unless set. */
    setScopes(given: readonly string[]): void {
      scopes = given.join(',');
    },
    /** A share of calls from 0 to 1 that is answered 429. */
    setFailures(given: { rate429: number; retryAfterSeconds?: number }): void {
      failures = { retryAfterSeconds: 1, ...given };
    },

    ...customers,
    async stop(): Promise<void> {
      for (const socket of sockets) socket.terminate();
      socketServer.close();
      server.close();
      server.closeAllConnections();
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}
