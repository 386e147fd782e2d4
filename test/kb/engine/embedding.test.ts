import { describe, expect, it } from 'vitest';
import {
  type EngineArticle,
  loadEngine,
  type Meanings,
  saveEngine,
  type TrainedEngine,
  textsToEmbed,
  trainEngine,
} from '../../../src/kb/engine/engine.ts';
import { knowing, noise, world } from './meaning-world.ts';

function meaningsOf(articles: readonly EngineArticle[], embed: (text: string) => Float32Array): Meanings {
  return { name: 'test-1', vectors: new Map(textsToEmbed(articles).map((text) => [text, embed(text)])) };
}

/** Share of the questions whose article comes first, and share answered wrongly. */
function score(
  engine: TrainedEngine,
  questions: readonly { q: string; id: string }[],
  embed?: (text: string) => Float32Array,
) {
  let first = 0;
  let wrong = 0;
  for (const { q, id } of questions) {
    const { decision, article } = engine.decide(q, 'es', embed?.(q));
    if (article === id) first += 1;
    else if (decision === 'answer') wrong += 1;
  }
  return { first: first / questions.length, wrong: wrong / questions.length };
}

describe('vectors as one more evidence', () => {
  const { articles, questions, meaning } = world(3);
  const embed = knowing(meaning);
  const lexical = trainEngine(articles);
  const meant = trainEngine(articles, { meanings: meaningsOf(articles, embed) });

  it('find what words alone do not', () => {
    expect(meant.embedding).toBe('test-1');
    const before = score(lexical, questions);
    const after = score(meant, questions, embed);
    expect(after.first).toBeGreaterThan(before.first + 0.05);
    expect(after.first).toBeGreaterThan(0.95);
    expect(after.wrong).toBeLessThanOrEqual(0.05);
  });

  it('that are not there for a question leave the decision to the words, exactly', () => {
    for (const { q } of questions) expect(meant.decide(q, 'es')).toEqual(lexical.decide(q, 'es'));
    const other = Float32Array.of(1, 0);
    for (const { q } of questions.slice(0, 5))
      expect(meant.decide(q, 'es', other)).toEqual(lexical.decide(q, 'es'));
  });

  it.each([1, 2, 3, 4, 5])('that are noise are found out and left alone (%i)', (seed) => {
    const other = world(seed);
    const noisy = trainEngine(other.articles, { meanings: meaningsOf(other.articles, noise) });
    expect(noisy.embedding).toBeUndefined();
    expect(noisy.state.embedding).toEqual({ name: 'test-1', model: null });
    const before = trainEngine(other.articles);
    for (const { q } of other.questions)
      expect(noisy.decide(q, 'es', noise(q))).toEqual(before.decide(q, 'es'));
  });

  it('are saved with the engine', () => {
    const loaded = loadEngine(saveEngine(meant));
    expect(loaded.embedding).toBe('test-1');
    for (const { q } of questions.slice(0, 40))
      expect(loaded.decide(q, 'es', embed(q))).toEqual(meant.decide(q, 'es', embed(q)));
    expect(loadEngine(saveEngine(lexical)).state.embedding).toBeNull();
  });

  it('of a few texts only, or of a base without examples, do no harm', () => {
    const some = { name: 'test-1', vectors: new Map([...meaningsOf(articles, embed).vectors].slice(0, 3)) };
    const sparse = trainEngine(articles, { meanings: some });
    const bare = articles.map(({ id, answer = '' }) => ({ id, title: id, answer }));
    const untaught = trainEngine(bare, { meanings: meaningsOf(bare, embed) });
    const nothing = trainEngine([], { meanings: meaningsOf([], embed) });
    for (const engine of [sparse, untaught, nothing])
      for (const { q } of questions.slice(0, 20))
        expect(engine.decide(q, 'es', embed(q))).toEqual(engine.decide(q, 'es'));
  });
});
