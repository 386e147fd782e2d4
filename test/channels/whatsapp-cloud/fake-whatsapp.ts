import { createHash, createHmac, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type ApprovedTemplate,
  type Fault,
  faults,
  judge,
  type SeenMessage,
  type SentMessage,
  takesFile,
} from './fake-rules.ts';

/** What is behind a webhook: an address, or the channel itself. */
export type Hook = string | ((request: Request) => Promise<Response>);

export interface FakeSettings {
  readonly token: string;
  readonly phoneId: string;
  readonly appSecret: string;
  readonly templates: readonly ApprovedTemplate[];
  /** Epoch milliseconds: the 24-hour window, the rates and the webhooks' times are by this clock. */
  readonly now: () => number;
  /** Whether a message outside the window is refused at once, or accepted and reported as failed. */
  readonly refusesOutsideWindow: boolean;
  /** The statuses of a message that arrives, in the order in which they are reported. */
  readonly statuses: readonly ('sent' | 'delivered' | 'read')[];
  /** How often each webhook is delivered. */
  readonly deliveries: number;
  /** Messages a second, in and out. */
  readonly perSecond: number;
}

/** What the platform calls a customer. */
export interface Person {
  readonly phone: string;
  readonly userId: string;
  readonly name: string;
  /** What of it businesses are shown. */
  shows: 'both' | 'phone' | 'userId';
}

/** A message that the platform took. */
export interface Accepted {
  readonly id: string;
  readonly at: number;
  /** The customer's name; null: somebody unknown. */
  readonly to: string | null;
  readonly message: SentMessage;
}

/** A file a customer sends. */
export interface CustomerFile {
  readonly kind: 'image' | 'audio' | 'video' | 'document' | 'sticker';
  readonly bytes: Uint8Array;
  readonly type: string;
  readonly caption?: string;
  readonly filename?: string;
  readonly voice?: boolean;
}

/** WhatsApp's side, made to its documentation: a Graph API on this computer, and customers who write. */
export interface FakeWhatsApp {
  /** The API root, with the version. */
  readonly url: string;
  readonly settings: FakeSettings;
  /** Every message accepted, in order. */
  readonly log: readonly Accepted[];
  /** Every read receipt, with typing or without. */
  readonly seen: readonly SeenMessage[];
  /** Every call, as `POST messages 200`. */
  readonly calls: readonly string[];
  /** Calls that came although they had been told to wait. */
  readonly early: readonly string[];
  /** Webhooks that were not answered with 2xx; they wait for `deliverAgain`. */
  readonly undelivered: number;
  connect(hook: Hook): void;
  person(name: string): Person;
  customerWrites(customer: string, text: string, id?: string): Promise<string>;
  customerSendsFile(customer: string, file: CustomerFile, id?: string): Promise<string>;
  customerSendsPhoto(customer: string, bytes: Uint8Array, caption?: string): Promise<string>;
  /** Chooses an option of the newest message that offers it: by its id or its label, or its number where it is text. */
  customerTaps(customer: string, option: string): Promise<string>;
  customerReacts(customer: string, to: string, emoji: string | null): Promise<string>;
  customerEdits(customer: string, of: string, text: string): Promise<string>;
  customerDeletes(customer: string, of: string): Promise<string>;
  /** Any message, as Meta would send it. */
  customerSends(customer: string, message: object, id?: string): Promise<string>;
  /** The customer goes on under a new number and user id; the business is told by a system message. */
  customerChangesNumber(customer: string): Promise<Person>;
  /** Signs and delivers any body once. @returns the answer's status */
  deliver(body: string, headers?: Readonly<Record<string, string>>): Promise<number>;
  /** A webhook's body as Meta writes it: escaped, with `metadata` of this number. */
  bodyOf(value: object, phoneId?: string): string;
  sign(body: string | Uint8Array, secret?: string): string;
  /** Delivers once more what was not acknowledged. */
  deliverAgain(): Promise<void>;
  /** Delivers everything once more that ever was delivered. */
  redeliverAll(): Promise<void>;
  /** Resolves when no status is on its way. */
  settled(): Promise<void>;
  /** So many of the sends are answered 429 with `Retry-After`. @param rate 0 to 1 */
  setFailures(rate429: number, retryAfterSeconds?: number): void;
  /** The next send is answered so. */
  failNext(fault: Fault): void;
  /** How a file's bytes or address are falsified. */
  tamper(change: 'nothing' | 'bytes' | 'host' | 'redirect' | 'longer', elsewhere?: string): void;
  /** How far the clock in the answers is off. */
  setDateSkew(skewMs: number): void;
  stop(): Promise<void>;
}

const dayMs = 24 * 3_600_000;

/** Starts it on a free port of this computer. */
export async function startFakeWhatsApp(change: Partial<FakeSettings> = {}): Promise<FakeWhatsApp> {
  const settings: FakeSettings = {
    token: 'EAAtest-token',
    phoneId: '106540352242922',
    appSecret: 'app-secret',
    templates: [{ name: 'seguimiento', language: 'es', parameters: 1 }],
    now: () => Date.now(),
    refusesOutsideWindow: false,
    statuses: ['sent', 'delivered', 'read'],
    deliveries: 1,
    perSecond: 80,
    ...change,
  };
  const { now, phoneId } = settings;
  const log: Accepted[] = [];
  const seen: SeenMessage[] = [];
  const calls: string[] = [];
  const early: string[] = [];
  const people = new Map<string, Person>();
  const files = new Map<string, { type: string; bytes: Uint8Array }>();
  const inbound = new Set<string>();
  const lastWrote = new Map<string, number>();
  const history: string[] = [];
  const backlog: string[] = [];
  const passed: number[] = [];
  const pairEmptyAt = new Map<string, number>();
  const pending = new Set<Promise<unknown>>();
  let hook: Hook | null = null;
  let failure = { rate: 0, seconds: 1, count: 0 };
  let nextFault: Fault | null = null;
  let quietUntil = 0;
  let tampering: { change: string; elsewhere: string } = { change: 'nothing', elsewhere: '' };
  let dateSkewMs = 0;
  let origin = '';

  const newId = (kind: string) => `wamid.${kind}${randomBytes(12).toString('hex').toUpperCase()}`;

  function person(name: string): Person {
    const known = people.get(name);
    if (known !== undefined) return known;
    const digits = BigInt(`0x${createHash('sha256').update(name).digest('hex').slice(0, 14)}`).toString();
    const made: Person = {
      phone: `52155${digits.slice(0, 8)}`,
      userId: `MX.${digits.padStart(17, '1')}`,
      name,
      shows: 'both',
    };
    people.set(name, made);
    return made;
  }

  const sign = (body: string | Uint8Array, secret = settings.appSecret) =>
    `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

  function bodyOf(value: object, of = phoneId): string {
    const metadata = { display_phone_number: '15550783881', phone_number_id: of };
    const change = { field: 'messages', value: { messaging_product: 'whatsapp', metadata, ...value } };
    return metaJson({
      object: 'whatsapp_business_account',
      entry: [{ id: '102290129340398', changes: [change] }],
    });
  }

  async function deliver(body: string, headers: Readonly<Record<string, string>> = {}): Promise<number> {
    if (hook === null) return 0;
    const request = new Request(typeof hook === 'string' ? hook : 'http://relevo.test/hooks/whatsapp-cloud', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-hub-signature-256': sign(body), ...headers },
      body,
    });
    const response = await (typeof hook === 'string' ? fetch(request) : hook(request)).catch(() => null);
    return response?.status ?? 0;
  }

  /** @throws Error when it was not acknowledged */
  async function notify(value: object): Promise<void> {
    const body = bodyOf(value);
    history.push(body);
    for (let time = 0; time < settings.deliveries; time += 1) {
      const status = await deliver(body);
      if (status >= 200 && status < 300) continue;
      backlog.push(body);
      throw new Error(`the webhook answered ${status}`);
    }
  }

  function shown({ phone, userId, name, shows }: Person) {
    const byPhone = shows !== 'userId';
    const byId = shows !== 'phone';
    return {
      from: { ...(byPhone ? { from: phone } : {}), ...(byId ? { from_user_id: userId } : {}) },
      contact: {
        profile: { name },
        ...(byPhone ? { wa_id: phone } : {}),
        ...(byId ? { user_id: userId } : {}),
      },
      recipient: {
        ...(byPhone ? { recipient_id: phone } : {}),
        ...(byId ? { recipient_user_id: userId } : {}),
      },
    };
  }

  async function customerSends(customer: string, message: object, id = newId('IN')): Promise<string> {
    const { from, contact } = shown(person(customer));
    inbound.add(id);
    lastWrote.set(customer, now());
    passed.push(now());
    await notify({ contacts: [contact], messages: [{ ...from, id, timestamp: seconds(now()), ...message }] });
    return id;
  }

  async function customerSendsFile(customer: string, file: CustomerFile, id?: string): Promise<string> {
    const { kind, bytes, type, ...more } = file;
    const media = randomDigits();
    files.set(media, { type, bytes });
    const body = { id: media, mime_type: type, sha256: sha256(bytes).toString('base64'), ...more };
    return customerSends(customer, { type: kind, [kind]: body }, id);
  }

  async function customerTaps(customer: string, option: string): Promise<string> {
    const offers = log
      .filter(({ to }) => to === customer)
      .map((accepted) => ({ ...accepted, ...offered(accepted.message) }));
    for (const { id, kind, options } of offers.reverse()) {
      const chosen = options.find((one) => one.id === option || one.label === option);
      if (chosen === undefined) continue;
      const context = { from: '15550783881', id };
      if (kind === 'text')
        return customerSends(customer, { context, type: 'text', text: { body: chosen.id } });
      const { label, ...rest } = chosen;
      const { title, description } = 'title' in rest ? rest : { title: label, description: undefined };
      const reply = { id: chosen.id, title, ...(description === undefined ? {} : { description }) };
      const type = kind === 'button' ? 'button_reply' : 'list_reply';
      return customerSends(customer, { context, type: 'interactive', interactive: { type, [type]: reply } });
    }
    throw new Error(`nobody offered ${option}`);
  }

  function track(work: Promise<unknown>): void {
    const done = work.catch(() => undefined).finally(() => pending.delete(done));
    pending.add(done);
  }

  /** The platform's judgement over a message that is well formed. */
  function allowed(message: SentMessage, to: string | null): Fault | null {
    const at = now();
    while (passed.length > 0 && (passed[0] ?? 0) <= at - 1_000) passed.shift();
    if (passed.length >= settings.perSecond) return faults.throughput;
    const pair = message.to ?? message.recipient ?? '';
    const emptyAt = Math.max(at, pairEmptyAt.get(pair) ?? 0);
    if (emptyAt - at > 44 * 6_000) return faults.pair;
    if (settings.refusesOutsideWindow && isOutside(message, to)) return faults.window;
    passed.push(at);
    pairEmptyAt.set(pair, emptyAt + 6_000);
    return null;
  }

  function isOutside(message: SentMessage, to: string | null): boolean {
    if (message.type === 'template') return false;
    return to !== null && now() - (lastWrote.get(to) ?? 0) >= dayMs;
  }

  function accept(message: SentMessage): Accepted {
    const to = [...people.values()].find(
      ({ phone, userId }) => message.to?.replace(/^\+/u, '') === phone || message.recipient === userId,
    );
    const accepted = { id: newId('OUT'), at: now(), to: to?.name ?? null, message };
    log.push(accepted);
    const fault =
      to === undefined ? faults.undeliverable : isOutside(message, to.name) ? faults.window : null;
    track(fault === null ? report(accepted, to) : reportFailure(accepted, to, fault));
    return accepted;
  }

  function statusOf({ id, message }: Accepted, to: Person | undefined, status: object) {
    const recipient = to === undefined ? { recipient_id: message.to } : shown(to).recipient;
    const echo = message.biz_opaque_callback_data;
    const about = { id, timestamp: seconds(now()), ...recipient, ...status };
    return { statuses: [{ ...about, ...(echo === undefined ? {} : { biz_opaque_callback_data: echo }) }] };
  }

  async function report(accepted: Accepted, to: Person | undefined): Promise<void> {
    for (const status of settings.statuses) await notify(statusOf(accepted, to, { status }));
  }

  async function reportFailure(
    accepted: Accepted,
    to: Person | undefined,
    { code, title }: Fault,
  ): Promise<void> {
    const errors = [{ code, title, message: title, error_data: { details: `to ${accepted.message.to}` } }];
    await notify(statusOf(accepted, to, { status: 'failed', errors }));
  }

  function postMessage(body: unknown): object | Fault {
    if (now() < quietUntil) early.push(`${now()} before ${quietUntil}`);
    if (nextFault !== null) {
      const fault = nextFault;
      nextFault = null;
      return fault;
    }
    const verdict = judge(body, {
      isInbound: (id) => inbound.has(id),
      typeOfMedia: (id) => files.get(id)?.type,
      templates: settings.templates,
    });
    if ('code' in verdict) return verdict;
    if ('status' in verdict) {
      seen.push(verdict);
      return { success: true };
    }
    failure.count += failure.rate;
    if (failure.count >= 1) {
      failure.count -= 1;
      quietUntil = now() + failure.seconds * 1_000;
      return { ...faults.throughput, retryAfterSeconds: failure.seconds };
    }
    const fault = allowed(verdict, nameOf(verdict));
    if (fault !== null) return fault;
    const { id } = accept(verdict);
    return {
      messaging_product: 'whatsapp',
      contacts: [{ input: verdict.to, wa_id: verdict.to }],
      messages: [{ id }],
    };
  }

  function nameOf({ to, recipient }: SentMessage): string | null {
    const found = [...people.values()].find(({ phone, userId }) => phone === to || userId === recipient);
    return found?.name ?? null;
  }

  async function postMedia(request: IncomingMessage, body: Buffer): Promise<object | Fault> {
    const headers = { 'content-type': request.headers['content-type'] ?? '' };
    const form = await new Response(new Uint8Array(body), { headers }).formData().catch(() => null);
    const file = form?.get('file');
    if (form?.get('messaging_product') !== 'whatsapp' || !(file instanceof Blob)) return faults.badParameter;
    const type = String(form.get('type') ?? file.type);
    if (!takesFile(type, file.size)) return faults.badParameter;
    const id = randomDigits();
    files.set(id, { type, bytes: new Uint8Array(await file.arrayBuffer()) });
    return { id };
  }

  function getMedia(id: string): object | Fault {
    const file = files.get(id);
    if (file === undefined) return faults.unknownObject;
    const at = tampering.change === 'host' ? tampering.elsewhere : origin;
    return {
      messaging_product: 'whatsapp',
      url: `${at}/files/${id}`,
      mime_type: file.type,
      sha256: sha256(file.bytes).toString('hex'),
      file_size: file.bytes.length,
      id,
    };
  }

  function sendFile(id: string, response: ServerResponse): void {
    const file = files.get(id);
    if (file === undefined) return void response.writeHead(404).end();
    if (tampering.change === 'redirect') {
      return void response.writeHead(302, { location: tampering.elsewhere }).end();
    }
    const bytes = Buffer.from(file.bytes);
    if (tampering.change === 'bytes') bytes[0] = (bytes[0] ?? 0) ^ 1;
    response.writeHead(200, { 'content-type': file.type });
    response.end(tampering.change === 'longer' ? Buffer.concat([bytes, bytes]) : bytes);
  }

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', 'http://fake');
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const [root, first = '', second] = pathname.split('/').slice(1);
    const isOurs = request.headers.authorization === `Bearer ${settings.token}`;
    if (root === 'files' && isOurs) {
      calls.push('GET file');
      return sendFile(first, response);
    }
    const answer = isOurs ? await graph(request, first, second, body) : faults.badToken;
    const fault = isFault(answer) ? answer : null;
    const status = fault?.status ?? 200;
    calls.push(`${request.method} ${second ?? (first === phoneId ? 'number' : 'object')} ${status}`);
    const date = new Date(now() + dateSkewMs).toUTCString();
    const retry =
      fault?.retryAfterSeconds === undefined ? {} : { 'retry-after': String(fault.retryAfterSeconds) };
    response.writeHead(status, { 'content-type': 'application/json', date, ...retry });
    response.end(JSON.stringify(fault === null ? answer : errorOf(fault)));
  }

  async function graph(
    request: IncomingMessage,
    first: string,
    second: string | undefined,
    body: Buffer,
  ): Promise<object | Fault> {
    if (second === undefined && request.method === 'GET') {
      return first === phoneId
        ? { id: phoneId, verified_name: 'Relevo', quality_rating: 'GREEN' }
        : getMedia(first);
    }
    if (first !== phoneId || request.method !== 'POST') return faults.unknownObject;
    if (second === 'media') return postMedia(request, body);
    if (second !== 'messages') return faults.unknownObject;
    try {
      return postMessage(JSON.parse(body.toString('utf8')));
    } catch {
      return faults.badParameter;
    }
  }

  const server = createServer((request, response) => {
    route(request, response).catch(() => response.writeHead(500).end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    url: `${origin}/v24.0`,
    settings,
    log,
    seen,
    calls,
    early,
    get undelivered() {
      return backlog.length;
    },
    connect(to) {
      hook = to;
    },
    person,
    customerWrites: (customer, text, id) =>
      customerSends(customer, { type: 'text', text: { body: text } }, id),
    customerSendsFile,
    customerSendsPhoto: (customer, bytes, caption) =>
      customerSendsFile(customer, {
        kind: 'image',
        bytes,
        type: 'image/jpeg',
        ...(caption === undefined ? {} : { caption }),
      }),
    customerTaps,
    customerReacts: (customer, to, emoji) =>
      customerSends(customer, {
        type: 'reaction',
        reaction: { message_id: to, ...(emoji === null ? {} : { emoji }) },
      }),
    customerEdits: (customer, of, text) =>
      customerSends(customer, {
        type: 'edit',
        edit: { original_message_id: of, message: { type: 'text', text: { body: text } } },
      }),
    customerDeletes: (customer, of) =>
      customerSends(customer, { type: 'revoke', revoke: { original_message_id: of } }),
    customerSends,
    async customerChangesNumber(customer) {
      const before = person(customer);
      const after = { ...person(`${customer} anew`), name: customer, shows: before.shows };
      people.set(customer, after);
      people.delete(`${customer} anew`);
      const system = {
        body: 'changed',
        type: 'user_changed_number',
        ...(after.shows === 'userId' ? {} : { wa_id: after.phone }),
        ...(after.shows === 'phone' ? {} : { user_id: after.userId }),
      };
      const message = {
        ...shown(before).from,
        id: newId('SYS'),
        timestamp: seconds(now()),
        type: 'system',
        system,
      };
      await notify({ messages: [message] });
      return after;
    },
    deliver,
    bodyOf,
    sign,
    async deliverAgain() {
      for (const body of backlog.splice(0)) {
        const status = await deliver(body);
        if (status < 200 || status >= 300) backlog.push(body);
      }
    },
    async redeliverAll() {
      for (const body of history) await deliver(body);
    },
    async settled() {
      while (pending.size > 0) await Promise.all(pending);
    },
    setFailures(rate, seconds = 1) {
      failure = { rate, seconds, count: 0 };
    },
    failNext(fault) {
      nextFault = fault;
    },
    tamper(change, elsewhere = '') {
      tampering = { change, elsewhere };
    },
    setDateSkew(skewMs) {
      dateSkewMs = skewMs;
    },
    async stop() {
      hook = null;
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Meta escapes what is not ASCII, and slashes. */
export function metaJson(value: object): string {
  return JSON.stringify(value)
    .replace(/[^\0-~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replaceAll('/', '\\/');
}

interface Offer {
  readonly kind: 'button' | 'list' | 'text';
  readonly options: readonly { id: string; label: string; title?: string; description?: string }[];
}

function offered(message: SentMessage): Offer {
  if (message.type === 'interactive' && message.interactive.type === 'button') {
    const { buttons } = message.interactive.action;
    return { kind: 'button', options: buttons.map(({ reply }) => ({ id: reply.id, label: reply.title })) };
  }
  if (message.type === 'interactive' && message.interactive.type === 'list') {
    const rows = message.interactive.action.sections.flatMap((section) => section.rows);
    return {
      kind: 'list',
      options: rows.map(({ id, title, description }) => ({
        id,
        title,
        label: [title, description].filter((part) => part !== undefined).join(' '),
        ...(description === undefined ? {} : { description }),
      })),
    };
  }
  const lines = message.type === 'text' ? message.text.body.matchAll(/^(\d+)\. (.+)$/gmu) : [];
  return { kind: 'text', options: [...lines].map(([, id = '', label = '']) => ({ id, label })) };
}

function isFault(answer: object): answer is Fault {
  return 'code' in answer && 'title' in answer;
}

function errorOf({ code, subcode, title }: Fault) {
  const error = {
    message: `(#${code}) ${title}`,
    type: 'OAuthException',
    code,
    fbtrace_id: 'A4O5a8RAgePwbcGSu',
  };
  return { error: subcode === undefined ? error : { ...error, error_subcode: subcode } };
}

const seconds = (ms: number) => String(Math.floor(ms / 1_000));
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();
const randomDigits = () => BigInt(`0x1${randomBytes(6).toString('hex')}`).toString();
