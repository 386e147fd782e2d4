import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';
import type { Language } from '../../src/core/language.ts';
import { publishDraft } from '../../src/kb/publish.ts';
import { createKnowledge, type MakeEngine, type PublishedKnowledge } from '../../src/kb/published.ts';
import { ensureSampleBase } from '../../src/kb/sample-base.ts';
import { articleOf, contentOf, memoryBases } from './memory-bases.ts';

const log = pino({ level: 'silent' });

interface Question {
  readonly q: string;
  readonly language: Language;
  readonly article: string | null;
}

const samples = fileURLToPath(new URL('../../samples/questions.jsonl', import.meta.url));
const questions = readFileSync(samples, 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as Question);

/** Knowledge whose first training has ended. */
async function readyKnowledge(deps: Parameters<typeof createKnowledge>[0]): Promise<PublishedKnowledge> {
  const knowledge = createKnowledge(deps);
  await knowledge.ready;
  return knowledge;
}

describe('the sample base, published', () => {
  let knowledge: PublishedKnowledge;
  beforeAll(async () => {
    const bases = memoryBases();
    await ensureSampleBase({ bases, log });
    knowledge = await readyKnowledge({ bases, log });
  });
  afterAll(() => knowledge.close());

  it.each([
    ['no me funciona el internet', 'es', 'internet-no-funciona'],
    ['my internet is not working', 'en', 'internet-no-funciona'],
    ['a internet não funciona', 'pt', 'internet-no-funciona'],
  ] as const)('answers "%s"', (question, language, id) => {
    const finding = knowledge.ask(question, language);
    expect(finding).toMatchObject({ decision: 'answer', version: 1 });
    expect(finding.candidates[0]?.article).toMatchObject({ id, language });
    expect(finding.confidence).toBe(finding.candidates[0]?.probability);
  });

  it.each([
    ['¿cuándo juega la selección?', 'es'],
    ['will it rain tomorrow', 'en'],
    ['', 'es'],
    ['a', 'es'],
    ['😀😀😀', 'pt'],
    ['\0\uD83D', 'es'],
    ['qué opinas de la política', 'es'],
  ] as const)('does not answer "%s"', (question, language) => {
    expect(knowledge.ask(question, language).decision).not.toBe('answer');
  });

  it('decides on a question of 10,000 characters', () => {
    const question = 'mi impresora no imprime '.repeat(420).slice(0, 10_000);
    expect(knowledge.ask(question, 'es').candidates[0]?.article.id).toBe('impresora-no-imprime');
  });

  it('finds most of the questions that are not among its examples, and answers hardly any of the others', () => {
    const known = questions.filter(({ article }) => article !== null);
    const unknown = questions.filter(({ article }) => article === null);
    const first = known.filter(({ q, language, article }) => {
      return knowledge.ask(q, language).candidates[0]?.article.id === article;
    });
    const wrong = known.filter(({ q, language, article }) => {
      const { decision, candidates } = knowledge.ask(q, language);
      return decision === 'answer' && candidates[0]?.article.id !== article;
    });
    const answered = unknown.filter(({ q, language }) => knowledge.ask(q, language).decision === 'answer');
    expect(first.length / known.length).toBeGreaterThan(0.75);
    expect(wrong.length / known.length).toBeLessThanOrEqual(0.05);
    expect(answered.length / unknown.length).toBeLessThanOrEqual(0.08);
  });

  it('gives an article in the asked language', () => {
    expect(knowledge.article('internet-lento', 'pt')).toMatchObject({ language: 'pt' });
    expect(knowledge.article('nothing', 'es')).toBeNull();
  });

  it('hands everything over once it is closed', async () => {
    await knowledge.close();
    await knowledge.close();
    expect(knowledge.ask('no me funciona el internet', 'es')).toMatchObject({
      decision: 'handoff',
      version: 0,
    });
    await knowledge.reload();
    expect(knowledge.version()).toBe(0);
  });
});

describe('a published base', () => {
  /** An engine that finds the first article, whatever is asked. */
  function fakes() {
    const makeEngine: MakeEngine = async ({ articles: [first] }) => ({
      decide: () => ({
        decision: 'answer',
        article: first?.id ?? null,
        confidence: 0.9,
        candidates: [{ article: first?.id ?? '', probability: 0.9 }],
      }),
    });
    return { makeEngine };
  }

  async function basesWith(id: string) {
    const bases = memoryBases();
    await bases.saveDraft(contentOf([articleOf({ id })]), 0);
    await publishDraft({ bases, clock: systemClock }, { by: 'ana' });
    return bases;
  }

  const firstOf = (knowledge: PublishedKnowledge) => knowledge.ask('?', 'es').candidates[0]?.article.id;

  it('gives an article in another language where the asked one is missing', async () => {
    const bases = await basesWith('one');
    const knowledge = await readyKnowledge({ bases, log, makeEngine: fakes().makeEngine });
    expect(knowledge.article('one', 'en')).toMatchObject({ id: 'one', language: 'es' });
    expect(knowledge.ask('?', 'pt').candidates[0]?.article).toMatchObject({ id: 'one', language: 'es' });
  });

  it('hands everything over before the first version', async () => {
    const bases = memoryBases();
    const knowledge = await readyKnowledge({ bases, log, makeEngine: fakes().makeEngine });
    expect(knowledge.ask('hola', 'es')).toEqual({
      decision: 'handoff',
      confidence: 0,
      candidates: [],
      version: 0,
    });
    expect(knowledge.article('x', 'es')).toBeNull();
    await bases.saveDraft(contentOf([articleOf()]), 0);
    await publishDraft({ bases, clock: systemClock }, { by: 'ana' });
    await knowledge.reload();
    expect([knowledge.version(), knowledge.articleCount()]).toEqual([1, 1]);
  });

  it('goes on answering until the next version is ready', async () => {
    const bases = await basesWith('one');
    const { makeEngine } = fakes();
    let release: () => void = () => undefined;
    const slow: MakeEngine = async (content, signal) => {
      if (content.articles[0]?.id === 'two') await new Promise<void>((resolve) => (release = resolve));
      return makeEngine(content, signal);
    };
    const knowledge = await readyKnowledge({ bases, log, makeEngine: slow });
    await bases.saveDraft(contentOf([articleOf({ id: 'two' })]), 1);
    await publishDraft({ bases, clock: systemClock }, { by: 'ana' });
    const both = [knowledge.reload(), knowledge.reload()];
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect([firstOf(knowledge), knowledge.version()]).toEqual(['one', 1]);
    release();
    await Promise.all(both);
    expect([firstOf(knowledge), knowledge.version()]).toEqual(['two', 2]);
  });

  it('keeps the version before when the next one cannot be trained, and tries again', async () => {
    const bases = await basesWith('one');
    const { makeEngine } = fakes();
    let broken = false;
    const knowledge = await readyKnowledge({
      bases,
      log,
      makeEngine: (base, signal) => (broken ? Promise.reject(new Error('no')) : makeEngine(base, signal)),
    });
    broken = true;
    await bases.saveDraft(contentOf([articleOf({ id: 'two' })]), 1);
    await publishDraft({ bases, clock: systemClock }, { by: 'ana' });
    await expect(knowledge.reload()).rejects.toMatchObject({ code: 'kb_training_failed' });
    expect(firstOf(knowledge)).toBe('one');
    broken = false;
    await knowledge.reload();
    expect(firstOf(knowledge)).toBe('two');
  });

  it('starts without an answer when the first version cannot be trained', async () => {
    const bases = await basesWith('one');
    const knowledge = await readyKnowledge({ bases, log, makeEngine: () => Promise.reject(new Error('no')) });
    expect(knowledge.ask('hola', 'es')).toMatchObject({ decision: 'handoff', version: 0 });
  });

  it('of one article, without any question, works', async () => {
    const bases = memoryBases();
    await bases.saveDraft(contentOf([articleOf({ examples: [] })]), 0);
    await publishDraft({ bases, clock: systemClock }, { by: 'ana' });
    const knowledge = await readyKnowledge({ bases, log });
    expect(firstOf(knowledge) ?? 'internet-lento').toBe('internet-lento');
    expect(knowledge.ask('internet lento', 'es').version).toBe(1);
    await knowledge.close();
  });

  it('ends a training that is under way when it is closed', async () => {
    const bases = memoryBases();
    await ensureSampleBase({ bases, log });
    const { revision, ...content } = await bases.draft();
    await bases.saveDraft({ ...content, wrongRate: 0.02 }, revision);
    const { version } = await publishDraft({ bases, clock: systemClock }, { by: 'ana' });
    let current: typeof bases.current = async () => null;
    const late = await readyKnowledge({ bases: { ...bases, current: () => current() }, log });
    current = bases.current;
    const reloading = late.reload();
    await new Promise((resolve) => setTimeout(resolve, 50));
    await late.close();
    await reloading;
    expect(late.version()).toBe(0);
    expect(await bases.trained(version)).toBeNull();
  });

  it('is trained once: its engine is stored, and another process loads it', async () => {
    const bases = await basesWith('one');
    const first = await readyKnowledge({ bases, log });
    const stored = await bases.trained(1);
    expect(stored).not.toBeNull();
    const saved: number[] = [];
    const watched = {
      ...bases,
      saveTrained: async (version: number, engine: Uint8Array) => {
        saved.push(version);
        await bases.saveTrained(version, engine);
      },
    };
    const second = await readyKnowledge({ bases: watched, log });
    expect(saved).toEqual([]);
    expect(second.ask('mi internet va lento', 'es')).toEqual(first.ask('mi internet va lento', 'es'));
    await bases.saveTrained(1, new Uint8Array([1, 2, 3]));
    const third = await readyKnowledge({ bases: watched, log });
    expect(saved).toEqual([1]);
    expect(third.version()).toBe(1);
  });

  it('is trained anew when the stored engine was trained with other synonyms', async () => {
    const bases = await basesWith('one');
    const before = await readyKnowledge({ bases, log });
    await before.close();
    const stored = await bases.trained(1);
    const synonyms = [{ language: 'es' as const, words: ['internet', 'fibra'] }];
    const changed = {
      ...bases,
      current: async () => {
        const base = await bases.current();
        return base === null ? null : { ...base, synonyms };
      },
    };
    await readyKnowledge({ bases: changed, log });
    expect(await bases.trained(1)).not.toEqual(stored);
  });
});
