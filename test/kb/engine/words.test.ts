import { describe, expect, it } from 'vitest';
import { detectLanguage } from '../../../src/kb/engine/detect.ts';
import { fold, tokenise } from '../../../src/kb/engine/normalise.ts';
import { read } from '../../../src/kb/engine/reading.ts';
import { stem } from '../../../src/kb/engine/stem.ts';
import { conceptsOf } from '../../../src/kb/engine/synonyms.ts';
import { readWords } from '../../../src/kb/engine/words.ts';

describe('fold and tokenise', () => {
  it.each([
    ['¡HOLAAAA, Señor!', ['hola', 'senor']],
    ['Samsung SM-G991B', ['samsung', 'sm', 'g', '991', 'b']],
    ['a las 10:30', ['a', 'las', '10', '30']],
    ['5pm', ['5', 'pm']],
    ['<b>ver</b> https://example.com/a?b=c aquí', ['ver', 'aqui']],
    ['👍', ['👍']],
  ])('%s', (text, tokens) => {
    expect(tokenise(fold(text))).toEqual(tokens);
  });
});

describe('stems', () => {
  it.each([
    ['es', 'cancelacion', 'cancelaciones'],
    ['es', 'ayudame', 'ayudar'],
    ['es', 'decime', 'digo'],
    ['es', 'activarla', 'activar'],
    ['es', 'quiero', 'queres'],
    ['en', 'bought', 'buying'],
    ['pt', 'informacao', 'informacoes'],
    ['pt', 'quero', 'queria'],
  ] as const)('%s: %s and %s are one', (language, one, other) => {
    expect(stem(one, language)).toBe(stem(other, language));
  });
});

describe('readWords', () => {
  it.each([
    ['es', 'xq no me llega', ['por', 'que', 'no', 'me', 'llega']],
    ['es', 'tb kiero esto', ['tambien', 'quiero', 'esto']],
    ['en', "I don't know", ['i', 'do', 'not', 'know']],
    ['en', 'i don t know', ['i', 'do', 'not', 'know']],
    ['en', "what's up, can't u see", ['what', 'up', 'can', 'not', 'you', 'see']],
    ['pt', 'vc tb vai', ['voce', 'tambem', 'vai']],
  ] as const)('%s: %s', (language, text, words) => {
    expect(readWords(text, language).words).toEqual(words);
  });
});

describe('everyday synonyms', () => {
  it.each([
    ['es', 'mi celular', 'mi teléfono'],
    ['es', 'eliminar', 'borrar'],
    ['en', 'purchase', 'buy'],
    ['pt', 'excluir', 'apagar'],
  ] as const)('%s: %s and %s share a concept', (language, one, other) => {
    const concepts = conceptsOf(readWords(one, language), language);
    expect(concepts.length).toBeGreaterThan(0);
    expect(conceptsOf(readWords(other, language), language)).toEqual(concepts);
  });
});

describe('detectLanguage', () => {
  it.each([
    ['where is my order', 'en'],
    ['dónde está mi pedido', 'es'],
    ['onde está o meu pedido', 'pt'],
    ['não consigo entrar', 'pt'],
  ] as const)('%s is %s', (text, language) => {
    expect(detectLanguage(text, 'es')).toBe(language);
  });

  it('falls back when nothing tells', () => {
    expect(detectLanguage('xyz', 'pt')).toBe('pt');
  });
});

describe('read', () => {
  it('hears what is said again and again once', () => {
    const once = 'mi impresora no imprime nada';
    expect(read(once, 'es').text.words).toHaveLength(5);
    const often = read(`${once} `.repeat(400), 'es').text.words;
    expect(often).toEqual(read(`${once} ${once}`, 'es').text.words);
    expect(often.length).toBeLessThan(10);
  });
});
