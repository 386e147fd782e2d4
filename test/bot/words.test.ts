import { describe, expect, it } from 'vitest';
import { chooseByWords, chooseOption } from '../../src/bot/choose-option.ts';
import { readFeedback } from '../../src/bot/feedback.ts';
import { readSmallTalk, type SmallTalk } from '../../src/bot/small-talk.ts';
import { wordingFor } from '../../src/bot/wording.ts';
import { detectLanguage } from '../../src/bot/words/detect-language.ts';
import { clean, wordsOf } from '../../src/bot/words/fold.ts';
import { near } from '../../src/bot/words/near.ts';
import { sameQuestion } from '../../src/bot/words/stems.ts';
import type { Language } from '../../src/core/language.ts';

describe('the language of a text', () => {
  it.each<[text: string, previous: Language, language: Language]>([
    ['no me funciona el internet', 'en', 'es'],
    ['hola', 'en', 'es'],
    ['¿cómo cambio la clave?', 'en', 'es'],
    ['se me cayó el wifi y no puedo trabajar', 'pt', 'es'],
    ['my printer is not working', 'es', 'en'],
    ['hello', 'es', 'en'],
    ["I can't connect to the wifi", 'pt', 'en'],
    ['thanks', 'es', 'en'],
    ['minha impressora não funciona', 'es', 'pt'],
    ['oi, bom dia', 'es', 'pt'],
    ['obrigado', 'es', 'pt'],
    ['não consigo entrar no e-mail', 'es', 'pt'],
    ['nao consigo conectar', 'es', 'pt'],
    ['estou sem internet', 'es', 'pt'],
    ['a internet caiu de novo', 'pt', 'pt'],
    ['wifi', 'pt', 'pt'],
    ['wifi', 'en', 'en'],
    ['ok', 'es', 'es'],
    ['password', 'es', 'es'],
    ['2', 'pt', 'pt'],
    ['👍', 'en', 'en'],
    ['', 'es', 'es'],
    ['no', 'es', 'es'],
    ['vos podes ayudarme con la compu?', 'en', 'es'],
    ['tengo un problema con el driver de la impresora', 'en', 'es'],
    ['error 0x80070005', 'pt', 'pt'],
  ])('"%s" after %s is %s', (text, previous, language) => {
    expect(detectLanguage(text, previous)).toBe(language);
  });
});

describe('small talk', () => {
  it.each<[kind: SmallTalk | null, texts: readonly string[]]>([
    [
      'greeting',
      [
        'hola',
        'Holaaa!',
        'buenas tardes',
        'hola, ¿cómo estás?',
        'hello there',
        'hi',
        'oi, tudo bem?',
        'Bom dia!',
        '👋',
        'hola Marta',
      ],
    ],
    ['thanks', ['gracias', 'muchas gracias!', 'thank you', 'valeu', 'obrigada', '🙏', 'hola gracias']],
    ['goodbye', ['adiós', 'chau gracias', 'bye', 'see you later', 'tchau', 'hasta luego']],
    [
      'robot',
      [
        '¿eres un robot?',
        'sos un bot?',
        'hola, eres una persona real?',
        'are you human?',
        'am I talking to a bot?',
        'você é um robô?',
        'estoy hablando con una persona?',
      ],
    ],
    [
      'insult',
      [
        'inútil',
        'eres un idiota',
        'sos una mierda',
        'fuck you',
        'this is useless',
        'que porquería de bot',
        'seu burro'.replace('seu ', ''),
      ],
    ],
    ['acknowledged', ['ok', 'vale', 'dale', 'voy a probar', 'got it', 'beleza', '👍']],
    [
      'cancel',
      ['olvídalo', 'ya no importa', 'never mind', 'deixa pra lá', 'no quiero hablar con una persona'],
    ],
    [
      null,
      [
        'hola no me anda el wifi',
        'wifi',
        'mi internet es una mierda',
        'gracias pero sigue igual',
        'good morning my printer is offline',
        '',
        '12345',
        'hola impresora',
        'qué es un router',
      ],
    ],
  ])('%s', (kind, texts) => {
    for (const text of texts) expect(readSmallTalk(text), text).toBe(kind);
  });
});

describe('a reply to an answer', () => {
  it.each([
    [
      'helped',
      [
        'sí',
        'sí, funcionó',
        'gracias, ya está',
        '👍',
        'it worked',
        'deu certo',
        'me sirvió',
        'perfecto ya anda',
      ],
    ],
    [
      'not-helped',
      [
        'no',
        'no me sirvió',
        'sigue igual',
        "didn't work",
        '👎',
        'não adiantou',
        'ya lo hice',
        'ya hice todo eso y nada',
        'I already tried all of that',
        'já fiz tudo isso',
        'gracias pero no funciona',
      ],
    ],
    [
      'simpler',
      [
        'no entiendo',
        'más fácil por favor',
        "I don't understand",
        'não entendi',
        'explicame mejor',
        'no entiendo nada',
      ],
    ],
    ['more-technical', ['más detalles', 'more technical please', 'mais detalhes']],
    ['thanked', ['gracias', 'thanks', 'obrigado']],
    ['later', ['ok', 'voy a probar', 'let me try', 'vou tentar']],
    [null, ['y en el celular cómo hago?', 'mi impresora no imprime', 'hola', '', 'what about my printer']],
  ])('%s', (meaning, texts) => {
    for (const text of texts) expect(readFeedback(text), text).toBe(meaning);
  });
});

describe('the wording', () => {
  it.each([
    ['mi dns no responde al ping', 'technical'],
    ['actualicé el driver de video', 'technical'],
    ['no me anda internet', 'plain'],
    ['soy mayor y no me anda internet', 'simple'],
    ['no entiendo nada de computadoras, se apagó', 'simple'],
    ['in simple words, how do I print', 'simple'],
  ])('%s: %s', (text, wording) => expect(wordingFor(text)).toBe(wording));
});

describe('a choice among options', () => {
  const options = [
    { id: 'a', label: 'La impresora no imprime' },
    { id: 'b', label: 'El router tiene una luz roja' },
    { id: 'c', label: 'Otra cosa' },
  ];
  it.each([
    ['1', 'a'],
    ['2', 'b'],
    ['2.', 'b'],
    ['la segunda', 'b'],
    ['la 1', 'a'],
    ['opción 2', 'b'],
    ['el primero por favor', 'a'],
    ['the second one', 'b'],
    ['a segunda', 'b'],
    ['la última', 'c'],
    ['dos', 'b'],
    ['otra cosa', 'c'],
    ['OTRA COSA!', 'c'],
    ['la impresora no imprime', 'a'],
    ['4', null],
    ['0', null],
    ['tengo 2 impresoras', null],
    ['no', null],
    ['', null],
  ])('%s: %s', (text, id) => expect(chooseOption(text, options)?.id ?? null).toBe(id));

  it.each([
    ['lo de la impresora', 'a'],
    ['la luz roja', 'b'],
    ['el roter de la luz', 'b'],
    ['no sé', null],
    ['mi correo no anda', null],
    ['impresora y router', null],
  ])('by its words: %s: %s', (text, id) => expect(chooseByWords(text, options, 'es')?.id ?? null).toBe(id));
});

describe('the same question', () => {
  it.each([
    ['no me funciona el internet', 'el internet no funciona', true],
    ['no me funciona el internet', 'no funciona internet!!', true],
    ['no me funciona el internet', 'no me funciona la impresora', false],
    ['no', 'no', false],
    ['', '', false],
  ])('%s / %s: %s', (a, b, same) => expect(sameQuestion(a, b, 'es')).toBe(same));
});

describe('words', () => {
  it('are folded', () => expect(wordsOf('¡HOLAAA, Ñandú! 👍🏽 5')).toEqual(['hola', 'nandu', '👍', '5']));
  it.each([
    ['persona', 'presona', true],
    ['persona', 'persoa', true],
    ['persona', 'perssona', true],
    ['persona', 'pexsona', true],
    ['persona', 'prsna', false],
    ['agente', 'gente', true],
    ['a', 'b', true],
    ['ab', 'cd', false],
  ])('%s is near %s: %s', (a, b, is) => expect(near(a, b)).toBe(is));
  it('are cleaned for any store', () => {
    expect(clean('a\u0000b\ud800c\n\u0007d', 100)).toBe('a bc\n d');
    expect(Array.from(clean('😀'.repeat(50), 10))).toHaveLength(10);
  });
});
