import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RelevoError } from '../../src/core/errors.ts';
import { loadEngine } from '../../src/kb/engine/engine.ts';
import { acceptAsExample } from '../../src/kb/gap-accept.ts';
import { proveDraft, trainContent } from '../../src/kb/proof.ts';
import { ensureSampleBase } from '../../src/kb/sample-base.ts';
import { sampleEngineOf, trainSampleEngine } from '../../src/kb/sample-engine.ts';
import { enginesOf } from '../../src/kb/trained.ts';
import { contentOf, memoryBases } from './memory-bases.ts';

const log = pino({ level: 'silent' });

/** An article as a file. */
function written(id: string, example: string): string {
  return `---\nid: ${id}\nlanguage: es\ntitle: ${id}\nexamples:\n  - ${example}\n---\nHazlo así.\n`;
}

describe('the engine of the sample base', () => {
  let folder: string;
  let file: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'relevo-samples-'));
    file = join(folder, 'engine');
    await writeFile(join(folder, 'a.md'), written('reiniciar-router', 'cómo reinicio el router'));
    await writeFile(join(folder, 'b.md'), written('ver-factura', 'dónde veo mi factura'));
    await trainSampleEngine(folder, file);
  });
  afterAll(() => rm(folder, { recursive: true }));

  test('is there for the content that it was trained on, and for no other', async () => {
    const bases = memoryBases();
    expect(await ensureSampleBase({ bases, log }, folder, join(folder, 'none'))).toBe(1);
    const base = await bases.current();
    if (base === null) throw new Error('nothing was published');
    const engine = await sampleEngineOf(base, file);
    if (engine === null) throw new Error('the engine is not there');
    expect(loadEngine(engine).decide('cómo reinicio el router', 'es').candidates[0]?.article).toBe(
      'reiniciar-router',
    );
    const [first, second] = base.articles;
    if (first === undefined || second === undefined) throw new Error('articles are missing');
    const others = [
      { ...base, articles: [first] },
      { ...base, articles: [first, { ...second, answer: 'Otra cosa.' }] },
      { ...base, wrongRate: 0.2 },
      { ...base, synonyms: [{ language: 'es' as const, words: ['router', 'cajita'] }] },
    ];
    for (const other of others) expect(await sampleEngineOf(other, file)).toBeNull();
    expect(await sampleEngineOf(contentOf([]), join(folder, 'no such file'))).toBeNull();
  });

  test('of the build answers in a new installation, which trains nothing', async () => {
    const bases = memoryBases();
    expect(await ensureSampleBase({ bases, log })).toBe(1);
    const base = await bases.current();
    if (base === null) throw new Error('nothing was published');
    const stored = await bases.trained(1);
    expect(stored).not.toBeNull();
    const engines = await enginesOf(base, bases, log, AbortSignal.abort(new Error('no training')));
    expect(engines.get(null)?.decide('no me funciona el internet', 'es').decision).toBe('answer');
  });

  test('takes a first example without anything getting worse', async () => {
    const bases = memoryBases();
    await ensureSampleBase({ bases, log });
    const [base, stored] = [await bases.current(), await bases.trained(1)];
    if (base === null || stored === null) throw new Error('the samples were not trained');
    const asked = { text: 'la impresora que compré hoy no imprime', language: 'es' } as const;
    const { content } = acceptAsExample(base, { wordings: [asked] }, 'impresora-no-imprime');
    const train = (of: object) => (of === base ? loadEngine(stored) : trainContent(content));
    const { after, published, answersFrom } = await proveDraft(content, base, { train });
    expect(published?.comparison).toMatchObject({ worse: [], regression: false });
    // What was taught moves the bar, and whoever publishes is told.
    for (const bar of [answersFrom, published?.answersFrom]) {
      expect(bar).toBeGreaterThanOrEqual(0.5);
      expect(bar).toBeLessThan(0.97);
    }
    expect(answersFrom).not.toBe(published?.answersFrom);
    expect(after.at(-1)).toMatchObject({ grade: 'right', golden: { question: asked.text } });
  }, 120_000);

  test('that the store does not take stops no installation', async () => {
    const full = async () => {
      throw new RelevoError('store_full', 'the disk is full');
    };
    const bases = { ...memoryBases(), saveTrained: full };
    expect(await ensureSampleBase({ bases, log })).toBe(1);
    expect((await bases.current())?.version).toBe(1);
  });
});
