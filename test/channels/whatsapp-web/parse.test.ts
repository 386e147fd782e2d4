import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  parseDeletion,
  parseEdit,
  parseMessage,
  parseReaction,
} from '../../../src/channels/whatsapp-web/parse.ts';
import { rawMessage } from './raw.ts';

const eventOf = (parsed: ReturnType<typeof parseMessage>) =>
  parsed.kind === 'event' ? parsed.event : parsed;

describe('reading WhatsApp Web', () => {
  test('a text, with what it answers', () => {
    const raw = rawMessage('M1', { body: 'hola', quotedStanzaID: 'Q1' });
    expect(eventOf(parseMessage(raw))).toMatchObject({
      kind: 'message',
      id: 'M1',
      text: 'hola',
      replyTo: 'Q1',
    });
  });

  test('a place, a contact card, a poll', () => {
    const place = rawMessage('L', {
      type: 'location',
      lat: 40.4,
      lng: -3.7,
      loc: 'Sol\nMadrid',
      body: '/9j',
    });
    expect(eventOf(parseMessage(place))).toMatchObject({
      text: '',
      place: { latitude: 40.4, longitude: -3.7, name: 'Sol, Madrid' },
    });
    const body = 'BEGIN:VCARD\nFN:Eva\nTEL;type=CELL:+34 600\nEND:VCARD';
    const card = rawMessage('V', { type: 'vcard', body, vcardFormattedName: 'Eva' });
    expect(eventOf(parseMessage(card))).toMatchObject({ text: 'Eva, +34 600' });
    expect(eventOf(parseMessage(rawMessage('P', { type: 'poll_creation', body: '' })))).toMatchObject({
      text: '',
    });
  });

  test('groups, status posts, channels, WhatsApp itself and our own words are left alone', () => {
    const others = ['1203630@g.us', 'status@broadcast', '1@newsletter', '0@c.us'];
    for (const remote of others)
      expect(parseMessage(rawMessage('X', { remote }))).toEqual({ kind: 'ignored' });
    expect(parseMessage(rawMessage('X', { fromMe: true }))).toEqual({ kind: 'ignored' });
    expect(parseMessage(rawMessage('X', { type: 'e2e_notification' }))).toEqual({ kind: 'ignored' });
  });

  test('a changed text without the time of an edit is none', () => {
    expect(parseEdit(rawMessage('M1'))).toEqual({ kind: 'ignored' });
    const edit = parseEdit(rawMessage('M1', { latestEditSenderTimestampMs: 5, body: 'nuevo' }));
    expect(eventOf(edit)).toMatchObject({ kind: 'edit', of: 'M1', stamp: '5', text: 'nuevo' });
  });

  test('whatever comes, nothing is thrown', () => {
    const anything = fc.oneof(
      fc.anything(),
      fc
        .dictionary(fc.constantFrom('id', 'type', 'body', 't', 'lat', 'loc', 'directPath'), fc.anything())
        .map((change) => ({
          ...rawMessage('M'),
          ...change,
        })),
    );
    fc.assert(
      fc.property(anything, (raw) => {
        for (const read of [parseMessage, parseEdit, parseDeletion, parseReaction]) read(raw);
      }),
    );
  });
});
