import { afterAll, describe, expect, it } from 'vitest';
import { RelevoError } from '../../src/core/errors.ts';
import { type ThreadedEngine, trainInThread } from '../../src/kb/engine-thread.ts';

const articles = ['internet', 'printer', 'password', 'monitor', 'invoice'].map((word) => ({
  id: word,
  language: 'en' as const,
  title: `My ${word}`,
  examples: [`${word} is broken`, `what about the ${word}`, `help with my ${word}`],
  answer: `About the ${word}.`,
}));

describe('an engine in a thread of its own', () => {
  const engines: ThreadedEngine[] = [];
  const train = async () => {
    const engine = await trainInThread(articles, { seed: 1 });
    engines.push(engine);
    return engine;
  };
  afterAll(() => Promise.all(engines.map((engine) => engine.close())));

  it('decides as the same engine does here, while this thread is never held up by the training', async () => {
    let beats = 0;
    const heart = setInterval(() => {
      beats += 1;
    }, 5);
    const threaded = await train();
    clearInterval(heart);
    expect(beats).toBeGreaterThan(3);
    const { trainEngine } = await import('../../src/kb/engine/engine.ts');
    const here = trainEngine(articles, { seed: 1 });
    for (const question of ['my printer is broken', '', 'x'.repeat(10_000), '😀😀', 'PASSWORD!!', '\uD83D'])
      expect(threaded.decide(question, 'en')).toEqual(here.decide(question, 'en'));
  });

  it('answers a thousand questions one after the other, each with its own decision', async () => {
    const engine = await train();
    for (let i = 0; i < 1_000; i += 1) {
      const id = articles[i % articles.length]?.id ?? '';
      expect(engine.decide(`help with my ${id}`, 'en').article).toBe(id);
    }
  });

  it('fails when a decision takes too long, and never takes a late answer for that of the next question', async () => {
    const limits = { decideWithinMs: 0 };
    const engine = await trainInThread(articles, { seed: 1 }, limits);
    engines.push(engine);
    const early = articles.map(({ id }) => {
      try {
        return engine.decide(`help with my ${id}`, 'en').article;
      } catch (error) {
        return error instanceof RelevoError ? error.code : error;
      }
    });
    expect(early).toContain('kb_engine_stuck');
    limits.decideWithinMs = 10_000;
    expect(engine.decide('help with my printer', 'en').article).toBe('printer');
    expect(engine.decide('help with my invoice', 'en').article).toBe('invoice');
  });

  it('fails when the training is ended', async () => {
    const ending = new AbortController();
    const training = trainInThread(articles, {}, { signal: ending.signal });
    ending.abort();
    await expect(training).rejects.toMatchObject({ code: 'kb_engine_failed' });
    await expect(trainInThread(articles, {}, { signal: ending.signal })).rejects.toThrow('without an engine');
  });

  it('fails at once when it was closed, and closing twice is fine', async () => {
    const engine = await train();
    await engine.close();
    await engine.close();
    expect(() => engine.decide('internet')).toThrowError('the engine cannot decide');
  });
});
