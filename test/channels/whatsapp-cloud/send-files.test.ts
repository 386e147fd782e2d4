import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Media } from '../../../src/core/message.ts';
import { ourFiles } from './channel.ts';
import { channel, close, fake, inlet, newest, now, open, pass, refusal, reply, start } from './sending.ts';

const hourMs = 3_600_000;

beforeEach(() => open());
afterEach(() => close());

describe('files', () => {
  const bytes = Buffer.from('ffd8ffe000104a464946', 'hex');

  async function sentPhoto(): Promise<Media> {
    await fake.customerSendsPhoto('ana', bytes, 'Así se ve');
    const { gesture } = newest();
    if (gesture.kind !== 'message' || gesture.content.kind !== 'media') throw new Error('no photo');
    expect(gesture.content.caption).toBe('Así se ve');
    return gesture.content.media;
  }

  const fetched = async (media: Media) => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of (await channel.fetch?.(media)) ?? []) chunks.push(chunk);
    return Buffer.concat(chunks);
  };

  test("a customer's photo is fetched whole", async () => {
    const media = await sentPhoto();
    expect(fake.calls).toEqual([]);
    expect(await fetched(media)).toEqual(bytes);
  });

  test.each(['bytes', 'longer'] as const)(
    'one that is not what was announced is refused (%s)',
    async (change) => {
      const media = await sentPhoto();
      fake.tamper(change);
      await expect(fetched(media)).rejects.toMatchObject({ code: 'media_changed' });
    },
  );

  test.each(['host', 'redirect'] as const)(
    'nothing is fetched from elsewhere, and no token goes there (%s)',
    async (change) => {
      let visits = 0;
      const elsewhere = createServer((_, response) => {
        visits += 1;
        response.end(bytes);
      });
      await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
      const { port } = elsewhere.address() as AddressInfo;
      const media = await sentPhoto();
      fake.tamper(change, `http://127.0.0.1:${port}`);
      await expect(fetched(media)).rejects.toMatchObject({ code: expect.stringMatching(/^media_/u) });
      expect(visits).toBe(0);
      await new Promise((resolve) => elsewhere.close(resolve));
    },
  );

  test('one that the platform has no longer is gone', async () => {
    await sentPhoto();
    await expect(fetched({ id: 'x', kind: 'image', remote: '999' })).rejects.toMatchObject({
      code: 'media_gone',
    });
    for (const remote of ['', '../me', 'http://127.0.0.1/']) {
      await expect(fetched({ id: 'x', kind: 'image', remote })).rejects.toMatchObject({
        code: 'media_refused',
      });
    }
  });

  test('ours is brought up once and sent by its id, with its words and its name', async () => {
    await fake.customerWrites('ana', 'mándame la foto');
    const photo: Media = { id: 'a'.repeat(32), kind: 'image', name: 'foto.jpg' };
    ourFiles.set(photo.id, { type: 'image/jpeg', bytes });
    const invoice: Media = { id: 'b'.repeat(32), kind: 'document', name: 'factura "1".pdf' };
    ourFiles.set(invoice.id, { type: 'application/pdf', bytes: Buffer.alloc(300_000, 7) });
    await channel.send(reply({ attachment: photo, text: '**Aquí** está' }));
    await channel.send(reply({ name: 'c.2.0', attachment: photo, text: '' }));
    await channel.send(reply({ name: 'c.3.0', attachment: invoice, text: '' }));
    expect(fake.log.map(({ message }) => message)).toMatchObject([
      { type: 'image', image: { caption: '*Aquí* está' } },
      { type: 'image' },
      { type: 'document', document: { filename: 'factura "1".pdf' } },
    ]);
    expect(fake.calls.filter((call) => call.startsWith('POST media'))).toEqual([
      'POST media 200',
      'POST media 200',
    ]);
  });

  test('what never left is known not to have gone out: a file we lost for good, a store that is away', async () => {
    await fake.customerWrites('ana', 'hola');
    const lost: Media = { id: 'd'.repeat(32), kind: 'image' };
    expect(await refusal(reply({ attachment: lost }))).toMatchObject({ permanent: true, unknown: false });
    const part = reply();
    await channel.stop();
    expect(await refusal(part)).toMatchObject({ code: 'stopped', permanent: false, unknown: false });
    const away = async () => {
      throw new Error('the store is away');
    };
    await channel.start({ ...inlet, cursor: away });
    expect(await refusal(part)).toMatchObject({ code: 'not_ready', permanent: false, unknown: false });
    expect(fake.log).toEqual([]);
  });

  test('one that the platform does not take is refused for good', async () => {
    await fake.customerWrites('ana', 'hola');
    const odd: Media = { id: 'c'.repeat(32), kind: 'document' };
    ourFiles.set(odd.id, { type: 'chemical/x-pdb', bytes });
    expect(await refusal(reply({ attachment: odd, text: '' }))).toMatchObject({ permanent: true });
  });
});

describe('after 24 hours', () => {
  const lateReply = () => reply({ answers: { externalId: newest().externalId, at: now - 24 * hourMs } });

  test('without a template it is refused at once, and it is said what to do', async () => {
    await fake.customerWrites('ana', 'hola');
    const error = await refusal(lateReply());
    expect(error).toMatchObject({ code: 'outside_window', permanent: true });
    expect(error.hint).toContain('WHATSAPP_CLOUD_TEMPLATE');
    expect(fake.calls).toEqual([]);
  });

  test('one minute before, the words go as they are', async () => {
    await fake.customerWrites('ana', 'hola');
    pass(24 * hourMs - 60_000);
    await channel.send(reply({ answers: { externalId: 'x', at: start } }));
    await fake.settled();
    expect(inlet.reports.map(({ status }) => status)).toEqual(['sent', 'delivered', 'read']);
  });

  test('with one the words go in it, a file does not', async () => {
    await open({}, { template: { name: 'seguimiento', language: 'es' } });
    await fake.customerWrites('ana', 'hola');
    pass(25 * hourMs);
    await channel.send(lateReply());
    expect(fake.log[0]?.message).toMatchObject({
      type: 'template',
      template: {
        name: 'seguimiento',
        language: { code: 'es' },
        components: [{ parameters: [{ text: 'hola' }] }],
      },
      biz_opaque_callback_data: 'c.1.0',
    });
    const file: Media = { id: 'a'.repeat(32), kind: 'image' };
    expect(await refusal({ ...lateReply(), attachment: file })).toMatchObject({
      code: 'outside_window',
      permanent: true,
    });
  });

  test("the platform's own clock decides: what it refuses goes as a template, or for good", async () => {
    await open({ refusesOutsideWindow: true }, { template: { name: 'seguimiento', language: 'es' } });
    await fake.customerWrites('ana', 'hola');
    pass(25 * hourMs);
    await channel.send(reply());
    expect(fake.log.map(({ message }) => message.type)).toEqual(['template']);

    await open({ refusesOutsideWindow: true });
    await fake.customerWrites('ana', 'hola');
    pass(25 * hourMs);
    expect(await refusal(reply())).toMatchObject({ code: 'outside_window', permanent: true });
  });

  test('a refusal that comes later is reported with its code and title, and nothing personal', async () => {
    await fake.customerWrites('ana', 'hola');
    pass(25 * hourMs);
    await channel.send(reply());
    await fake.settled();
    expect(inlet.reports).toEqual([
      {
        message: { name: 'c.1.0' },
        externalId: fake.log[0]?.id,
        status: 'failed',
        error: '131047 Re-engagement message',
      },
    ]);
  });
});
