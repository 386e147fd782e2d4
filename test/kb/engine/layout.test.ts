import { describe, expect, it } from 'vitest';
import { trainEngine } from '../../../src/kb/engine/engine.ts';
import { fromOtherLayout } from '../../../src/kb/engine/layout.ts';
import { shop } from './bases.ts';

const engine = trainEngine(shop);

describe("the keyboard's wrong layout", () => {
  it.each([
    ['es', 'вщтву уыеф ьш зувшвщ', 'donde esta mi pedido'],
    ['es', 'ыуж', 'señ'],
    ['en', 'црук шы ьн щквук', 'wher is my order'],
    ['es', 'contrase;a', 'contraseña'],
    ['es', "d'onde est'a; aqu'i", "donde est'a; aqu'i"],
    ['pt', 'devolu;ão', 'devolução'],
    ['en', "don't; it's", "don't; it's"],
    ['es', 'hola; dónde está', 'hola; dónde está'],
    ['es', 'мой order', 'мой order'],
  ] as const)('%s: %s', (language, typed, meant) => {
    expect(fromOtherLayout(typed, language)).toBe(meant);
  });

  it.each([
    ['вщтву уыеф ьш зувшвщ', 'seguir-pedido'],
    ['ЩДМШВУ ЬШ СЩТЕКФЫУЖФ', 'contrasena'],
    ['he olvidado mi contrase;a', 'contrasena'],
  ])('%s → %s', (question, article) => {
    expect(engine.decide(question, 'es').article).toBe(article);
  });

  it.each(['ghbdtn', 'rfr ltkf', 'Где мой заказ?', 'привет, как дела', 'как вернуть деньги'])(
    'never answers %s',
    (question) => {
      expect(engine.decide(question, 'es').decision).not.toBe('answer');
      expect(engine.decide(question).decision).not.toBe('answer');
    },
  );
});
