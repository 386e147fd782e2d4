import { expect, test } from 'vitest';
import { addressOf } from '../../../src/channels/whatsapp-web/inbound.ts';
import { pickSent } from '../../../src/channels/whatsapp-web/pick-sent.ts';
import { partsOf, shownAs, textOf } from '../../../src/channels/whatsapp-web/render.ts';
import { outboundTo } from '../outbound.ts';

const to = addressOf('34910000001', '34600111222@c.us');

test('options are numbers to type, at the end', () => {
  const options = [
    { id: 'yes', label: 'Sí' },
    { id: 'no', label: 'No *todavía*' },
  ];
  const [part] = partsOf(outboundTo(to, { text: '¿Te **sirvió**?', options }));
  expect(part === undefined ? '' : textOf(part).replaceAll('\u200b', '')).toBe(
    '¿Te *sirvió*?\n\n1. Sí\n2. No *todavía*',
  );
});

test('a long text is split, each part with its name; a part stays what it is', () => {
  const parts = partsOf(outboundTo(to, { text: 'Una frase entera. '.repeat(600) }));
  expect(parts.map(({ name }) => name)).toEqual(['c.1.0', 'c.1.0#2', 'c.1.0#3']);
  expect(parts.every((part) => textOf(part).length <= 4_096)).toBe(true);
  const [first] = parts;
  expect(first && partsOf(first)).toEqual([first]);
});

test('a voice note stays one only in the form that phones play', () => {
  expect(shownAs('voice', 'audio/ogg; codecs=opus')).toBe('voice');
  expect(shownAs('voice', 'audio/webm')).toBe('document');
  expect(shownAs('image', 'image/heic')).toBe('document');
  expect(shownAs('sticker', 'image/webp')).toBe('sticker');
});

test('only a message that can be no other is taken for a lost one', () => {
  const one = { id: 'A', text: 'hola', at: 100, ack: 1 };
  const ask = { text: 'hola', since: 50, not: [] };
  expect(pickSent([one], ask)).toBe(one);
  expect(pickSent([one, { ...one, id: 'B' }], ask)).toBeNull();
  expect(pickSent([one, { ...one, id: 'B' }], { ...ask, not: ['B'] })).toBe(one);
  expect(pickSent([{ ...one, ack: 0 }], ask)).toBeNull();
  expect(pickSent([{ ...one, at: 49 }], ask)).toBeNull();
  expect(pickSent([{ ...one, text: 'hola ' }], ask)).toBeNull();
  expect(pickSent([{ ...one, text: '' }], { ...ask, text: '' })).toBeNull();
});
