import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Address } from '../../../src/core/message.ts';
import { createFakeInbox, type FakeUpdate } from './fake-inbox.ts';
import { createFakeLimits } from './fake-limits.ts';
import {
  bad,
  checkRest,
  type FakeButton,
  type Fields,
  keyboardOf,
  type Refusal,
  readWords,
  sends,
} from './fake-rules.ts';

/** A message of the bot as its reader sees it. */
export interface AcceptedSend {
  readonly method: string;
  readonly chat: number;
  readonly messageId: number;
  /** Without marks. */
  readonly text: string;
  readonly keyboard: readonly (readonly FakeButton[])[];
  readonly file: { readonly name: string; readonly bytes: number } | null;
  readonly replyTo: number | null;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** A file that a customer sends. */
export interface FakeFile {
  readonly field: 'document' | 'voice' | 'audio' | 'video' | 'video_note' | 'sticker';
  readonly bytes: Uint8Array;
  readonly name?: string;
  readonly type?: string;
  readonly caption?: string;
}

/** The Bot API on this computer, and the customers behind it. */
export interface FakeTelegram {
  /** For TELEGRAM_API_ROOT. */
  readonly url: string;
  /** For TELEGRAM_BOT_TOKEN. */
  readonly token: string;
  /** What was accepted, in order. */
  readonly log: readonly AcceptedSend[];
  /** Every call with its answer's status, in order. */
  readonly calls: readonly { readonly method: string; readonly status: number }[];
  /** Sends that came before the time they had been told to wait for. */
  readonly early: number;
  /** Updates that are not acknowledged yet. */
  readonly pending: number;
  addressOf(customer: string): Address;
  chatOf(customer: string): number;
  /**
   * Each resolves once the bot acknowledged it.
   * @param messageId of the platform; one that was there before is a redelivery
   */
  customerWrites(customer: string, text: string, messageId?: number): Promise<void>;
  customerSendsPhoto(customer: string, bytes: Uint8Array, caption?: string): Promise<void>;
  customerSendsFile(customer: string, file: FakeFile): Promise<void>;
  /** Presses a button of the newest message that has it. */
  customerTaps(customer: string, labelOrId: string): Promise<void>;
  reacts(customer: string, of: number, emoji: string | null): Promise<void>;
  edits(customer: string, of: number, text: string): Promise<void>;
  /** Telegram tells bots of no deletion: nothing is delivered. */
  deletes(customer: string, of: number): Promise<void>;
  /** Any update; without an `update_id` it gets the next one. */
  push(update: Readonly<Record<string, unknown>>): Promise<void>;
  /** So large a share of sends is answered with 429 from now on. */
  setFailures(rate429: number): void;
  /** The next call of a method is refused so; it is not carried out. */
  refuseNext(method: string, refusal: Refusal): void;
  /** The customer opened the bot's chat before: only then may it write to them. */
  meets(customer: string): void;
  /** The customer blocks the bot. */
  blocks(customer: string): void;
  stop(): Promise<void>;
}

/** How the fake behaves. */
export interface FakeTelegramOptions {
  readonly token?: string;
  readonly username?: string;
  /** Whether the documented rates are enforced; true unless told. */
  readonly limits?: boolean;
  /** Whether what is not acknowledged comes again; true unless told. */
  readonly retries?: boolean;
  /** How a webhook is called; by fetch unless told. */
  readonly deliver?: (request: Request) => Promise<Response>;
}

/** Starts a Bot API made to its documentation: https://core.telegram.org/bots/api */
export async function startFakeTelegram(options: FakeTelegramOptions = {}): Promise<FakeTelegram> {
  const { token = '4242:AAfake_token_of_no_bot_at_all_000000', username = 'relevo_bot' } = options;
  const botId = Number(token.split(':')[0]);
  const log: AcceptedSend[] = [];
  const calls: { method: string; status: number }[] = [];
  const customers = new Map<string, number>();
  const written = new Map<string, FakeUpdate>();
  const newest = new Map<number, number>();
  const blocked = new Set<number>();
  const known = new Set<number>();
  const files = new Map<string, Uint8Array>();
  const refusals = new Map<string, Refusal>();
  const limits = createFakeLimits(options.limits ?? true);
  let updateId = 100_000;
  const inbox = createFakeInbox({
    retries: options.retries ?? true,
    deliver: options.deliver ?? fetch,
    chatOf: (update) => chatIn(update) ?? 0,
  });

  const chatOf = (customer: string): number => {
    const id = customers.get(customer) ?? 1_000 + customers.size;
    customers.set(customer, id);
    return id;
  };
  const nextIn = (chat: number, id = (newest.get(chat) ?? 0) + 1): number => {
    newest.set(chat, Math.max(id, newest.get(chat) ?? 0));
    return id;
  };
  const personOf = (customer: string) => ({
    id: chatOf(customer),
    is_bot: false,
    first_name: customer,
    language_code: 'es',
  });
  const nowSeconds = (): number => Math.floor(Date.now() / 1_000);

  function messageOf(customer: string, content: object, messageId?: number) {
    const chat = chatOf(customer);
    return {
      message_id: nextIn(chat, messageId),
      from: personOf(customer),
      chat: { id: chat, type: 'private', first_name: customer },
      date: nowSeconds(),
      ...content,
    };
  }

  function push(update: Readonly<Record<string, unknown>>): Promise<void> {
    updateId += 1;
    const whole = { update_id: updateId, ...update };
    const chat = chatIn(whole);
    if (chat !== null) known.add(chat);
    return inbox.push(whole);
  }

  function store(bytes: Uint8Array): { file_id: string; file_unique_id: string; file_size: number } {
    const id = `file_${files.size + 1}`;
    files.set(id, bytes);
    return { file_id: id, file_unique_id: `u${id}`, file_size: bytes.byteLength };
  }

  function send(method: string, fields: Fields): object | Refusal {
    const chat = Number(fields.chat_id);
    if (blocked.has(chat)) return { error_code: 403, description: 'Forbidden: bot was blocked by the user' };
    if (!known.has(chat)) return bad('chat not found');
    const tooFast = limits.take(chat);
    if (tooFast !== null) return tooFast;
    const words = readWords(method, fields);
    if (typeof words !== 'string') return words;
    const fault = checkRest(method, fields);
    if (fault !== null) return fault;
    const given = fields[sends[method] ?? ''];
    const reply: unknown =
      typeof fields.reply_parameters === 'string'
        ? JSON.parse(fields.reply_parameters)
        : fields.reply_parameters;
    const entry: AcceptedSend = {
      method,
      chat,
      messageId: nextIn(chat),
      text: words,
      keyboard: keyboardOf(fields),
      file: given instanceof File ? { name: given.name, bytes: given.size } : null,
      replyTo: (reply as { message_id?: number } | undefined)?.message_id ?? null,
      at: Date.now(),
    };
    log.push(entry);
    const type = chat < 0 ? 'supergroup' : 'private';
    return { message_id: entry.messageId, date: nowSeconds(), chat: { id: chat, type }, text: words };
  }

  function answerTo(method: string, fields: Fields): object | boolean | Refusal {
    const refusal = refusals.get(method);
    if (refusal !== undefined) {
      refusals.delete(method);
      return refusal;
    }
    if (method in sends) return send(method, fields);
    switch (method) {
      case 'getMe':
        return { id: botId, is_bot: true, first_name: 'Relevo', username };
      case 'setWebhook': {
        const secret = typeof fields.secret_token === 'string' ? fields.secret_token : '';
        if (!/^https?:/u.test(String(fields.url)))
          return bad('bad webhook: An HTTPS URL must be provided for webhook');
        if (!/^[\w-]{1,256}$/u.test(secret)) return bad('secret token contains unallowed characters');
        inbox.setWebhook({ url: String(fields.url), secret });
        return true;
      }
      case 'deleteWebhook':
        inbox.setWebhook(null);
        return true;
      case 'getWebhookInfo':
        return {
          url: inbox.hook?.url ?? '',
          has_custom_certificate: false,
          pending_update_count: inbox.pending,
        };
      case 'getFile': {
        const bytes = files.get(String(fields.file_id));
        if (bytes === undefined) return bad('invalid file_id');
        if (bytes.byteLength > 20 * 1024 * 1024) return bad('file is too big');
        const id = String(fields.file_id);
        return {
          file_id: id,
          file_unique_id: `u${id}`,
          file_size: bytes.byteLength,
          file_path: `photos/${id}.jpg`,
        };
      }
      case 'answerCallbackQuery':
      case 'sendChatAction':
        return true;
      default:
        return { error_code: 404, description: 'Not Found: method not found' };
    }
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, kind = '', second = '', ...rest] = (request.url ?? '').split('/');
    const body = await readAll(request);
    if (kind === 'file') {
      const bytes = files.get(rest.at(-1)?.replace('.jpg', '') ?? '');
      response.writeHead(second === `bot${token}` && bytes !== undefined ? 200 : 404).end(bytes);
      return;
    }
    const method = second;
    const reply = (result: object | boolean | Refusal): void => {
      const refused = typeof result === 'object' && 'error_code' in result;
      const status = refused ? Number(result.error_code) : 200;
      calls.push({ method, status });
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(refused ? { ok: false, ...result } : { ok: true, result }));
    };
    if (kind !== `bot${token}`) return reply({ error_code: 401, description: 'Unauthorized' });
    const fields = await readFields(request, body);
    if (method !== 'getUpdates' || refusals.has(method)) return reply(answerTo(method, fields));
    if (inbox.hook !== null) {
      const description =
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook first";
      return reply({ error_code: 409, description });
    }
    const leave = inbox.poll(Number(fields.offset ?? 0), Number(fields.timeout ?? 0) * 1_000, {
      answer: (updates) => reply(updates),
      conflict: () =>
        reply({
          error_code: 409,
          description:
            'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
        }),
    });
    response.on('close', leave);
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token,
    log,
    calls,
    get early() {
      return limits.early;
    },
    get pending() {
      return inbox.pending;
    },
    chatOf,
    addressOf: (customer) => ({ channel: 'telegram', account: `${botId}`, user: `${chatOf(customer)}` }),
    customerWrites(customer, text, messageId) {
      const key = `${customer} ${messageId}`;
      const before = messageId === undefined ? undefined : written.get(key);
      if (before !== undefined) return inbox.push(before);
      const entities = text.startsWith('/')
        ? { entities: [{ type: 'bot_command', offset: 0, length: text.split(/\s/u)[0]?.length ?? 0 }] }
        : {};
      const message = messageOf(customer, { text, ...entities }, messageId);
      written.set(key, { update_id: updateId + 1, message });
      return push({ message });
    },
    customerSendsPhoto(customer, bytes, caption) {
      const photo = [
        { ...store(bytes.slice(0, 10)), width: 90, height: 51 },
        { ...store(bytes), width: 1_280, height: 720 },
      ];
      return push({ message: messageOf(customer, { photo, ...(caption === undefined ? {} : { caption }) }) });
    },
    customerSendsFile(customer, { field, bytes, name, type, caption }) {
      const file = { ...store(bytes), file_name: name, mime_type: type };
      return push({
        message: messageOf(customer, { [field]: file, ...(caption === undefined ? {} : { caption }) }),
      });
    },
    async customerTaps(customer, labelOrId) {
      const chat = chatOf(customer);
      const isIt = ({ text, callback_data: data }: FakeButton): boolean =>
        text === labelOrId || data === labelOrId;
      const under = log.findLast((one) => one.chat === chat && one.keyboard.flat().some(isIt));
      const button = under?.keyboard.flat().find(isIt);
      if (under === undefined || button === undefined)
        throw new Error(`no button ${labelOrId} was shown to ${customer}`);
      const { messageId, text, keyboard } = under;
      updateId += 1;
      await inbox.push({
        update_id: updateId,
        callback_query: {
          id: `${updateId}000`,
          from: personOf(customer),
          chat_instance: '1',
          data: button.callback_data,
          message: {
            message_id: messageId,
            from: { id: botId, is_bot: true, first_name: 'Relevo', username },
            chat: { id: chat, type: 'private', first_name: customer },
            date: nowSeconds(),
            text,
            reply_markup: { inline_keyboard: keyboard },
          },
        },
      });
    },
    reacts(customer, of, emoji) {
      const chat = { id: chatOf(customer), type: 'private', first_name: customer };
      const reaction = emoji === null ? [] : [{ type: 'emoji', emoji }];
      const before = emoji === null ? [{ type: 'emoji', emoji: '👍' }] : [];
      return push({
        message_reaction: {
          chat,
          user: personOf(customer),
          message_id: of,
          date: nowSeconds(),
          old_reaction: before,
          new_reaction: reaction,
        },
      });
    },
    edits(customer, of, text) {
      return push({ edited_message: { ...messageOf(customer, { text }, of), edit_date: nowSeconds() } });
    },
    deletes: async () => undefined,
    push,
    setFailures: (rate429) => limits.setFailures(rate429),
    refuseNext: (method, refusal) => refusals.set(method, refusal),
    meets: (customer) => known.add(chatOf(customer)),
    blocks: (customer) => blocked.add(chatOf(customer)),
    async stop() {
      inbox.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function chatIn(update: Readonly<Record<string, unknown>>): number | null {
  const press = update.callback_query as { message?: { chat: { id: number } } } | undefined;
  const inner = (update.message ?? update.edited_message ?? update.message_reaction ?? press?.message) as
    | { chat?: { id: number } }
    | undefined;
  return inner?.chat?.id ?? null;
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function readFields(request: IncomingMessage, body: Buffer): Promise<Fields> {
  const type = request.headers['content-type'] ?? '';
  if (body.length === 0) return {};
  if (type.startsWith('application/json')) return JSON.parse(body.toString('utf8')) as Fields;
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
  return Object.fromEntries(form.entries());
}
