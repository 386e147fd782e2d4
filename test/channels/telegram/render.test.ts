import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderMarkdown } from '../../../src/channels/telegram/markdown.ts';
import { can, partsOf, renderPart } from '../../../src/channels/telegram/render.ts';
import { fileName, uploadOf } from '../../../src/channels/telegram/upload.ts';
import type { Media, OutboundMessage } from '../../../src/core/message.ts';
import { outboundTo } from '../outbound.ts';
import { readHtml } from './fake-html.ts';

const ana = { channel: 'telegram', account: '4242', user: '1111111' };
const to = (change: Partial<OutboundMessage>) => outboundTo(ana, change);
const photo: Media = { id: 'a'.repeat(32), kind: 'image', bytes: 10 };
const option = (id: string, label = id) => ({ id, label });

describe('Markdown in Telegram’s HTML', () => {
  test.each([
    ['**Apaga** el router', '<b>Apaga</b> el router'],
    ['a < b & c > "d"', 'a &lt; b &amp; c &gt; &quot;d&quot;'],
    ['<b>no</b> <script>x</script>', '&lt;b&gt;no&lt;/b&gt; &lt;script&gt;x&lt;/script&gt;'],
    ['uno\ndos\n\ntres', 'uno\ndos\n\ntres'],
    ['1. Apaga\n2. Espera\n3. Enciende', '1. Apaga\n2. Espera\n3. Enciende'],
    ['Pasos:\n- uno\n- **dos**', 'Pasos:\n• uno\n• <b>dos</b>'],
    [
      '[la guía](https://example.com/a?b=1&c="2")',
      '<a href="https://example.com/a?b=1&amp;c=&quot;2&quot;">la guía</a>',
    ],
    ['[x](javascript:alert(1))', 'x (javascript:alert(1))'],
    ['[escríbenos](mailto:a@example.com)', 'escríbenos (a@example.com)'],
    ['https://example.com/?a=1&b=2', 'https://example.com/?a=1&amp;b=2'],
    ['# Título\ntexto', '<b>Título</b>\ntexto'],
    ['2 * 3 * 4 = 24 y snake_case_name', '2 * 3 * 4 = 24 y snake_case_name'],
    ['`código <x>`', '<code>código &lt;x&gt;</code>'],
    ['![foto](https://example.com/x.png)', '![foto](https://example.com/x.png)'],
  ])('%s', (markdown, html) => {
    expect(renderMarkdown(markdown).html).toBe(html);
  });

  test('whatever is written, Telegram can read it, and reads what the plain words say', () => {
    const pieces = fc.constantFrom(
      '**',
      '*',
      '_',
      '<b>',
      '&amp;',
      '[a](http://b.c)',
      '\n',
      '\n\n',
      '- ',
      '1. ',
      '> ',
      '`',
      'ñ 🦜',
      ' ',
    );
    const markdown = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.array(fc.oneof(pieces, fc.string())).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(markdown, (source) => {
        const { html, plain } = renderMarkdown(source);
        expect(readHtml(html).replaceAll(/\s+/gu, '').length).toBeLessThanOrEqual(
          plain.replaceAll(/\s+/gu, '').length,
        );
      }),
      { numRuns: 300 },
    );
  });
});

describe('the calls a message takes', () => {
  test('a short one takes one, as it is', () => {
    expect(partsOf(to({ text: 'hola' }))).toEqual([to({ text: 'hola' })]);
  });

  test('a long one is split at sentence ends, its buttons under the last', () => {
    const sentence = 'Esta frase tiene algo que decir y termina aquí. ';
    const parts = partsOf(to({ text: sentence.repeat(300), options: [option('helped', 'Sí')] }));
    expect(parts.map(({ name }) => name)).toEqual(
      parts.map((_, n) => (n === 0 ? 'c.1.0' : `c.1.0#${n + 1}`)),
    );
    expect(parts.length).toBeGreaterThan(3);
    for (const { text } of parts) expect(text.trim()).toMatch(/\.$/u);
    expect(parts.map(({ options }) => options.length)).toEqual([...parts.slice(1).map(() => 0), 1]);
    expect(parts.map(({ text }) => text).join(' ')).toBe(sentence.repeat(300));
  });

  test('strong words that are parted are strong on both sides', () => {
    const parts = partsOf(to({ text: `**${'palabra '.repeat(700).trim()}**` }));
    expect(parts.length).toBeGreaterThan(1);
    for (const part of parts) expect(renderPart(part).html).toMatch(/^<b>.*<\/b>$/su);
  });

  test('whatever its text, each part fits, is itself when asked again, and no word is lost', () => {
    const word = fc.string({ minLength: 1, maxLength: 12, unit: fc.constantFrom(...'abcñé🦜.!?-_') });
    const texts = fc.array(word, { minLength: 200, maxLength: 2_500 }).map((words) => words.join(' '));
    fc.assert(
      fc.property(texts, (text) => {
        const parts = partsOf(to({ text }));
        for (const part of parts) {
          expect(readHtml(renderPart(part).html).length).toBeLessThanOrEqual(4_096);
          expect(partsOf(part).map((one) => one.text)).toEqual([part.text]);
        }
        const letters = (words: string) => words.replaceAll(/[^abcñé🦜]/gu, '');
        expect(letters(parts.map(({ text: piece }) => piece).join(' '))).toBe(letters(text));
      }),
      { numRuns: 8 },
    );
  });

  test('a file goes with what fits under it', () => {
    expect(partsOf(to({ attachment: photo, text: 'mira' }))).toHaveLength(1);
    expect(partsOf(to({ attachment: photo, text: '' }))).toHaveLength(1);
    const long = partsOf(to({ attachment: photo, text: 'a '.repeat(600).trim(), options: [option('x')] }));
    expect(
      long.map(({ attachment, text, options }) => [attachment !== null, text.length, options.length]),
    ).toEqual([
      [true, 0, 0],
      [false, 1_199, 1],
    ]);
  });

  test('where an answer is from stands below it, by its title alone', () => {
    const sources = [{ article: 'red-42', title: 'Reiniciar *el* router' }];
    const [part] = partsOf(to({ text: 'Apágalo.', sources, language: 'pt' }));
    const { plain, html } = renderPart(part ?? to({}));
    expect(plain).toBe('Apágalo.\n\nFonte: Reiniciar *el* router');
    expect(html).toContain('<i>Fonte:');
    expect(renderPart(partsOf(to({ from: 'agent', sources }))[0] ?? to({})).plain).toBe('hola');
  });
});

describe('options', () => {
  const keyboard = (...options: { id: string; label: string }[]) => {
    const [part = to({})] = partsOf(to({ options }));
    return renderPart(part);
  };

  test('are buttons below each other; a short scale is one row', () => {
    expect(keyboard(option('yes', 'Sí, gracias'), option('no', 'No, quiero una persona')).keyboard).toEqual([
      [{ text: 'Sí, gracias', callback_data: 'yes' }],
      [{ text: 'No, quiero una persona', callback_data: 'no' }],
    ]);
    const stars = [1, 2, 3, 4, 5].map((n) => option(`rate-${n}`, `${n} ★`));
    expect(keyboard(...stars).keyboard).toHaveLength(1);
  });

  test.each([
    ['too many', Array.from({ length: can.maxButtons + 1 }, (_, n) => option(`o${n}`, `Opción ${n}`))],
    ['too long', [option('a', 'x'.repeat(41)), option('b')]],
    ['with an id of more bytes than a button carries', [option('ñ'.repeat(33), 'Sí'), option('b', 'No')]],
  ])('are numbered lines when %s', (_why, options) => {
    const { keyboard: rows, plain } = keyboard(...options);
    expect(rows).toBeNull();
    expect(plain).toContain(`\n1. ${options[0]?.label}\n2. ${options[1]?.label}`);
  });

  test('as numbers never go on counting where a list above ended', () => {
    const options = [option('a', 'x'.repeat(41)), option('b', '*no*')];
    const [part = to({})] = partsOf(to({ text: '1. uno\n2. dos', options }));
    expect(renderPart(part).plain).toBe(`1. uno\n2. dos\n\n1. ${'x'.repeat(41)}\n2. *no*`);
  });
});

describe('a file', () => {
  test.each([
    ['image', 'image/png', 'sendPhoto'],
    ['image', 'image/svg+xml', 'sendDocument'],
    ['image', 'image/heic', 'sendDocument'],
    ['voice', 'audio/ogg; codecs=opus', 'sendVoice'],
    ['audio', 'audio/mpeg', 'sendAudio'],
    ['audio', 'audio/wav', 'sendDocument'],
    ['video', 'video/mp4', 'sendVideo'],
    ['video', 'video/webm', 'sendDocument'],
    ['sticker', 'image/webp', 'sendSticker'],
    ['document', 'image/png', 'sendDocument'],
  ] as const)('%s of type %s goes by %s', (kind, type, method) => {
    expect(uploadOf(kind, type).method).toBe(method);
  });

  test('keeps its name but for what a header or a path would read', () => {
    expect(fileName('a"\r\nX-Evil: 1/..\\b.pdf', 'file')).toBe('a___X-Evil: 1_.._b.pdf');
    expect(fileName('facturación 🧾.pdf', 'file')).toBe('facturación 🧾.pdf');
    expect(fileName('', 'file.bin')).toBe('file.bin');
  });
});
