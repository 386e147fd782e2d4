import { beforeEach, expect, test, vi } from 'vitest';
import type { BaseContent, PublishedBase } from '../../src/core/article.ts';
import { createEngines, type Engines, gateRates } from '../../src/kb/workbench/engines.ts';
import type { Bases } from '../../src/store/bases.ts';
import { trainHere } from '../http/console-desk.ts';
import { silentLog } from '../log.ts';
import { articleOf, contentOf, memoryBases } from './memory-bases.ts';

const content = contentOf([
  articleOf(),
  articleOf({ id: 'ver-factura', title: 'Ver la factura', examples: ['dónde veo mi factura'] }),
]);
const question = ['mi internet va lento', 'es'] as const;

let bases: Bases;
let engines: Engines;
let published: PublishedBase;
/** For each training, how many gates were wanted of it. */
let trainings: number[];

beforeEach(async () => {
  bases = memoryBases();
  await bases.publish({ ...content, publishedAt: 0, publishedBy: 'Eva', comment: '' });
  const current = await bases.current();
  if (current === null) throw new Error('nothing was published');
  published = current;
  trainings = [];
  engines = createEngines({
    bases,
    log: silentLog,
    async train(articles, options, rates) {
      trainings.push(rates.length);
      return trainHere(articles, options, rates);
    },
  });
});

/** As the version's own engine is, once it answers. */
async function storeEngine(): Promise<void> {
  await createEngines({ bases, log: silentLog, train: trainHere }).ofPublished(published);
  expect(await bases.trained(published.version)).not.toBeNull();
}

test('a draft that is what is published has its engine, as it was stored: nothing is trained', async () => {
  await storeEngine();
  const [draft, live] = await Promise.all([engines.ofDraft(content), engines.ofPublished(published)]);
  expect(draft.decide(...question)).toEqual(live.decide(...question));
  expect(draft.decide(...question).article).toBe('internet-lento');
  expect(trainings).toEqual([]);
});

test('what no engine reads makes no other one: days until somebody is asked, golden questions, words', async () => {
  await storeEngine();
  const alike: BaseContent = {
    ...content,
    articles: content.articles.map((article) => ({ ...article, followUpDays: 3 })),
    golden: [{ question: 'a', language: 'es', article: null }],
    phrases: { es: { greeting: 'Hola' } },
  };
  await engines.ofDraft(alike);
  expect(trainings).toEqual([]);
});

test.each<[string, Partial<BaseContent>]>([
  ['an answer', { articles: [articleOf({ answer: 'Otra cosa.' }), ...content.articles.slice(1)] }],
  ['whom it is for', { articles: [articleOf({ brands: ['acme'] }), ...content.articles.slice(1)] }],
  ['how often it may be wrong', { wrongRate: 0.2 }],
  ['synonyms', { synonyms: [{ language: 'es', words: ['internet', 'wifi'] }] }],
])('a draft that differs in %s is trained, once however many ask', async (_, change) => {
  await storeEngine();
  const changed = { ...content, ...change };
  await Promise.all([engines.ofDraft(changed), engines.ofDraft(changed)]);
  const shelves = new Set(changed.articles.flatMap(({ brands = [] }) => brands)).size + 1;
  expect(trainings).toEqual(Array.from({ length: shelves }, () => gateRates.length));
});

test('where no engine is stored, one training does for what is published and for the draft like it', async () => {
  await Promise.all([engines.ofDraft(content), engines.ofPublished(published)]);
  expect(trainings).toEqual([0]);
  expect(await bases.trained(published.version)).not.toBeNull();
});

test('gates of other shares are found by a training of their own, which then answers for the draft', async () => {
  await storeEngine();
  expect((await engines.withGates(content)).gatesOf(null)).toHaveLength(gateRates.length);
  await engines.ofDraft(content);
  expect(trainings).toEqual([gateRates.length]);
});

test('a draft that is published keeps the engine it was tried with', async () => {
  const changed = { ...content, wrongRate: 0.2 };
  await engines.keep(2, changed);
  expect(await bases.trained(2)).toBeNull();
  const tried = await engines.ofDraft(changed);
  await bases.publish({ ...changed, publishedAt: 0, publishedBy: 'Eva', comment: '' });
  await engines.keep(2, changed);
  const live = await bases.current();
  const trains = vi.fn(trainHere);
  const others = createEngines({ bases, log: silentLog, train: trains });
  expect((await others.ofPublished(live ?? published)).decide(...question)).toEqual(
    tried.decide(...question),
  );
  expect(trains).not.toHaveBeenCalled();
});

test('a draft that was published before somebody went back has the engine it was published with', async () => {
  await storeEngine();
  const changed = { ...content, wrongRate: 0.2 };
  const whole = { publishedAt: 0, publishedBy: 'Eva', comment: '' };
  await bases.publish({ ...changed, ...whole });
  await bases.publish({ ...content, ...whole });
  const trained = await bases.trained(1);
  if (trained === null) throw new Error('no engine was stored');
  await bases.saveTrained(3, trained);
  await engines.ofDraft(changed);
  expect(trainings).toHaveLength(1);
  await engines.keep(2, changed);
  const after = vi.fn(trainHere);
  const others = createEngines({ bases, log: silentLog, train: after });
  await others.ofDraft(changed);
  expect(after).not.toHaveBeenCalled();
});
