import { describe, expect, test } from 'vitest';
import { partsOf, payloadOf, requestOf, templateOf } from '../../../src/channels/whatsapp-cloud/render.ts';
import type { OutboundMessage } from '../../../src/core/message.ts';
import { inletTo } from '../inlet.ts';
import { outboundTo } from '../outbound.ts';
import { channelAt } from './channel.ts';
import { startFakeWhatsApp } from './fake-whatsapp.ts';

const phoneId = '106540352242922';
const kapso = await import('@kapso/whatsapp-cloud-api').catch(() => null);

describe.skipIf(kapso === null)(
  'what we send, beside @kapso/whatsapp-cloud-api (left out where it is not installed)',
  () => {
    type Client = InstanceType<typeof import('@kapso/whatsapp-cloud-api').WhatsAppClient>;
    const to = '5215500001111';
    const recipient = 'MX.13491208655302741918';
    const route = { phone: to, userId: recipient };
    const common = {
      phoneNumberId: phoneId,
      to,
      recipient,
      recipientType: 'individual',
      bizOpaqueCallbackData: 'c.1.0',
    } as const;

    async function theirs(call: (client: Client) => Promise<unknown>): Promise<unknown> {
      if (kapso === null) throw new Error('not installed');
      let sent: unknown = null;
      const client = new kapso.WhatsAppClient({
        accessToken: 'x',
        fetch: async (_: unknown, init?: { body?: unknown }) => {
          sent = JSON.parse(String(init?.body));
          return Response.json({
            messaging_product: 'whatsapp',
            contacts: [],
            messages: [{ id: 'wamid.1' }],
          });
        },
      } as never);
      await call(client);
      return sent;
    }

    const request = (change: Partial<OutboundMessage>, file: Parameters<typeof payloadOf>[1] = null) => {
      const [part] = partsOf(
        outboundTo({ channel: 'whatsapp-cloud', account: phoneId, user: recipient }, change),
      );
      if (part === undefined) throw new Error('no part');
      return JSON.parse(JSON.stringify(requestOf(payloadOf(part, file), route, part.name)));
    };

    test('a text', async () => {
      expect(request({ text: 'hola **Ana**' })).toEqual(
        await theirs((client) => client.messages.sendText({ ...common, body: 'hola *Ana*' })),
      );
    });

    test('buttons', async () => {
      const buttons = [
        { id: 'helped', title: 'Me sirvió' },
        { id: 'not-helped', title: 'No me sirvió' },
      ];
      expect(
        request({ text: '¿Te sirvió?', options: buttons.map(({ id, title }) => ({ id, label: title })) }),
      ).toEqual(
        await theirs((client) =>
          client.messages.sendInteractiveButtons({ ...common, bodyText: '¿Te sirvió?', buttons }),
        ),
      );
    });

    test('a list', async () => {
      const rows = ['wifi', 'impresora', 'correo', 'otra cosa'].map((title) => ({ id: `o-${title}`, title }));
      expect(
        request({ text: '¿Cuál?', options: rows.map(({ id, title }) => ({ id, label: title })) }),
      ).toEqual(
        await theirs((client) =>
          client.messages.sendInteractiveList({
            ...common,
            bodyText: '¿Cuál?',
            buttonText: 'Ver opciones',
            sections: [{ rows }],
          } as never),
        ),
      );
    });

    test('an image, a document and a voice note by id', async () => {
      const media = (kind: 'image' | 'document' | 'voice', name?: string) => ({
        id: 'f'.repeat(32),
        kind,
        ...(name === undefined ? {} : { name }),
      });
      expect(request({ text: 'Mira', attachment: media('image') }, { id: '9', as: 'image' })).toEqual(
        await theirs((client) =>
          client.messages.sendImage({ ...common, image: { id: '9', caption: 'Mira' } }),
        ),
      );
      expect(
        request({ text: '', attachment: media('document', 'f.pdf') }, { id: '9', as: 'document' }),
      ).toEqual(
        await theirs((client) =>
          client.messages.sendDocument({ ...common, document: { id: '9', filename: 'f.pdf' } }),
        ),
      );
      expect(request({ text: '', attachment: media('voice') }, { id: '9', as: 'audio' })).toEqual(
        await theirs((client) => client.messages.sendAudio({ ...common, audio: { id: '9', voice: true } })),
      );
    });

    test('a template with its one parameter', async () => {
      const part = outboundTo(
        { channel: 'whatsapp-cloud', account: phoneId, user: recipient },
        { text: 'Ya quedó.' },
      );
      const payload = templateOf(part, { name: 'seguimiento', language: 'es' });
      expect(requestOf(payload, route, 'c.1.0')).toEqual(
        await theirs((client) =>
          client.messages.sendTemplate({
            ...common,
            template: {
              name: 'seguimiento',
              language: { code: 'es' },
              components: [{ type: 'body', parameters: [{ type: 'text', text: 'Ya quedó.' }] }],
            },
          } as never),
        ),
      );
    });

    test('read and writing in one call', async () => {
      const fake = await startFakeWhatsApp();
      const { channel } = channelAt(fake);
      let user = '';
      await channel.start(
        inletTo(async ({ address }) => {
          user = address.user;
          return { conversation: 'c', duplicate: false };
        }),
      );
      const messageId = await fake.customerWrites('ana', 'hola');
      channel.typing?.({ channel: 'whatsapp-cloud', account: phoneId, user });
      await expect
        .poll(() => fake.seen[0])
        .toEqual(
          await theirs((client) =>
            client.messages.markRead({
              phoneNumberId: phoneId,
              messageId,
              typingIndicator: { type: 'text' },
            }),
          ),
        );
      await channel.stop();
      await fake.stop();
    });
  },
);
