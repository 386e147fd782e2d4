import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  can,
  partsOf,
  payloadOf,
  requestOf,
  shownAs,
  templateOf,
} from '../../../src/channels/whatsapp-cloud/render.ts';
import { renderedLength, toWhatsApp } from '../../../src/channels/whatsapp-markup.ts';
import type { Media, Option, OutboundMessage } from '../../../src/core/message.ts';
import { outboundTo } from '../outbound.ts';
import { judge } from './fake-rules.ts';

const to = { channel: 'whatsapp-cloud', account: '1', user: 'MX.1' };
const message = (change: Partial<OutboundMessage>) => outboundTo(to, change);
const options = (...labels: string[]): Option[] =>
  labels.map((label, index) => ({ id: `o-${index}`, label }));
const media = (kind: Media['kind'], more: Partial<Media> = {}): Media => ({
  id: 'f'.repeat(32),
  kind,
  ...more,
});
const known = {
  isInbound: () => false,
  typeOfMedia: () => 'image/jpeg',
  templates: [{ name: 't', language: 'es', parameters: 1 }],
};

/** Every part as the platform would judge it. */
function judged(whole: OutboundMessage) {
  return partsOf(whole).map((part) =>
    judge(requestOf(payloadOf(part, null), { phone: '5215500001', userId: null }, part.name), known),
  );
}

describe("WhatsApp's own marks", () => {
  test.each([
    ['**fuerte** y *suave*', '*fuerte* y _suave_'],
    ['# Título\n\nTexto', '*Título*\n\nTexto'],
    ['1. uno\n2. dos\n3. tres', '1. uno\n2. dos\n3. tres'],
    ['7) siete\n8) ocho', '7. siete\n8. ocho'],
    ['* a\n* b', '- a\n- b'],
    ['[la guía](https://ayuda.test/a_b*c)', 'la guía (https://ayuda.test/a_b*c)'],
    ['<https://ayuda.test>', 'https://ayuda.test'],
    ['[https://ayuda.test](https://ayuda.test)', 'https://ayuda.test'],
    ['Una línea\ny otra', 'Una línea\ny otra'],
    ['`ipconfig /all`', '`ipconfig /all`'],
    ['snake_case_name y 2 * 3 * 4', 'snake_case_name y 2 * 3 * 4'],
    ['C:\\\\Windows\\\\System32', 'C:\\Windows\\System32'],
    ['<!channel> & <b>x</b>', '<!channel> & <b>x</b>'],
    ['> cita\n> larga', '> cita\n> larga'],
    ['[1]: https://no.se.pierde', '[1]: https://no.se.pierde'],
    ['a\n\n---\n\nb', 'a\n\n———\n\nb'],
  ])('%j', (markdown, expected) => {
    expect(toWhatsApp(markdown)).toBe(expected);
  });

  test.each(['\\*no\\*', '~no~', '\\_no\\_', '\\`no\\`', '(~no~)'])(
    'what only looks like a mark is none: %j',
    (markdown) => {
      const shown = toWhatsApp(markdown);
      expect(shown).not.toMatch(/(?<![\p{L}\p{N}\u200b])([*_~`])(?=[^\s*_~`\u200b])[^\n]*\S\1/u);
      expect(shown.replaceAll('\u200b', '')).toBe(markdown.replaceAll('\\', ''));
    },
  );

  test('never throws, never says nothing, and is never longer than was reckoned', () => {
    const piece = fc.constantFrom(
      '**',
      '*',
      '_',
      '~',
      '`',
      '\n',
      '\n\n',
      '- ',
      '1. ',
      '> ',
      '# ',
      '[a](b)',
      'x',
      'ñ ',
      ' ',
      '\\',
      '<',
      '&amp;',
    );
    const markdown = fc.oneof(
      fc.string(),
      fc.array(piece, { maxLength: 40 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(markdown, (text) => {
        const shown = toWhatsApp(text);
        expect(shown.length).toBeLessThanOrEqual(renderedLength(text) + 2);
        if (text.trim() !== '') expect(shown.trim()).not.toBe('');
      }),
      { numRuns: 300 },
    );
  });
});

describe('options', () => {
  test('three short ones are buttons', () => {
    const payload = payloadOf(
      message({ text: '¿Te sirvió?', options: options('Sí', 'No', 'Una persona') }),
      null,
    );
    expect(payload).toMatchObject({
      type: 'interactive',
      interactive: {
        type: 'button',
        body: { text: '¿Te sirvió?' },
        action: { buttons: [{ reply: { id: 'o-0', title: 'Sí' } }, {}, { reply: { title: 'Una persona' } }] },
      },
    });
  });

  test('four, or one of 21 characters, are a list; a long label goes on in its description', () => {
    for (const labels of [
      ['a', 'b', 'c', 'd'],
      ['Sí', 'Hablar con una persona'],
    ]) {
      expect(payloadOf(message({ options: options(...labels) }), null)).toMatchObject({
        interactive: { type: 'list' },
      });
    }
    const long = 'La impresora no conecta por wifi después de cambiar el módem de la casa';
    expect(payloadOf(message({ options: options('Otra cosa', long) }), null)).toMatchObject({
      interactive: {
        action: {
          button: 'Ver opciones',
          sections: [
            {
              rows: [
                { id: 'o-0', title: 'Otra cosa' },
                {
                  title: 'La impresora no conecta',
                  description: 'por wifi después de cambiar el módem de la casa',
                },
              ],
            },
          ],
        },
      },
    });
  });

  test('eleven, or one of 73 characters, are numbered lines', () => {
    const eleven = payloadOf(message({ options: options(...'abcdefghijk') }), null);
    expect(eleven).toEqual({
      type: 'text',
      text: {
        body: `hola\n\n${[...'abcdefghijk'].map((label, index) => `${index + 1}. ${label}`).join('\n')}`,
      },
    });
    expect(payloadOf(message({ options: options('x'.repeat(73)) }), null).type).toBe('text');
  });

  test('two of the same words are told apart', () => {
    const payload = payloadOf(
      message({ options: options('Impresora del taller', 'Impresora del taller', 'No') }),
      null,
    );
    expect(JSON.stringify(payload)).toContain('"title":"Impresora del… (2)"');
  });

  test('whatever they are, the platform takes them', () => {
    const label = fc
      .string({ minLength: 1, maxLength: 90, unit: 'grapheme' })
      .filter((text) => text.trim() !== '');
    const several = fc.uniqueArray(label, { maxLength: 12 }).map((labels) => options(...labels));
    const words = fc.lorem({ maxCount: 60, mode: 'sentences' });
    fc.assert(
      fc.property(several, words, (some, text) => {
        for (const verdict of judged(message({ options: some, text })))
          expect(verdict).not.toHaveProperty('code');
      }),
    );
  });
});

describe('the calls it takes', () => {
  const sentence = 'Una frase que dice algo y termina aquí. ';

  test('a long text is split at sentence ends; nothing is lost, and each part has its name', () => {
    const text = sentence.repeat(300).trim();
    const parts = partsOf(message({ text }));
    expect(parts.map(({ name }) => name)).toEqual(['c.1.0', 'c.1.0#2', 'c.1.0#3']);
    expect(parts.map((part) => part.text).join(' ')).toBe(text);
    for (const part of parts) expect(part.text).toMatch(/aquí\.$/u);
  });

  test('exactly 4,096 characters are one message', () => {
    expect(partsOf(message({ text: 'x'.repeat(4_096) }))).toHaveLength(1);
    expect(partsOf(message({ text: 'x'.repeat(4_097) }))).toHaveLength(2);
  });

  test('options stand under the end of a long text, of which at most 1,024 characters fit', () => {
    const text = sentence.repeat(50).trim();
    const parts = partsOf(message({ text, options: options('Sí', 'No') }));
    expect(parts.map((part) => part.options.length)).toEqual([0, 2]);
    expect(parts[1]?.text.length).toBeLessThanOrEqual(1_024);
    expect(parts.map((part) => part.text).join(' ')).toBe(text);
  });

  test('a file goes first, with short words under it', () => {
    const attachment = media('image');
    expect(partsOf(message({ text: 'Mira', attachment }))).toMatchObject([{ name: 'c.1.0', text: 'Mira' }]);
    expect(partsOf(message({ text: 'Mira', attachment, options: options('Sí') }))).toMatchObject([
      { name: 'c.1.0', text: '', attachment, options: [] },
      { name: 'c.1.0#2', text: 'Mira', attachment: null },
    ]);
    expect(partsOf(message({ text: 'Oye', attachment: media('voice') }))).toHaveLength(2);
    expect(partsOf(message({ text: '', attachment }))).toHaveLength(1);
    expect(partsOf(message({ text: sentence.repeat(50), attachment }))).toHaveLength(2);
  });

  test('a source is named once, at the end, in the language of the words', () => {
    const sources = [
      { article: 'a', title: 'Cambiar la clave *wifi*' },
      { article: 'b', title: 'Cambiar la clave *wifi*' },
    ];
    const [part] = partsOf(message({ text: 'Así:', sources, language: 'pt' }));
    expect(payloadOf(part ?? message({}), null)).toMatchObject({
      text: { body: expect.stringMatching(/^Así:\n\n_Fonte: /u) },
    });
    expect(JSON.stringify(payloadOf(part ?? message({}), null)).match(/Fonte/gu)).toHaveLength(1);
  });

  test('any message makes parts that the platform takes, and that make themselves again', () => {
    const text = fc.oneof(
      fc.lorem({ maxCount: 400, mode: 'sentences' }),
      fc.string({ minLength: 1, maxLength: 9_000 }).filter((one) => one.trim() !== ''),
    );
    const several = fc
      .integer({ min: 0, max: 12 })
      .map((count) => options(...'abcdefghijkl'.slice(0, count)));
    fc.assert(
      fc.property(text, several, (words, some) => {
        const whole = message({
          text: words,
          options: some,
          sources: [{ article: 'a', title: 'Una *guía*' }],
        });
        for (const verdict of judged(whole)) expect(verdict).not.toHaveProperty('code');
        expect(partsOf(whole)).toEqual(partsOf(whole));
      }),
      { numRuns: 60 },
    );
  });
});

describe('files', () => {
  test.each<[Media['kind'], string, number, string]>([
    ['image', 'image/jpeg', 1, 'image'],
    ['image', 'image/png', 5 * 1_048_576 + 1, 'document'],
    ['image', 'image/heic', 1, 'document'],
    ['sticker', 'image/webp', 1, 'sticker'],
    ['sticker', 'image/png', 1, 'image'],
    ['voice', 'audio/ogg; codecs=opus', 1, 'audio'],
    ['audio', 'audio/wav', 1, 'document'],
    ['video', 'video/mp4', 1, 'video'],
    ['video', 'video/quicktime', 1, 'document'],
    ['document', 'image/png', 1, 'document'],
  ])('%s of %s and %i bytes goes as %4$s', (kind, type, bytes, as) => {
    expect(shownAs(kind, type, bytes)).toBe(as);
  });

  test('a document keeps its name, a voice note its form', () => {
    const document = message({ text: 'La factura', attachment: media('document', { name: 'f.pdf' }) });
    expect(payloadOf(document, { id: '9', as: 'document' })).toEqual({
      type: 'document',
      document: { id: '9', caption: 'La factura', filename: 'f.pdf' },
    });
    const voice = message({ text: '', attachment: media('voice') });
    expect(payloadOf(voice, { id: '9', as: 'audio' })).toEqual({
      type: 'audio',
      audio: { id: '9', voice: true },
    });
  });
});

describe('a template', () => {
  test('holds the words in one line, shortened to what fits', () => {
    const part = message({
      text: `Hola,\n\n1. uno\n2. **dos**\t\t\t ${'palabra '.repeat(200)}`,
      options: options('Sí', 'No'),
    });
    const payload = templateOf(part, { name: 't', language: 'es' });
    const request = requestOf(payload, { phone: null, userId: 'MX.1' }, 'c.1.0');
    expect(judge(request, known)).not.toHaveProperty('code');
    const text = JSON.stringify(payload);
    expect(text).toContain('Hola, 1. uno 2. *dos*');
    expect(text).toContain('…"');
  });

  test('keeps the options as numbers', () => {
    const payload = templateOf(message({ text: '¿Sigues ahí?', options: options('Sí', 'No') }), {
      name: 't',
      language: 'es',
    });
    expect(JSON.stringify(payload)).toContain('"¿Sigues ahí? 1. Sí 2. No"');
  });
});

test('what the channel says it can is what the platform takes', () => {
  expect(can).toMatchObject({ maxTextLength: 4_096, maxButtons: 3, maxButtonLength: 20, maxListRows: 10 });
  expect(can.replyWindowMs).toBe(86_400_000);
});
