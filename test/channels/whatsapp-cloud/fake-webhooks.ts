import { createHmac } from 'node:crypto';
import type { Fault } from './fake-rules.ts';
import type { Accepted, FakeSettings, Person } from './fake-world.ts';
import { seconds, shown } from './fake-world.ts';

/** What is behind a webhook: an address, or the channel itself. */
export type Hook = string | ((request: Request) => Promise<Response>);

/** The platform's calls to the business: signed, repeated, and kept where they were not acknowledged. */
export interface Webhooks {
  connect(hook: Hook | null): void;
  sign(body: string | Uint8Array, secret?: string): string;
  /** A body as Meta writes it: escaped, with `metadata` of this number. */
  bodyOf(value: object, phoneId?: string): string;
  /** Signs and delivers any body once. @returns the answer's status; 0: nobody answered */
  deliver(body: string, headers?: Readonly<Record<string, string>>): Promise<number>;
  /** @throws Error when it was not acknowledged */
  notify(value: object): Promise<void>;
  /** Tells what becomes of a message, in the background. */
  report(accepted: Accepted, to: Person | undefined, fault: Fault | null): void;
  readonly undelivered: number;
  deliverAgain(): Promise<void>;
  redeliverAll(): Promise<void>;
  settled(): Promise<void>;
}

/** Makes them; nobody is called before `connect`. */
export function createWebhooks(settings: FakeSettings): Webhooks {
  const history: string[] = [];
  const backlog: string[] = [];
  const pending = new Set<Promise<unknown>>();
  let hook: Hook | null = null;

  const sign = (body: string | Uint8Array, secret = settings.appSecret) =>
    `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

  function bodyOf(value: object, of = settings.phoneId): string {
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

  function statusOf({ id, message }: Accepted, to: Person | undefined, status: object) {
    const recipient = to === undefined ? { recipient_id: message.to } : shown(to).recipient;
    const echo = message.biz_opaque_callback_data;
    const about = { id, timestamp: seconds(settings.now()), ...recipient, ...status };
    return { statuses: [{ ...about, ...(echo === undefined ? {} : { biz_opaque_callback_data: echo }) }] };
  }

  async function reportAll(accepted: Accepted, to: Person | undefined): Promise<void> {
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

  return {
    connect(to) {
      hook = to;
    },
    sign,
    bodyOf,
    deliver,
    notify,
    report(accepted, to, fault) {
      const work = fault === null ? reportAll(accepted, to) : reportFailure(accepted, to, fault);
      const done = work.catch(() => undefined).finally(() => pending.delete(done));
      pending.add(done);
    },
    get undelivered() {
      return backlog.length;
    },
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
  };
}

/** Meta escapes what is not ASCII, and slashes. */
export function metaJson(value: object): string {
  return JSON.stringify(value)
    .replace(/[^\0-~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replaceAll('/', '\\/');
}
