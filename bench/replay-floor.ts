import { emptyContent } from '../src/core/article.ts';
import { readArticles } from '../src/kb/import-files.ts';
import { trainContent } from '../src/kb/proof.ts';
import { sampleFolder } from '../src/kb/sample-base.ts';

/** What the floor of a replay reached. */
export interface ReplayFloor {
  /** One engine on the sample base. */
  readonly trainingMs: number;
  /** Questions, each asked twice as a replay asks two engines. */
  readonly perSecond: number;
}

/** The least that a replay could be called: an engine is trained, and asked each question twice. No store, no server, no pauses. */
export async function measureReplayFloor(questions: readonly string[]): Promise<ReplayFloor> {
  const { articles } = await readArticles(sampleFolder);
  const began = performance.now();
  const engine = trainContent({ ...emptyContent, articles });
  const trained = performance.now();
  for (let round = 0; round < 2; round += 1) for (const question of questions) engine.decide(question, 'es');
  const seconds = (performance.now() - trained) / 1_000;
  return { trainingMs: trained - began, perSecond: questions.length / seconds };
}
