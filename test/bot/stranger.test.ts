import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bot } from '../../src/bot/bot.ts';
import { createBotkitBot } from '../../src/bot/create-bot.ts';
import { fold } from '../../src/bot/words/fold.ts';
import type { BotDecision } from '../../src/core/command.ts';
import { type Language, languages } from '../../src/core/language.ts';
import { readArticles } from '../../src/kb/import-files.ts';
import { createKnowledge, type PublishedKnowledge } from '../../src/kb/published.ts';
import { ensureSampleBase, sampleFolder, sampleQuestions } from '../../src/kb/sample-base.ts';
import { memoryBases } from '../kb/memory-bases.ts';
import { offered, silent, talkWith } from './talk.ts';

interface Question {
  readonly q: string;
  readonly language: Language;
  readonly article: string | null;
  /** Other articles that answer as well. */
  readonly also?: readonly string[];
}

const strangers = read(fileURLToPath(new URL('../../samples/stranger.jsonl', import.meta.url)));

let knowledge: PublishedKnowledge;
let bot: Bot;
beforeAll(async () => {
  const bases = memoryBases();
  await ensureSampleBase({ bases, log: silent });
  knowledge = createKnowledge({ bases, log: silent });
  await knowledge.ready;
  bot = await createBotkitBot({ knowledge, log: silent });
}, 240_000);
afterAll(() => knowledge.close());

describe('what a stranger asks of the sample base', () => {
  it.each(languages)(
    'is answered, asked back or left to a person, in %s',
    async (language) => {
      const counts = { right: 0, clarified: 0, handed: 0, wrong: 0 };
      const unknown = { handed: 0, clarified: 0, wrong: 0 };
      for (const question of strangers.filter((one) => one.language === language)) {
        const decision = await talkWith(bot, { language }).say(question.q);
        const done = judge(decision, question);
        if (question.article !== null) counts[done] += 1;
        else unknown[done === 'right' ? 'wrong' : done] += 1;
        expect(decision.language, question.q).toBe(language);
      }
      const answerable = counts.right + counts.clarified + counts.handed + counts.wrong;
      expect(answerable).toBe(28);
      expect(counts.right + counts.clarified).toBeGreaterThanOrEqual(0.85 * answerable);
      expect(counts.right).toBeGreaterThanOrEqual(0.75 * answerable);
      expect(counts.wrong).toBeLessThanOrEqual(1);
      expect(unknown.wrong).toBeLessThanOrEqual(1);
      expect(unknown.handed).toBeGreaterThanOrEqual(9);
    },
    60_000,
  );

  it('is not among the examples of the articles', async () => {
    const { articles } = await readArticles(sampleFolder);
    const asked = new Set([...strangers, ...read(sampleQuestions)].map(({ q }) => bare(q)));
    const copied = articles.flatMap(({ examples }) => examples.filter((example) => asked.has(bare(example))));
    expect(copied).toEqual([]);
  });
});

function judge(
  decision: BotDecision,
  { article, also = [] }: Question,
): 'right' | 'clarified' | 'handed' | 'wrong' {
  const right = [article, ...also].filter((id) => id !== null);
  const { kind } = decision.outcome;
  if (kind === 'answered') {
    const shown = decision.say.flatMap(({ sources }) => sources).map((source) => source.article);
    return shown.some((id) => right.includes(id)) ? 'right' : 'wrong';
  }
  if (kind !== 'clarified') return 'handed';
  const choices = offered(decision).map((id) => id.replace(/^article-/u, ''));
  return article === null || choices.some((id) => right.includes(id)) ? 'clarified' : 'wrong';
}

function bare(text: string): string {
  return fold(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

function read(file: string): Question[] {
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Question);
}
