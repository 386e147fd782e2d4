import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { methods } from './fake-methods.ts';
import type { Accepted, FakeState, StoredFile, StoredMessage } from './fake-state.ts';
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
}

/** Where a customer is, in the words of https://docs.slack.dev/reference/events/message */
export interface Where {
  /** A direct message with the bot unless told. */
  readonly channel?: string;
  readonly threadTs?: string;
  readonly ts?: string;
}

/** Slack's part of a delivery. */
export interface Posted {
  readonly ts: string;
  /** The event as it went out, for delivering it again. */
  readonly payload: object;
}

/** A stand-in for Slack: its Web API over HTTP, its events signed to our webhook or over a socket. */
export type FakeSlack = Awaited<ReturnType<typeof startFakeSlack>>;

/** Starts a fake Slack on a free port of this computer. */
export async function startFakeSlack({ now = Date.now, enforceLimits = false }: FakeSlackOptions = {}) {
  let lastTs = 0;
  let failures = { rate429: 0, retryAfterSeconds: 1 };
  let failed = 0;
  let webhook: ((request: Request) => Promise<Response>) | null = null;
  let delivering = true;
  let scopes = '';
  const calls: { readonly method: string; readonly at: number; readonly status: number }[] = [];
  const sockets = new Set<WebSocket>();
  const waiting = new Map<string, (payload: unknown) => void>();
  const budgets = new Map<string, { tokens: number; at: number }>();

  const state: FakeState = {
    team: 'T00000001',
    bot: { userId: 'U0RELEVO1', botId: 'B0RELEVO1' },
    users: new Map(),
    channels: new Map(),
    files: new Map(),
    log: [],
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

  const eventOf = (event: object) => ({
    token: 'redacted',
    team_id: state.team,
    api_app_id: 'A00000001',
    event,
    type: 'event_callback',
    event_id: `Ev${randomUUID().replaceAll('-', '').slice(0, 10).toUpperCase()}`,
    event_time: Math.floor(now() / 1_000),
    authorizations: [{ enterprise_id: null, team_id: state.team, user_id: state.bot.userId, is_bot: true }],
  });

  const directOf = (user: string): string => `D${user.toUpperCase()}`;

  const channelOf = (user: string, channel: string | undefined) => {
    if (!state.users.has(user)) state.users.set(user, { name: user, locale: 'es-ES' });
    const id = channel ?? directOf(user);
    const known = state.channels.get(id) ?? { direct: id.startsWith('D'), messages: [] };
    state.channels.set(id, known);
    return { id, ...known, type: known.direct ? 'im' : 'channel' };
  };

  const post = async (user: string, where: Where, more: Partial<StoredMessage>): Promise<Posted> => {
    const { id: channel, messages, type } = channelOf(user, where.channel);
    const message: StoredMessage = {
      type: 'message',
      ts: where.ts ?? state.nextTs(),
      user,
      text: '',
      ...(where.threadTs === undefined ? {} : { thread_ts: where.threadTs }),
      ...more,
    };
    messages.push(message);
    const root = messages.find(({ ts }) => ts === where.threadTs);
    if (root !== undefined) root.reply_count = (root.reply_count ?? 0) + 1;
    const payload = eventOf({ ...message, channel, channel_type: type, event_ts: message.ts });
    await deliver(payload);
    if (type === 'channel' && message.text.includes(`<@${state.bot.userId}>`)) {
      const { subtype: _, ...mention } = message;
      await deliver(eventOf({ ...mention, type: 'app_mention', channel, event_ts: message.ts }));
    }
    return { ts: message.ts, payload };
  };

  const find = (ts: string): { readonly channel: string; readonly message: StoredMessage } => {
    for (const [channel, { messages }] of state.channels) {
      const message = messages.find((one) => one.ts === ts);
      if (message !== undefined) return { channel, message };
    }
    throw new Error(`no message ${ts}`);
  };

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
    eventOf,
    directOf,
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
    /** What the bot's token may do; untold unless set. */
    setScopes(given: readonly string[]): void {
      scopes = given.join(',');
    },
    /** A share of calls from 0 to 1 that is answered 429. */
    setFailures(given: { rate429: number; retryAfterSeconds?: number }): void {
      failures = { retryAfterSeconds: 1, ...given };
    },

    /** A customer writes; the text is escaped as Slack does. `<@…>` of the bot stays a mention. */
    customerWrites(user: string, text: string, where: Where = {}): Promise<Posted> {
      return post(user, where, { text: slackText(text, state.bot.userId) });
    },
    customerSendsPhoto(
      user: string,
      bytes: Uint8Array,
      where: Where & { text?: string; type?: string } = {},
    ) {
      const id = `F${String(state.files.size + 1).padStart(8, '0')}`;
      const file: StoredFile = {
        id,
        name: 'foto.png',
        size: bytes.length,
        type: where.type ?? 'image/png',
        bytes,
      };
      state.files.set(id, file);
      const shown = {
        id,
        name: file.name,
        mimetype: file.type,
        size: file.size,
        mode: 'hosted',
        url_private: `${state.origin()}/files/${id}`,
      };
      return post(user, where, {
        subtype: 'file_share',
        text: slackText(where.text ?? '', state.bot.userId),
        files: [shown],
      });
    },
    /** A customer taps an option of our newest message that offers it, by its label or id. */
    async customerTaps(user: string, labelOrId: string): Promise<object> {
      for (const { channel, message } of [...state.log].reverse()) {
        const found = optionIn(message.blocks ?? [], labelOrId);
        if (found === null) continue;
        const container = {
          type: 'message',
          channel_id: channel,
          message_ts: message.ts,
          is_ephemeral: false,
          ...(message.thread_ts === undefined ? {} : { thread_ts: message.thread_ts }),
        };
        const payload = {
          type: 'block_actions',
          team: { id: state.team, domain: 'acme' },
          user: { id: user, username: user, team_id: state.team },
          api_app_id: 'A00000001',
          token: 'redacted',
          container,
          trigger_id: `${now()}.1.${randomUUID()}`,
          channel: { id: channel, name: 'directmessage' },
          message: { ...message },
          actions: [{ ...found, block_id: 'b1', action_ts: state.nextTs() }],
        };
        await deliver(payload, { form: true });
        return payload;
      }
      throw new Error(`nobody offered ${labelOrId}`);
    },
    reacts: (user: string, ts: string, reaction: string, added = true) => {
      const { channel, message } = find(ts);
      return deliver(
        eventOf({
          type: added ? 'reaction_added' : 'reaction_removed',
          user,
          reaction,
          item: { type: 'message', channel, ts },
          item_user: message.user,
          event_ts: state.nextTs(),
        }),
      );
    },
    edits: (user: string, ts: string, text: string) => {
      const { channel, message } = find(ts);
      const before = { ...message };
      message.text = slackText(text, state.bot.userId);
      message.edited = { user, ts: state.nextTs() };
      const type = channel.startsWith('D') ? 'im' : 'channel';
      return deliver(
        eventOf({
          type: 'message',
          subtype: 'message_changed',
          hidden: true,
          channel,
          channel_type: type,
          ts: message.edited.ts,
          event_ts: message.edited.ts,
          message: { ...message },
          previous_message: before,
        }),
      );
    },
    deletes: (ts: string) => {
      const { channel, message } = find(ts);
      const known = state.channels.get(channel);
      if (known !== undefined) known.messages = known.messages.filter((one) => one !== message);
      const at = state.nextTs();
      const type = channel.startsWith('D') ? 'im' : 'channel';
      return deliver(
        eventOf({
          type: 'message',
          subtype: 'message_deleted',
          hidden: true,
          channel,
          channel_type: type,
          ts: at,
          event_ts: at,
          deleted_ts: ts,
          previous_message: { ...message },
        }),
      );
    },
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

const shortcodes = { '🦜': ':parrot:', '👍': ':+1:', '👎': ':-1:' } as const;

/** A text as Slack's clients send it: escaped, emoji by name. */
function slackText(text: string, botUserId: string): string {
  let out = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  for (const [emoji, name] of Object.entries(shortcodes)) out = out.replaceAll(emoji, name);
  return out.replaceAll(`&lt;@${botUserId}&gt;`, `<@${botUserId}>`);
}

interface Choice {
  readonly text: { readonly text: string };
  readonly value: string;
}

function optionIn(blocks: readonly unknown[], labelOrId: string): object | null {
  const fits = ({ text, value }: Choice) => text.text === labelOrId || value === labelOrId;
  for (const { type, elements } of blocks as { type: string; elements?: unknown[] }[]) {
    if (type !== 'actions') continue;
    for (const element of (elements ?? []) as ({
      type: string;
      action_id: string;
      options?: Choice[];
    } & Choice)[]) {
      if (element.type === 'button' && fits(element)) return element;
      const option = element.options?.find(fits);
      if (option !== undefined) {
        return { type: 'static_select', action_id: element.action_id, selected_option: option };
      }
    }
  }
  return null;
}
