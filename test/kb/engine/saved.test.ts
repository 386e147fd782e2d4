import { describe, expect, it } from 'vitest';
import { loadEngine, saveEngine, trainEngine } from '../../../src/kb/engine/engine.ts';
import { shop, texts } from './bases.ts';

const questions = ['dónde está mi pedido', 'pagar', 'hola', 'router roto', 'xyz', '', 'quiero mi fatcura'];

describe('saved engines', () => {
  it.each([
    ['examples', shop],
    ['texts', texts],
    ['both', [...shop, ...texts]],
    ['nothing', []],
  ])('a base with %s decides the same after a restart', (_, base) => {
    const engine = trainEngine(base);
    const loaded = loadEngine(saveEngine(engine));
    for (const question of questions) expect(loaded.decide(question)).toEqual(engine.decide(question));
  });

  it('loads from the middle of a larger buffer', () => {
    const bytes = saveEngine(trainEngine(shop));
    const larger = new Uint8Array(bytes.length + 3);
    larger.set(bytes, 3);
    expect(loadEngine(larger.subarray(3)).decide('dónde está mi pedido').article).toBe('seguir-pedido');
  });

  it.each([
    ['nothing', new Uint8Array(0)],
    ['text', new TextEncoder().encode('this is not an engine')],
    ['half an engine', saveEngine(trainEngine(texts)).slice(0, 5000)],
  ])('refuses %s', (_, bytes) => {
    expect(() => loadEngine(bytes)).toThrow(expect.objectContaining({ code: 'kb_engine_unreadable' }));
  });
});
