import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { outboundTo } from '../outbound.ts';
import { talk, words } from './talk.ts';

for (const mode of ['webhook', 'socket'] as const) {
  describe(`a customer in Slack, by ${mode}`, () => {
    let it: Awaited<ReturnType<typeof talk>>;
    const bot = '<@U0RELEVO1>';
    beforeEach(async () => {
      it = await talk({ mode });
    });
    afterEach(() => it.stop());

    const addresses = () => it.heard.map(({ address }) => address.user);

    test('has one conversation in direct messages, with name and language', async () => {
      await it.fake.customerWrites('uana', 'hola');
      await it.fake.customerWrites('uana', 'ayuda');
      await it.fake.customerWrites('uben', 'hola');
      expect(addresses()).toEqual(['DUANA', 'DUANA', 'DUBEN']);
      expect(it.heard[0]).toMatchObject({ customerName: 'uana', languageHint: 'es' });
    });

    test('is heard in a channel where we are called, and in that thread only', async () => {
      await it.fake.customerWrites('uana', 'cosas nuestras', { channel: 'C1' });
      const { ts } = await it.fake.customerWrites('uana', `${bot} no hay red`, { channel: 'C1' });
      await it.fake.customerWrites('uben', 'a mí tampoco', { channel: 'C1', threadTs: ts });
      const other = await it.fake.customerWrites('uben', 'otro tema', { channel: 'C1' });
      await it.fake.customerWrites('uben', 'sigue', { channel: 'C1', threadTs: other.ts });
      expect(it.heard.map(words)).toEqual(['no hay red', 'a mí tampoco']);
      expect(addresses()).toEqual([`C1:${ts}`, `C1:${ts}`]);
      // The post came as `message` and as `app_mention`.
      expect(it.keys.filter((key) => key === `slack/T00000001/C1/${ts}`)).toHaveLength(2);
    });

    test('of another company is heard in a shared channel', async () => {
      const event = {
        type: 'message',
        channel: 'C1',
        channel_type: 'channel',
        user: 'U9OTHER',
        user_team: 'T99999999',
        source_team: 'T99999999',
        text: `${bot} hola`,
        ts: '1700000000.000100',
      };
      await it.fake.deliver({ ...it.fake.eventOf(event), team_id: 'T99999999', is_ext_shared_channel: true });
      expect(it.heard.map(words)).toEqual(['hola']);
    });

    test('is not heard where the agents work', async () => {
      it.slack.reserve((id) => id === 'C9');
      await it.fake.customerWrites('ueva', `${bot} toma`, { channel: 'C9' });
      expect(it.heard).toEqual([]);
    });

    test('calls us without a word', async () => {
      await it.fake.customerWrites('uana', bot, { channel: 'C1' });
      expect(it.heard.map(words)).toEqual(['@relevo']);
    });

    test('sends a photo with words: both stored, the bytes from Slack’s own host', async () => {
      const bytes = Buffer.from('png bytes');
      await it.fake.customerSendsPhoto('uana', bytes, { text: 'mira' });
      expect(it.heard.map(words)).toEqual(['mira', '(foto.png)']);
      const content = it.heard[1]?.gesture.kind === 'message' ? it.heard[1].gesture.content : null;
      if (content?.kind !== 'media') throw new Error('no media');
      expect(content.media).toMatchObject({ kind: 'image', type: 'image/png', bytes: bytes.length });
      expect(content.media.id).toMatch(/^[0-9a-f]{32}$/u);
      const chunks: Uint8Array[] = [];
      for await (const chunk of (await it.channel.fetch?.(content.media)) ?? []) chunks.push(chunk);
      expect(Buffer.concat(chunks)).toEqual(bytes);
    });

    test('sends a photo alone: its deletion is about it', async () => {
      const { ts } = await it.fake.customerSendsPhoto('uana', Buffer.from('png'));
      await it.fake.deletes(ts);
      expect(it.heard[0]?.externalId).toBe(ts);
      expect(it.heard[1]?.gesture).toEqual({ kind: 'deletion', of: ts });
    });

    test('taps a button, or a row of a list', async () => {
      const { ts } = await it.fake.customerWrites('uana', `${bot} hola`, { channel: 'C1' });
      const to = { channel: 'slack', account: 'T00000001', user: `C1:${ts}` };
      const few = [{ id: 'yes', label: 'Sí' }];
      const many = Array.from({ length: 8 }, (_, index) => ({ id: `o${index}`, label: `Opción ${index}` }));
      await it.channel.send(outboundTo(to, { options: few }));
      await it.fake.customerTaps('uana', 'Sí');
      await it.channel.send(outboundTo(to, { name: 'c.2.0', options: many }));
      await it.fake.customerTaps('uana', 'Opción 3');
      expect(it.heard.slice(1).map(({ gesture }) => gesture)).toEqual([
        { kind: 'message', content: { kind: 'choice', option: 'yes', label: 'Sí' } },
        { kind: 'message', content: { kind: 'choice', option: 'o3', label: 'Opción 3' } },
      ]);
      expect(new Set(addresses())).toEqual(new Set([`C1:${ts}`]));
    });

    test('reacts to what we said, in a thread too, and takes it back', async () => {
      const { ts } = await it.fake.customerWrites('uana', `${bot} hola`, { channel: 'C1' });
      const to = { channel: 'slack', account: 'T00000001', user: `C1:${ts}` };
      const { externalId } = await it.channel.send(outboundTo(to));
      await it.fake.reacts('uana', externalId, '+1');
      await it.fake.reacts('uana', externalId, '+1', false);
      await it.fake.reacts('uana', externalId, '-1::skin-tone-3');
      await it.fake.reacts('U0RELEVO1', externalId, 'eyes');
      expect(it.heard.slice(1).map(({ gesture }) => gesture)).toEqual([
        { kind: 'reaction', of: externalId, emoji: '👍' },
        { kind: 'reaction', of: externalId, emoji: null },
        { kind: 'reaction', of: externalId, emoji: '👎🏼' },
      ]);
      expect(new Set(addresses())).toEqual(new Set([`C1:${ts}`]));
    });

    test('edits and deletes', async () => {
      const { ts } = await it.fake.customerWrites('uana', 'hila');
      await it.fake.edits('uana', ts, 'hola');
      await it.fake.deletes(ts);
      expect(it.heard.slice(1).map(({ gesture }) => gesture)).toEqual([
        { kind: 'edit', of: ts, content: { kind: 'text', text: 'hola' } },
        { kind: 'deletion', of: ts },
      ]);
    });

    test('gets our files, in the thread', async () => {
      const { ts } = await it.fake.customerWrites('uana', `${bot} hola`, { channel: 'C1' });
      const to = { channel: 'slack', account: 'T00000001', user: `C1:${ts}` };
      it.files.set('f1', { type: 'application/pdf', body: Buffer.from('%PDF') });
      const attachment = { id: 'f1', kind: 'document', name: 'guía.pdf', bytes: 4 } as const;
      const part = outboundTo(to, { text: '', attachment });
      const { externalId } = await it.channel.send(part);
      expect(it.fake.log.at(-1)?.message).toMatchObject({
        thread_ts: ts,
        files: [{ id: externalId, name: 'guía.pdf' }],
      });
      expect(Buffer.from(it.fake.state.files.get(externalId)?.bytes ?? []).toString()).toBe('%PDF');
      expect(await it.channel.find?.(part)).toEqual({ externalId });
    });

    test('is not confused with other bots', async () => {
      const event = { type: 'message', channel: 'D1', channel_type: 'im', ts: '1700000000.1', text: 'hola' };
      await it.fake.deliver(it.fake.eventOf({ ...event, bot_id: 'B7', user: 'U7' }));
      await it.fake.deliver(it.fake.eventOf({ ...event, subtype: 'bot_message', bot_id: 'B7' }));
      await it.fake.deliver(it.fake.eventOf({ ...event, subtype: 'channel_join', user: 'U7' }));
      await it.fake.deliver(it.fake.eventOf({ ...event, user: 'USLACKBOT' }));
      expect(it.heard).toEqual([]);
      expect(it.inlet.quarantined).toEqual([]);
    });

    test('whose payload nobody can read is set aside and acknowledged', async () => {
      await it.fake.deliver(it.fake.eventOf({ type: 'message', channel: 7, ts: 'x' }));
      expect(it.inlet.quarantined).toHaveLength(1);
      expect(it.inlet.quarantined[0]?.key.startsWith('slack/')).toBe(true);
    });

    test('is asked for after an outage: direct messages, calls, answers in threads, edits', async () => {
      const { ts } = await it.fake.customerWrites('uana', `${bot} hola`, { channel: 'C1' });
      const first = await it.fake.customerWrites('uben', 'antes');
      it.fake.setDelivering(false);
      await it.fake.customerWrites('uana', 'en el hilo', { channel: 'C1', threadTs: ts });
      await it.fake.customerWrites('uben', 'directo');
      await it.fake.edits('uben', first.ts, 'antes, corregido');
      await it.fake.customerWrites('unew', 'primera vez');
      const call = await it.fake.customerWrites('unew', `${bot} en canal`, { channel: 'C1' });
      await it.fake.customerWrites('unew', 'y más', { channel: 'C1', threadTs: call.ts });
      await it.fake.customerWrites('unew', 'ajeno', { channel: 'C1' });
      it.fake.setDelivering(true);
      await it.channel.stop();
      await it.channel.start(it.inlet);
      await expect.poll(() => it.heard.length, { timeout: 5_000 }).toBe(8);
      expect(it.heard.map(words).slice(2).sort()).toEqual(
        ['edit', 'directo', 'en canal', 'en el hilo', 'primera vez', 'y más'].sort(),
      );
    });
  });
}

describe('Socket Mode', () => {
  test('connects again when the socket breaks, and fills in what came meanwhile', async () => {
    const it = await talk({ mode: 'socket' });
    try {
      await it.fake.customerWrites('uana', 'uno');
      it.fake.setDelivering(false);
      await it.fake.customerWrites('uana', 'dos');
      for (const socket of it.fake.sockets) socket.terminate();
      it.fake.setDelivering(true);
      await expect.poll(() => it.heard.map(words), { timeout: 10_000 }).toEqual(['uno', 'dos']);
      await it.fake.customerWrites('uana', 'tres');
      expect(it.heard.map(words)).toEqual(['uno', 'dos', 'tres']);
    } finally {
      await it.stop();
    }
  });
});
