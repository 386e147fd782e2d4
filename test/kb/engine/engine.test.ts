import { describe, expect, it } from 'vitest';
import { trainEngine } from '../../../src/kb/engine/engine.ts';
import { shop, texts } from './bases.ts';

const engine = trainEngine(shop);

describe('a small base', () => {
  it.each([
    ['¿Dónde está mi paquete?', 'seguir-pedido'],
    ['quiero hacer una devolucion', 'devolver'],
    ['no recuerdo la contraseña', 'contrasena'],
    ['me mandan la factura?', 'factura'],
    ['se puede pagar con paypal', 'pago'],
    ['OLVIDÉ MI CONTRASEÑA!!!', 'contrasena'],
    ['dnd esta mi pedio', 'seguir-pedido'],
    ['xfa necesito la fatcura', 'factura'],
    ['quisiera devolverlo', 'devolver'],
  ])('%s → %s', (question, article) => {
    expect(engine.decide(question, 'es').article).toBe(article);
  });

  it('answers what its examples say', () => {
    expect(engine.decide('dónde está mi pedido')).toMatchObject({
      decision: 'answer',
      article: 'seguir-pedido',
    });
  });

  it.each([
    'qué tiempo hace mañana en la playa',
    'who won the world cup in 1998',
    'eres tonto',
    'receta de paella valenciana',
    'xzqw jkhg',
  ])('hands over %s', (question) => {
    expect(engine.decide(question).decision).toBe('handoff');
  });

  it('gives at most five candidates, most probable first, and probabilities between 0 and 1', () => {
    for (const question of ['pagar', 'mi cuenta', 'hola', 'pedido y factura y pago y clave y devolver']) {
      const { candidates, confidence } = engine.decide(question);
      expect(candidates.length).toBeLessThanOrEqual(5);
      const probabilities = candidates.map(({ probability }) => probability);
      expect(probabilities).toEqual([...probabilities].sort((a, b) => b - a));
      for (const value of [...probabilities, confidence]) {
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
      }
    }
  });

  it('decides the same for the same seed', () => {
    const again = trainEngine(shop);
    for (const question of ['pagar', 'dónde está', 'la factura no llega', 'hola']) {
      expect(again.decide(question)).toEqual(engine.decide(question));
    }
  });

  it('answers no more when fewer wrong answers are allowed', () => {
    const strict = trainEngine(shop, { wrongRate: 0.001 });
    for (const question of ['pagar', 'dónde está', 'cuándo llega', 'devolver', 'clave', 'tarjeta']) {
      if (strict.decide(question).decision === 'answer')
        expect(engine.decide(question).decision).toBe('answer');
    }
  });
});

describe('unusual questions', () => {
  it.each(['', ' ', '?', '…', '\u0000', '‍'])('nothing to read in %j', (question) => {
    expect(engine.decide(question)).toEqual({
      decision: 'handoff',
      article: null,
      confidence: 0,
      candidates: [],
    });
  });

  it.each(['a', '🙂🙂🙂', '日本語の質問です', '1234567890', '<script>alert(1)</script>'])(
    'hands over %s',
    (question) => {
      expect(engine.decide(question).decision).not.toBe('answer');
    },
  );

  it('reads ten thousand characters without losing time', () => {
    const started = performance.now();
    expect(['answer', 'clarify', 'handoff']).toContain(
      engine.decide('dónde está mi pedido '.repeat(500)).decision,
    );
    expect(['answer', 'clarify', 'handoff']).toContain(engine.decide('x'.repeat(10_000)).decision);
    expect(performance.now() - started).toBeLessThan(1000);
  });

  it.each(['ñ', 'X', '¿?', '🙂', '👍🏽👍🏽', 'ÑÑÑÑÑÑ', '....', '🇪🇸'])('never answers %s', (question) => {
    expect(engine.decide(question, 'es').decision).not.toBe('answer');
  });

  it('hears the same when it is shouted', () => {
    for (const question of ['dónde está mi pedido', 'quiero devolver un producto'])
      expect(engine.decide(`¡¡${question.toUpperCase()}!!`, 'es')).toEqual(engine.decide(question, 'es'));
  });

  it('finds the article in a mix of languages', () => {
    expect(engine.decide('hello, quiero devolver un producto please').article).toBe('devolver');
  });
});

describe('unusual bases', () => {
  it('an empty base hands everything over', () => {
    expect(trainEngine([]).decide('hola')).toEqual({
      decision: 'handoff',
      article: null,
      confidence: 0,
      candidates: [],
    });
  });

  it('a base of one article answers its own question, never asks, and hands over others', () => {
    const one = trainEngine(shop.slice(0, 1));
    expect(one.decide('dónde está mi pedido')).toMatchObject({
      decision: 'answer',
      article: 'seguir-pedido',
    });
    expect(one.decide('cuál es la capital de francia').decision).toBe('handoff');
    for (const question of ['pedido', 'paquete', 'llega'])
      expect(one.decide(question).decision).not.toBe('clarify');
  });

  it.each([
    ['cómo reinicio el router', 'router'],
    ['mi impresora no imprime', 'impresora'],
    ['poner el correo en el movil', 'correo'],
  ])('without examples: %s → %s', (question, article) => {
    expect(trainEngine(texts).decide(question).article).toBe(article);
  });

  it('the same id twice is one article', () => {
    const [first, ...rest] = shop;
    if (!first) throw new Error('no base');
    const twice = trainEngine([
      first,
      { id: first.id, examples: ['rastrear la mensajería', 'rastreo del repartidor'] },
      ...rest,
    ]);
    const { article, candidates } = twice.decide('rastrear al repartidor');
    expect(article).toBe(first.id);
    expect(candidates.filter((candidate) => candidate.article === first.id)).toHaveLength(1);
  });

  it('articles without any text never come first', () => {
    const hollow = trainEngine([
      ...shop,
      { id: 'hueco' },
      { id: 'blanco', title: ' ', examples: ['', '  '], answer: '' },
    ]);
    expect(hollow.decide('dónde está mi pedido').article).toBe('seguir-pedido');
    expect(hollow.decide('qwerty').decision).toBe('handoff');
  });

  it('too many articles to learn from are found by their texts, examples included', () => {
    const many = trainEngine([
      ...shop,
      ...Array.from({ length: 20_000 }, (_, i) => ({
        id: `n${i}`,
        title: `modelo ${i}`,
        language: 'es' as const,
      })),
    ]);
    expect(many.decide('número de seguimiento del paquete', 'es').article).toBe('seguir-pedido');
    expect(many.decide('modelo 17042', 'es').article).toBe('n17042');
  }, 60_000);

  it('far too many articles are refused with the limit', () => {
    const articles = Array.from({ length: 200_001 }, (_, i) => ({ id: `n${i}` }));
    expect(() => trainEngine(articles)).toThrow(expect.objectContaining({ code: 'kb_too_large' }));
  });

  it('translations share an article and each language finds it', () => {
    const both = trainEngine([
      ...shop,
      {
        id: 'devolver',
        language: 'en',
        title: 'Return a product',
        examples: ['i want to return this', 'how do returns work'],
      },
      {
        id: 'pago',
        language: 'pt',
        title: 'Formas de pagamento',
        examples: ['posso pagar com pix', 'aceitam boleto'],
      },
    ]);
    expect(both.decide('i would like to return my shoes', 'en').article).toBe('devolver');
    expect(both.decide('dá pra pagar no pix?', 'pt').article).toBe('pago');
    expect(both.decide('quiero devolver los zapatos', 'es').article).toBe('devolver');
  });

  it('identical examples in two articles are asked about or handed over, never trusted', () => {
    const twins = trainEngine([
      ...shop,
      { id: 'gemelo', title: 'Otro', examples: ['quiero devolver un producto', 'cómo hago una devolución'] },
    ]);
    expect(twins.decide('cómo hago una devolución').decision).not.toBe('answer');
  });
});
