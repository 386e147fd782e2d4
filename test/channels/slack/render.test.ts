import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mrkdwnLength, toMrkdwn } from '../../../src/channels/slack/mrkdwn.ts';
import { partsOf, renderPost } from '../../../src/channels/slack/render.ts';
import type { OutboundMessage } from '../../../src/core/message.ts';
import { outboundTo } from '../outbound.ts';

const direct = { channel: 'slack', account: 'T1', user: 'D1' };
const message = (change: Partial<OutboundMessage> = {}) => outboundTo(direct, change);
const options = (count: number, label = 'Opción') =>
  Array.from({ length: count }, (_, index) => ({ id: `o${index}`, label: `${label} ${index}` }));

interface Block {
  readonly type: string;
  readonly text?: { readonly text: string };
  readonly elements?: readonly { readonly type: string; readonly text?: unknown }[];
}
const blocksOf = (part: OutboundMessage) => renderPost(part).blocks as readonly Block[];

describe('Markdown as mrkdwn', () => {
  test.each([
    ['**Reinicia** el *módem*', '*Reinicia* el _módem_'],
    ['1. uno\n2. dos\n   - tres', '1. uno\n2. dos\n  • tres'],
    ['- a\n- b', '• a\n• b'],
    ['uno\ndos\n\ntres', 'uno\ndos\n\ntres'],
    ['# Título\n\ntexto', '*Título*\n\ntexto'],
    ['[la guía](https://a.test/x?a=1&b=2)', '<https://a.test/x?a=1&amp;b=2|la guía>'],
    ['mira https://a.test/x.', 'mira <https://a.test/x>.'],
    ['`a < b`', '`a &lt; b`'],
    ['> cita', '> cita'],
    ['2 < 3 & 4 > 1', '2 &lt; 3 &amp; 4 &gt; 1'],
    ['<!channel> <@U1> <#C1>', '&lt;!channel&gt; &lt;@U1&gt; &lt;#C1&gt;'],
    ['[x](javascript:alert)', 'x'],
    ['[a|b>c](https://a.test/|<!here>)', '<https://a.test/%7C%3C!here%3E|a|b&gt;c>'],
    ['<b>hola</b>', '&lt;b&gt;hola&lt;/b&gt;'],
    ['[nota]: https://a.test', '[nota]: https://a.test'],
  ])('%j', (markdown, mrkdwn) => {
    expect(toMrkdwn(markdown)).toBe(mrkdwn);
  });

  const onlyLinks = (mrkdwn: string) => mrkdwn.replace(/<(?:https?:\/\/|mailto:)[^<>]*>/gu, '');

  test('never mentions anybody, whatever the text', () => {
    const piece = fc.constantFrom(
      '<!channel>',
      '<@U1>',
      '<',
      '>',
      '&',
      '|',
      '[a](',
      ')',
      'https://a.test/',
      '`',
      '**',
      '\n',
      '\\',
      '![',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string())), (pieces) => {
        expect(onlyLinks(toMrkdwn(pieces.join('')))).not.toMatch(/<(?!$)/u);
      }),
      { numRuns: 500 },
    );
  });

  const naughty = join(process.env.RELEVO_SHARED ?? '../shared', 'corpora', 'blns', 'blns.json');
  test.skipIf(!existsSync(naughty))(`nor for naughty strings (left out: no ${naughty})`, () => {
    for (const text of JSON.parse(readFileSync(naughty, 'utf8'))) {
      expect(onlyLinks(toMrkdwn(text))).not.toContain('<');
    }
  });

  test('is never longer than was reckoned, as people write', () => {
    const word = fc.constantFrom(
      'hola',
      '**sí**',
      '&',
      '<x>',
      'https://a.test/b',
      '[a](https://b.test)',
      '\n',
      '\n- ',
      '\n1. ',
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 200 }), (words) => {
        const text = words.join(' ');
        expect(toMrkdwn(text).length).toBeLessThanOrEqual(mrkdwnLength(text));
      }),
    );
  });
});

describe('a message to Slack', () => {
  test('in a direct message and in a thread', () => {
    expect(renderPost(message({ text: 'hola' }))).toEqual({
      channel: 'D1',
      text: 'hola',
      blocks: [{ type: 'section', text: { type: 'mrkdwn', text: 'hola', verbatim: true } }],
      metadata: { event_type: 'relevo_message', event_payload: { name: 'c.1.0' } },
      parse: 'none',
      link_names: false,
      unfurl_links: false,
      unfurl_media: false,
    });
    const threaded = outboundTo({ ...direct, user: 'C1:1700000000.000100' });
    expect(renderPost(threaded)).toMatchObject({ channel: 'C1', thread_ts: '1700000000.000100' });
  });

  test.each([
    [1, 'Sí', ['section', 'actions'], 'button'],
    [5, 'Sí', ['section', 'actions'], 'button'],
    [6, 'Sí', ['section', 'actions'], 'static_select'],
    [100, 'Sí', ['section', 'actions'], 'static_select'],
    [101, 'Sí', ['section'], undefined],
    [2, 'x'.repeat(80), ['section'], undefined],
  ])('with %i options of %s', (count, label, types, kind) => {
    const [part] = partsOf(message({ options: options(count, label) }));
    if (part === undefined) throw new Error('no part');
    const blocks = blocksOf(part);
    expect(blocks.map(({ type }) => type)).toEqual(types);
    expect(blocks[1]?.elements?.[0]?.type).toBe(kind);
    if (kind === undefined) expect(blocks[0]?.text?.text).toContain(`1. ${label} 0\n2. ${label} 1`);
  });

  test('names its sources at the end, once each, never their ids', () => {
    const sources = [
      { article: 'a1', title: 'Reiniciar' },
      { article: 'a1', title: 'Reiniciar' },
      { article: 'b2', title: 'Cables <!here>' },
    ];
    const shown = (language: 'es' | 'en' | 'pt') =>
      blocksOf(message({ sources, language })).at(-1)?.elements?.[0];
    expect(shown('es')).toMatchObject({ type: 'plain_text', text: 'Fuente: Reiniciar · Cables <!here>' });
    expect(shown('pt')).toMatchObject({ text: 'Fonte: Reiniciar · Cables <!here>' });
    expect(shown('en')).toMatchObject({ text: 'Source: Reiniciar · Cables <!here>' });
  });

  test('has its parts: texts, the options under the last, then the file', () => {
    const attachment = { id: 'f', kind: 'image' } as const;
    const parts = partsOf(message({ text: 'Una frase. '.repeat(800), options: options(2), attachment }));
    expect(parts.map(({ name }) => name)).toEqual(['c.1.0', 'c.1.0#2', 'c.1.0#3', 'c.1.0#4']);
    expect(parts.map((part) => part.options.length)).toEqual([0, 0, 2, 0]);
    expect(parts.map((part) => part.attachment)).toEqual([null, null, null, attachment]);
    expect(partsOf(message({ text: '', attachment }))).toEqual([message({ text: '', attachment })]);
  });

  test('fits, and loses nothing, whatever its length', () => {
    const word = fc.constantFrom(
      'palabra',
      '&&&&',
      '<<<',
      '**fuerte**',
      'https://a.test/b?c&d',
      '\n\n',
      '🦜',
      'x'.repeat(5_000),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 150 }), fc.integer({ min: 0, max: 120 }), (words, count) => {
        const text = words.join(' ');
        fc.pre(text.trim() !== '');
        const parts = partsOf(message({ text, options: options(count) }));
        const said = parts.map((part) => part.text).join('');
        expect(said.replace(/\s/gu, '')).toContain(text.replace(/\s/gu, ''));
        for (const part of parts) {
          const blocks = blocksOf(part);
          expect(blocks.length).toBeLessThanOrEqual(50);
          for (const { type, text: shown } of blocks) {
            if (type === 'section') expect(shown?.text.length).toBeLessThanOrEqual(3_000);
          }
          expect(String(renderPost(part).text).length).toBeLessThanOrEqual(4_000);
        }
      }),
      { numRuns: 30 },
    );
  });
});
