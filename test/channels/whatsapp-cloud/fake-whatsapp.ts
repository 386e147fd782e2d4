import type { FakeGraph } from './fake-graph.ts';
import { startFakeGraph } from './fake-graph.ts';
import type { SeenMessage, SentMessage } from './fake-rules.ts';
import { createWebhooks, type Hook, type Webhooks } from './fake-webhooks.ts';
import {
  type Accepted,
  createWorld,
  type FakeSettings,
  newId,
  type Person,
  randomDigits,
  seconds,
  sha256,
  shown,
} from './fake-world.ts';

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
export interface FakeWhatsApp extends FakeGraph, Omit<Webhooks, 'notify' | 'report' | 'connect'> {
  readonly settings: FakeSettings;
  /** Every message accepted, in order. */
  readonly log: readonly Accepted[];
  /** Every read receipt, with typing or without. */
  readonly seen: readonly SeenMessage[];
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
}

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
  const { now } = settings;
  const world = createWorld(settings);
  const { log, people, person } = world;
  const webhooks = createWebhooks(settings);
  const graph = await startFakeGraph(world, webhooks);
  const { notify } = webhooks;

  async function customerSends(customer: string, message: object, id = newId('IN')): Promise<string> {
    const { from, contact } = shown(person(customer));
    world.inbound.add(id);
    world.lastWrote.set(customer, now());
    world.passed.push(now());
    await notify({ contacts: [contact], messages: [{ ...from, id, timestamp: seconds(now()), ...message }] });
    return id;
  }

  async function customerSendsFile(customer: string, file: CustomerFile, id?: string): Promise<string> {
    const { kind, bytes, type, ...more } = file;
    const media = randomDigits();
    world.files.set(media, { type, bytes });
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

  return {
    ...webhooks,
    ...graph,
    get undelivered() {
      return webhooks.undelivered;
    },
    settings,
    log,
    seen: world.seen,
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
    async stop() {
      webhooks.connect(null);
      await graph.stop();
    },
  };
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
