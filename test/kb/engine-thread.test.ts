import { describe, expect, it } from 'vitest';
import { loadEngine, trainEngine } from '../../src/kb/engine/engine.ts';
import { trainInThread } from '../../src/kb/engine-thread.ts';

const articles = ['internet', 'printer', 'password', 'monitor', 'invoice'].map((word) => ({
  id: word,
  language: 'en' as const,
  title: `My ${word}`,
  examples: [`${word} is broken`, `what about the ${word}`, `help with my ${word}`],
  answer: `About the ${word}.`,
}));

describe('training in a thread of its own', () => {
  it('gives the engine that training here gives, and never holds this thread up', async () => {
    let beats = 0;
    const heart = setInterval(() => {
      beats += 1;
    }, 5);
    const trained = loadEngine(await trainInThread(articles, { seed: 1 }));
    clearInterval(heart);
    expect(beats).toBeGreaterThan(3);
    const here = trainEngine(articles, { seed: 1 });
    for (const question of ['my printer is broken', '', 'x'.repeat(10_000), '😀😀', 'PASSWORD!!', '\uD83D'])
      expect(trained.decide(question, 'en')).toEqual(here.decide(question, 'en'));
  });

  it('ends without an engine when it is told to, before it begins or in the middle', async () => {
    const ending = new AbortController();
    const training = trainInThread(articles, {}, ending.signal);
    ending.abort();
    await expect(training).rejects.toThrow('without an engine');
    await expect(trainInThread(articles, {}, ending.signal)).rejects.toThrow('without an engine');
  });
});
