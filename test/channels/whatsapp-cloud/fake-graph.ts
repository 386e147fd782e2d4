import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Fault, faults, judge, type SentMessage, takesFile } from './fake-rules.ts';
import type { Webhooks } from './fake-webhooks.ts';
import { newId, type Person, randomDigits, sha256, type World } from './fake-world.ts';

/** How a file's bytes or address are falsified. */
export type Tampering = 'nothing' | 'bytes' | 'host' | 'redirect' | 'longer';

/** The Graph API on this computer. */
export interface FakeGraph {
  /** The API root, with the version. */
  readonly url: string;
  /** Every call, as `POST messages 200`. */
  readonly calls: readonly string[];
  /** Calls that came although they had been told to wait. */
  readonly early: readonly string[];
  /** So many of the sends are answered 429 with `Retry-After`. @param rate 0 to 1 */
  setFailures(rate429: number, retryAfterSeconds?: number): void;
  /** The next send is answered so. */
  failNext(fault: Fault): void;
  tamper(change: Tampering, elsewhere?: string): void;
  /** How far the clock in the answers is off. */
  setDateSkew(skewMs: number): void;
  stop(): Promise<void>;
}

const dayMs = 24 * 3_600_000;

/** Meta's own figures for one customer: one message every 6 seconds, 45 of them at once. */
const pairMs = 6_000;
const pairBurst = 45;

/** Starts it on a free port. */
export async function startFakeGraph(world: World, webhooks: Webhooks): Promise<FakeGraph> {
  const { settings, log, seen, files, inbound, lastWrote, passed } = world;
  const { now, phoneId } = settings;
  const calls: string[] = [];
  const early: string[] = [];
  const pairEmptyAt = new Map<string, number>();
  let failure = { rate: 0, seconds: 1, count: 0 };
  let nextFault: Fault | null = null;
  let quietUntil = 0;
  let tampering: { change: Tampering; elsewhere: string } = { change: 'nothing', elsewhere: '' };
  let dateSkewMs = 0;
  let origin = '';

  /** The platform's judgement over a message that is well formed. */
  function allowed(message: SentMessage, to: Person | undefined): Fault | null {
    const at = now();
    while (passed.length > 0 && (passed[0] ?? 0) <= at - 1_000) passed.shift();
    if (passed.length >= settings.perSecond) return faults.throughput;
    const pair = message.to ?? message.recipient ?? '';
    const emptyAt = Math.max(at, pairEmptyAt.get(pair) ?? 0);
    if (emptyAt - at > (pairBurst - 1) * pairMs) return faults.pair;
    if (settings.refusesOutsideWindow && isOutside(message, to)) return faults.window;
    passed.push(at);
    pairEmptyAt.set(pair, emptyAt + pairMs);
    return null;
  }

  function isOutside(message: SentMessage, to: Person | undefined): boolean {
    if (message.type === 'template') return false;
    return to !== undefined && now() - (lastWrote.get(to.name) ?? 0) >= dayMs;
  }

  function accept(message: SentMessage, to: Person | undefined): string {
    const accepted = { id: newId('OUT'), at: now(), to: to?.name ?? null, message };
    log.push(accepted);
    webhooks.report(
      accepted,
      to,
      to === undefined ? faults.undeliverable : isOutside(message, to) ? faults.window : null,
    );
    return accepted.id;
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
    const to = world.recipientOf(verdict);
    const fault = allowed(verdict, to);
    if (fault !== null) return fault;
    const id = accept(verdict, to);
    return {
      messaging_product: 'whatsapp',
      contacts: [{ input: verdict.to, wa_id: verdict.to }],
      messages: [{ id }],
    };
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
    calls,
    early,
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
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
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
