import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { parseWebhook } from '../../../src/channels/whatsapp-cloud/parse.ts';
import { isSigned } from '../../../src/channels/whatsapp-cloud/signature.ts';
import { inletTo } from '../inlet.ts';
import { channelAt } from './channel.ts';
import { metaJson } from './fake-webhooks.ts';
import { startFakeWhatsApp } from './fake-whatsapp.ts';
import { fixture, fixtureNames } from './fixture.ts';

const phoneId = '106540352242922';
const appSecret = 'app-secret';

const apiJs = await import('whatsapp-api-js').catch(() => null);
const adapter = await import('@chat-adapter/whatsapp').catch(() => null);

const sign = (body: string | Uint8Array) =>
  `sha256=${createHmac('sha256', appSecret).update(body).digest('hex')}`;
const ours = (body: string) => parseWebhook(body, { account: phoneId, ids: { id: () => 'f'.repeat(32) } });

/** Fixtures with one message or one status of our number. */
const single = fixtureNames.filter((name) => {
  const kinds = ours(fixture(name)).map(({ kind }) => kind);
  return kinds.length === 1 && (kinds[0] === 'message' || kinds[0] === 'status');
});

/** What any reader should find in a webhook, as far as all of them read it. */
interface Read {
  readonly id: string;
  /** The phone where it is shown, else the user id. */
  readonly who: string | null;
  readonly name: string | null;
  readonly of: string | null;
  readonly content: string | null;
}

function readByUs(body: string): Read {
  const [finding] = ours(body);
  if (finding?.kind === 'status') {
    const { externalId, who, name, status } = finding;
    return { id: externalId, who: who?.phone ?? who?.userId ?? null, name, of: null, content: status };
  }
  if (finding?.kind !== 'message') throw new Error('no message');
  const { who, message } = finding;
  const { gesture, externalId, customerName = null, replyTo = null } = message;
  const base = { id: externalId, who: who.phone ?? who.userId, name: customerName };
  switch (gesture.kind) {
    case 'reaction':
      return { ...base, of: gesture.of, content: gesture.emoji };
    case 'deletion':
      return { ...base, of: gesture.of, content: null };
    case 'edit':
    case 'message': {
      const { content } = gesture;
      const of = gesture.kind === 'edit' ? gesture.of : replyTo;
      const said =
        content.kind === 'text'
          ? content.text
          : content.kind === 'choice'
            ? content.option
            : content.kind === 'media'
              ? (content.media.remote?.split(' ')[0] ?? null)
              : content.kind === 'location'
                ? `${content.latitude}`
                : null;
      return { ...base, of, content: said };
    }
  }
}

describe.skipIf(apiJs === null)('read by whatsapp-api-js (left out where it is not installed)', () => {
  type Seen = { message?: Record<string, unknown>; phoneID: string } & Record<string, unknown>;

  async function readByThem(body: string): Promise<Read> {
    if (apiJs === null) throw new Error('not installed');
    const api = new apiJs.WhatsAppAPI({ token: 'x', appSecret, v: 'v24.0' });
    let seen: Seen | null = null;
    const take = (args: unknown) => {
      seen = args as Seen;
    };
    api.on.message = take;
    api.on.status = take;
    await api.post(JSON.parse(body), body, sign(body));
    return project(seen);
  }

  function project(seen: Seen | null): Read {
    if (seen === null) throw new Error('nothing read');
    expect(seen.phoneID).toBe(phoneId);
    if (seen.message === undefined) {
      const status = seen.status === 'played' ? 'read' : String(seen.status);
      const name = (seen.biz_opaque_callback_data as string | undefined) ?? null;
      return { id: String(seen.id), who: String(seen.phone), name, of: null, content: status };
    }
    const message = seen.message as never as RawMessage;
    const name = (seen.name as string | undefined) ?? null;
    return { id: message.id, who: String(seen.from), name, of: ofRaw(message), content: contentRaw(message) };
  }

  // It escapes before it signs, so a body must come as Meta writes it.
  test.each(single)('%s', async (name) => {
    const body =
      name === 'escaped' ? fixture(name) : metaJson(JSON.parse(fixture(name))).replaceAll('\\/', '/');
    expect(isSigned(Buffer.from(body), sign(body), appSecret)).toBe(true);
    expect(readByUs(body)).toEqual(await readByThem(body));
  });

  test('of a batch it reads the first; we read them all', async () => {
    const body = metaJson(JSON.parse(fixture('batch'))).replaceAll('\\/', '/');
    expect((await readByThem(body)).id).toBe('wamid.A');
    expect(ours(body).length).toBe(7);
  });

  test('a body signed in its escaped form and sent as it is is taken by both', async () => {
    if (apiJs === null) return;
    const body = JSON.stringify(JSON.parse(fixture('text')));
    const signature = sign(
      body.replace(/[^\0-~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
    );
    const api = new apiJs.WhatsAppAPI({ token: 'x', appSecret, v: 'v24.0' });
    expect(await api.verifyRequestSignature(body, signature)).toBe(true);
    expect(isSigned(Buffer.from(body), signature, appSecret)).toBe(true);
    expect(isSigned(Buffer.from(body), sign(`${body} `), appSecret)).toBe(false);
  });
});

describe.skipIf(adapter === null)(
  'read by @chat-adapter/whatsapp (left out where it is not installed)',
  () => {
    async function readByThem(body: string): Promise<Read | null> {
      if (adapter === null) throw new Error('not installed');
      const quiet = () => undefined;
      const logger = { debug: quiet, info: quiet, warn: quiet, error: quiet, child: () => logger };
      const config = { accessToken: 'x', appSecret, phoneNumberId: phoneId, verifyToken: 'x', logger };
      const it = adapter.createWhatsAppAdapter(config as never);
      let read: Read | null = null;
      const state = new Map<string, unknown>();
      const chat = {
        getState: () => ({
          get: async (key: string) => state.get(key) ?? null,
          set: async (key: string, value: unknown) => void state.set(key, value),
        }),
        processMessage: (_: unknown, __: string, message: ChatMessage) => {
          const raw = message.raw.message;
          const media = message.attachments[0]?.fetchMetadata?.mediaId;
          const { latitude } = raw.location ?? {};
          const content = media ?? (latitude === undefined ? message.text : `${latitude}`);
          const { userId, fullName } = message.author;
          read = { id: message.id, who: userId, name: fullName, of: ofRaw(raw), content };
        },
        processAction: (event: ChatEvent) => {
          const { interactive, button } = event.raw;
          // Of a template's quick reply it takes the payload, we the words.
          const content = interactive === undefined ? (button?.text ?? null) : event.actionId;
          read = { ...who(event), id: event.messageId, of: ofRaw(event.raw), content };
        },
        processReaction: (event: ChatEvent) => {
          read = { ...who(event), id: event.raw.id, of: event.messageId, content: event.rawEmoji || null };
        },
      };
      await it.initialize(chat as never);
      const request = new Request('https://x.test/hook', {
        method: 'POST',
        headers: { 'x-hub-signature-256': sign(body) },
        body,
      });
      expect((await it.handleWebhook(request)).status).toBe(200);
      return read;
    }

    const who = ({ user }: ChatEvent) => ({ who: user.userId, name: user.fullName });

    // It says nothing of these.
    const unread = [
      'contacts',
      'order',
      'unsupported',
      'unsupported-unavailable',
      'edit',
      'revoke',
      'form-reply',
    ];
    const messages = single.filter((name) => !name.startsWith('status-'));

    test.each(messages)('%s', async (name) => {
      const theirs = await readByThem(fixture(name));
      if (unread.includes(name)) expect(theirs).toBeNull();
      else expect(readByUs(fixture(name))).toEqual(theirs);
    });

    test('knows a customer again as we do, whichever id is shown', async () => {
      const inlet = inletTo(async () => ({ conversation: 'c', duplicate: false }));
      const users: string[] = [];
      const fake = await startFakeWhatsApp();
      const { channel, webhook } = channelAt(fake);
      await channel.start({
        ...inlet,
        async receive({ address }) {
          users.push(address.user);
          return { conversation: 'c', duplicate: false };
        },
      });
      for (const name of ['text', 'user-id-only', 'phone-only']) {
        const body = fixture(name);
        const headers = { 'x-hub-signature-256': sign(body) };
        await webhook(new Request('https://x.test/', { method: 'POST', body, headers }));
      }
      expect(new Set(users).size).toBe(1);
      await channel.stop();
      await fake.stop();
    });
  },
);

interface RawMessage {
  readonly id: string;
  readonly type: string;
  readonly context?: { readonly id?: string };
  readonly reaction?: { readonly message_id: string; readonly emoji?: string };
  readonly edit?: { readonly original_message_id: string; readonly message: RawMessage };
  readonly revoke?: { readonly original_message_id: string };
  readonly text?: { readonly body: string };
  readonly location?: { readonly latitude: number };
  readonly button?: { readonly text: string };
  readonly interactive?: Readonly<Record<string, { readonly id?: string }>>;
}

interface ChatMessage {
  readonly id: string;
  readonly text: string;
  readonly author: { readonly userId: string; readonly fullName: string };
  readonly attachments: readonly { readonly fetchMetadata?: { readonly mediaId: string } }[];
  readonly raw: { readonly message: RawMessage };
}

interface ChatEvent {
  readonly messageId: string;
  readonly actionId: string;
  readonly rawEmoji?: string;
  readonly user: { readonly userId: string; readonly fullName: string };
  readonly raw: RawMessage;
}

function ofRaw({ reaction, edit, revoke, context }: RawMessage): string | null {
  return (
    reaction?.message_id ?? edit?.original_message_id ?? revoke?.original_message_id ?? context?.id ?? null
  );
}

/** A raw message's words, choice or file. What only we turn into words is taken from us. */
function contentRaw(message: RawMessage): string | null {
  if (message.edit !== undefined) return contentRaw(message.edit.message);
  if (message.reaction !== undefined) return message.reaction.emoji ?? null;
  if (message.text !== undefined) return message.text.body;
  if (message.button !== undefined) return message.button.text;
  if (message.location !== undefined) return `${message.location.latitude}`;
  const reply = message.interactive?.button_reply ?? message.interactive?.list_reply;
  if (reply !== undefined) return reply.id ?? null;
  const file = (message as never as Record<string, { id?: string } | undefined>)[message.type];
  return file?.id ?? inWords[message.type] ?? null;
}

const inWords: Readonly<Record<string, string>> = {
  contacts: '👤 Barbara J. Johnson · Social Tsunami · +1 (650) 555-9999 · barbara@example.com',
  order: '¿Lo tienen?\n🛒 2 × di9ozbzfi4 30 USD\n🛒 1 × nqryix03ez 25 USD',
  interactive: 'Sent\n{"size":"M"}',
};
