import { describe, expect, it } from 'vitest';
import type { SynonymGroup } from '../../../src/core/article.ts';
import { loadEngine, saveEngine, trainEngine } from '../../../src/kb/engine/engine.ts';
import { readSynonyms } from '../../../src/kb/engine/own-synonyms.ts';
import { read } from '../../../src/kb/engine/reading.ts';
import { shop, texts } from './bases.ts';

const synonyms: readonly SynonymGroup[] = [
  { language: 'es', words: ['contraseña', 'santo y seña', 'guachimán'] },
  { language: 'es', words: ['cajita', 'router'] },
  { language: 'en', words: ['factura', 'seguimiento'] },
];

describe("a base's own synonyms", () => {
  it.each([
    ['cuál es mi santo y seña', 'contrasena'],
    ['el guachimán', 'contrasena'],
    ['GUACHIMAN!!', 'contrasena'],
  ])('%s is found by what it means', (question, article) => {
    expect(trainEngine(shop).decide(question, 'es').decision).toBe('handoff');
    const { decision, article: best } = trainEngine(shop, { synonyms }).decide(question, 'es');
    expect(best).toBe(article);
    expect(decision).not.toBe('handoff');
  });

  it('find an article that has text only', () => {
    expect(trainEngine(texts).decide('la cajita no va', 'es').article).not.toBe('router');
    const { article, candidates } = trainEngine(texts, { synonyms }).decide('la cajita no va', 'es');
    expect(article).toBe('router');
    expect(candidates[0]?.probability).toBeGreaterThan(2 * (candidates[1]?.probability ?? 0));
  });

  it.each(['reiniciar el ruter', 'reiniciar la cajta'])('forgive spelling in %s', (question) => {
    expect(trainEngine(texts, { synonyms }).decide(question, 'es').article).toBe('router');
  });

  it('belong to their language', () => {
    const own = readSynonyms(synonyms);
    expect(read('la factura', 'es', own).text.stems).toEqual(read('la factura', 'es').text.stems);
    expect(read('the seguimiento', 'en', own).text.stems).toEqual(read('the factura', 'en', own).text.stems);
  });

  it('take the longest wording', () => {
    const own = readSynonyms([
      { language: 'es', words: ['tarjeta', 'plástico'] },
      { language: 'es', words: ['bono', 'tarjeta regalo'] },
    ]);
    expect(read('mi tarjeta regalo', 'es', own).text.words).toEqual(['mi', 'bono']);
    expect(read('mi plástico', 'es', own).text.words).toEqual(['mi', 'tarjeta']);
  });

  it('are saved with the engine', () => {
    const engine = trainEngine(shop, { synonyms, wrongRate: 0.1 });
    const loaded = loadEngine(saveEngine(engine));
    expect(loaded.state.synonyms).toEqual(synonyms);
    expect(loaded.state.wrongRate).toBe(0.1);
    for (const question of ['perdí mi santo y seña', 'pagar'])
      expect(loaded.decide(question, 'es')).toEqual(engine.decide(question, 'es'));
  });
});
