import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Article, GoldenQuestion } from '../../src/core/article.ts';
import { RelevoError } from '../../src/core/errors.ts';
import type { Commit, Event } from '../../src/core/event.ts';
import { parseArticleCsv } from '../../src/kb/article-csv.ts';
import { formatArticle, parseArticleFile } from '../../src/kb/article-file.ts';
import type { SettledGap } from '../../src/kb/gap.ts';
import { createGapWork } from '../../src/kb/gap-work.ts';
import { formatGolden, mergeGolden, parseGolden } from '../../src/kb/golden-file.ts';
import { orphanedGolden } from '../../src/kb/golden-run.ts';
import { importArticles } from '../../src/kb/import.ts';
import type { Knowledge } from '../../src/kb/knowledge.ts';
import { lint } from '../../src/kb/lint.ts';
import { packShelves, unpackShelves } from '../../src/kb/packed-shelves.ts';
import { proveDraft, trainContent } from '../../src/kb/proof.ts';
import { publishProven } from '../../src/kb/publish-proven.ts';
import { createKnowledge, type PublishedKnowledge } from '../../src/kb/published.ts';
import { readLog } from '../../src/kb/read-log.ts';
import { commitsOf, started, turn, wrote } from '../conversation-steps.ts';
import { logOf } from '../store/memory-missed.ts';
import { articleOf, contentOf, memoryBases } from './memory-bases.ts';
import { smallBase } from './small-base.ts';

const log = pino({ level: 'silent' });

/** What only one company says, in words that no other article has. */
function ofBrand(brand: string, word: string): Article[] {
  return ['garantía', 'devolución', 'factura'].map((subject) =>
    articleOf({
      id: `${brand}-${subject.normalize('NFD').replace(/\p{M}/gu, '')}`,
      title: `La ${subject} de ${word}`,
      examples: [
        `quiero la ${subject} de mi ${word}`,
        `cómo pido la ${subject} del ${word}`,
        `¿tiene ${subject} el ${word}?`,
        `${subject} ${word}`,
      ],
      answer: `La ${subject} de ${word} se pide en ${brand}.example.`,
      tags: [],
      brands: [brand],
    }),
  );
}

const base = contentOf([...smallBase, ...ofBrand('acme', 'tostadora'), ...ofBrand('beta', 'patinete')]);

/** What customers of each company ask of the other's things. */
const asked: readonly string[] = [
  'quiero la garantía de mi patinete',
  'garantía patinete',
  'cómo pido la devolución del patinete',
  '¿tiene factura el patinete?',
  'quiero la garantía de mi tostadora',
  'factura tostadora',
  'devolución de la tostadora que compré',
  'garantia',
  'la factura por favor',
  'patinete',
  'tostadora',
];

describe('what a company is asked', () => {
  const bases = memoryBases();
  let knowledge: PublishedKnowledge;
  let training = 0;
  beforeAll(async () => {
    await bases.publish({ publishedAt: 0, publishedBy: 'test', comment: '', ...base });
    const counting = {
      ...bases,
      async saveTrained(version: number, engine: Uint8Array) {
        training += 1;
        await bases.saveTrained(version, engine);
      },
    };
    const knowledgeOf = (brand: string | null) => (brand === 'acme-norte' ? 'acme' : brand);
    knowledge = createKnowledge({ bases: counting, log, knowledgeOf });
    await knowledge.ready;
  });
  afterAll(() => knowledge.close());

  test('is never answered, proposed or named from the articles of another', () => {
    for (const [brand, other] of [
      ['acme', 'beta'],
      ['beta', 'acme'],
      ['acme-norte', 'beta'],
    ] as const) {
      const own = knowledge.of(brand);
      for (const question of asked) {
        const found = JSON.stringify(own.ask(question, 'es'));
        expect(found, `${brand}: ${question}`).not.toContain(`${other}-`);
        expect(found).not.toContain(`${other}.example`);
      }
      for (const { id } of base.articles.filter((one) => one.brands?.includes(other)))
        expect(own.article(id, 'es')).toBeNull();
    }
  });

  test('is answered from its own articles and from those of all, as surely as if there were no others', async () => {
    const alone = memoryBases();
    const only = contentOf([
      ...smallBase,
      ...ofBrand('beta', 'patinete').map(({ brands: _, ...rest }) => rest),
    ]);
    await alone.publish({ publishedAt: 0, publishedBy: 'test', comment: '', ...only });
    const reference = createKnowledge({ bases: alone, log });
    await reference.ready;
    const shown = (one: Knowledge, question: string) => {
      const { decision, confidence, candidates } = one.ask(question, 'es');
      return {
        decision,
        confidence,
        found: candidates.map(({ article, probability }) => [article.id, probability]),
      };
    };
    for (const question of asked)
      expect(shown(knowledge.of('beta'), question)).toEqual(shown(reference, question));
    expect(shown(knowledge.of('beta'), 'quiero la garantía de mi patinete').decision).toBe('answer');
    await reference.close();
    for (const brand of ['acme', 'beta', 'gamma', null])
      expect(knowledge.of(brand).ask('no me funciona el internet', 'es')).toMatchObject({
        decision: 'answer',
      });
  });

  test('by somebody of no company, or of one without articles, is answered from those of all alone', () => {
    for (const one of [knowledge, knowledge.of(null), knowledge.of('gamma')]) {
      for (const question of asked) {
        expect(JSON.stringify(one.ask(question, 'es'))).not.toMatch(/acme|beta/u);
      }
      expect(one.article('acme-garantia', 'es')).toBeNull();
    }
    expect(knowledge.articleCount()).toBe(base.articles.length);
  });

  test('is decided after a restart as before, without training', async () => {
    const before = training;
    const again = createKnowledge({ bases, log });
    await again.ready;
    for (const question of asked)
      expect(again.of('beta').ask(question, 'es')).toEqual(knowledge.of('beta').ask(question, 'es'));
    expect(training).toBe(before);
    await again.close();
  });

  test('is answered although the engines could not be kept', async () => {
    const away = new RelevoError('store_unreachable', 'the database does not answer');
    const forgetful = { ...memoryBases(), saveTrained: async () => Promise.reject(away) };
    await forgetful.publish({ publishedAt: 0, publishedBy: 'test', comment: '', ...contentOf(smallBase) });
    const own = createKnowledge({ bases: forgetful, log });
    await own.ready;
    expect(own.ask('no me funciona el internet', 'es').decision).toBe('answer');
    await own.close();
  });

  test('is handed over where there is no article at all for it', async () => {
    const empty = memoryBases();
    const only = contentOf(ofBrand('acme', 'tostadora'));
    await empty.publish({ publishedAt: 0, publishedBy: 'test', comment: '', ...only });
    const own = createKnowledge({ bases: empty, log });
    await own.ready;
    expect(own.of('beta').ask('factura tostadora', 'es')).toMatchObject({
      decision: 'handoff',
      candidates: [],
    });
    await own.close();
  });
});

describe('the companies of an article', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'relevo-brands-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  test('are in its file, and come back from it', () => {
    const [first] = ofBrand('acme', 'tostadora');
    if (first === undefined) throw new Error('no article');
    const text = formatArticle({ ...first, brands: ['acme', 'beta'] });
    expect(text).toContain('brands: [acme, beta]');
    expect(parseArticleFile(text, 'a.md')).toMatchObject({ article: { brands: ['acme', 'beta'] } });
    expect(formatArticle(articleOf())).not.toContain('brands');
    expect(parseArticleFile(text.replace('[acme, beta]', ''), 'a.md')).toEqual({
      article: articleOf({ ...first, brands: undefined as never, tags: [] }),
      line: 2,
    });
  });

  test('are a column of a CSV', () => {
    const csv = 'id,language,title,answer,brands\na,es,A,Respuesta.,acme|beta\nb,es,B,Otra.,\n';
    expect(parseArticleCsv(csv, 'x.csv')).toMatchObject({
      articles: [{ article: { id: 'a', brands: ['acme', 'beta'] } }, { article: { id: 'b' } }],
    });
    expect(JSON.stringify(parseArticleCsv(csv, 'x.csv'))).not.toContain('"brands":[]');
  });

  test('must be known, each told with its line and what would be right', async () => {
    const head = 'id: a\nlanguage: es\ntitle: A\n';
    await writeFile(join(folder, 'a.md'), `---\n${head}brands:\n  - acme\n  - acmee\n---\nRespuesta.\n`);
    await writeFile(join(folder, 'b.md'), `---\n${head.replace('a', 'b')}brands: [gama]\n---\nRespuesta.\n`);
    const done = importArticles(memoryBases(), folder, { brands: ['acme', 'beta'] });
    await expect(done).rejects.toMatchObject({ code: 'kb_import_faults' });
    const { message } = await done.then(
      () => new Error('it was imported'),
      (error: Error) => error,
    );
    expect(message).toContain(
      'a.md line 7: brands 2: there is no brand "acmee": expected one of acme, beta, as in relevo.yaml',
    );
    expect(message).toContain('b.md line 5: brands 1: there is no brand "gama"');
  });
});

test('packed engines come back as they were', () => {
  const bytes = (text: string) => new Uint8Array(Buffer.from(text));
  const several = new Map([
    [null, bytes('one')],
    ['ácme', bytes('')],
    ['beta', bytes('three\n')],
  ]);
  expect(unpackShelves(packShelves(several))).toEqual(several);
  const alone = new Map([[null, bytes('one')]]);
  expect(packShelves(alone)).toEqual(bytes('one'));
  expect(unpackShelves(packShelves(alone))).toEqual(alone);
  const half = packShelves(several).subarray(0, 20);
  expect(() => unpackShelves(half)).toThrow(SyntaxError);
});

describe('tuning a base of several companies', () => {
  const golden: GoldenQuestion[] = [
    { question: 'la garantía del patinete', language: 'es', article: 'beta-garantia' },
    { question: 'quiero la factura de mi patinete', language: 'es', article: null, brand: 'acme' },
    { question: 'no tengo internet', language: 'es', article: 'internet-no-funciona', brand: 'beta' },
    { question: 'factura patinete', language: 'es', article: 'beta-factura', brand: 'acme' },
  ];

  test('golden questions are asked as those customers would ask', async () => {
    const { after } = await proveDraft({ ...base, golden }, null);
    expect(after.map(({ grade }) => grade)).toEqual(['right', 'asked back', 'right', 'handed over']);
    expect(orphanedGolden({ ...base, golden })).toEqual([golden[3]]);
    const text = formatGolden(golden);
    expect(parseGolden(text, 'golden.jsonl')).toEqual(golden);
    const same = { ...golden[0], brand: 'acme' } as GoldenQuestion;
    expect(mergeGolden(golden, [same]).added).toBe(1);
  });

  test('lint compares what one customer may be told, and knows the companies', () => {
    const twin = (id: string, brands: readonly string[]) =>
      articleOf({
        id,
        title: 'Horario de atención',
        answer: 'De nueve a seis.',
        examples: ['horario'],
        brands,
      });
    const found = (one: Article, other: Article) =>
      lint(contentOf([one, other]), { brands: ['acme', 'beta'] }).map(({ rule }) => rule);
    expect(found(twin('a', ['acme']), twin('b', ['beta']))).toEqual([]);
    expect(found(twin('a', ['acme']), twin('b', ['acme', 'beta']))).toEqual(['same-example', 'duplicate']);
    expect(found(twin('a', []), twin('b', ['gama']))).toEqual(['unknown-brand', 'same-example', 'duplicate']);
  });

  test('what customers of two companies ask is never one gap, nor closed by what one of them may not read', async () => {
    const bases = memoryBases();
    await bases.saveDraft(base, 0);
    const commits = [null, 'acme', 'beta'].flatMap((brand, n) => askedAndAnswered(`c${n}`, brand));
    const settled: SettledGap[] = [];
    const work = createGapWork({
      bases,
      gaps: { settled: async () => settled, settle: async (gap) => void settled.push(gap) },
      missed: async (from) =>
        (
          await readLog(
            logOf(() => commits),
            from,
            5_000_001,
          )
        ).missed(),
      clock: { now: () => 5_000_000 },
      engineOf: async (content) => trainContent(content),
    });
    const found = await work.list(1);
    expect(found.map(({ gap }) => gap.brand).sort()).toEqual(['acme', 'beta', undefined]);
    for (const { gap, proposal } of found) {
      const named = 'article' in proposal ? proposal.article : '';
      const others = ['acme', 'beta'].filter((name) => name !== gap.brand);
      for (const other of others) expect(named.startsWith(other)).toBe(false);
    }
    const acme = found.find(({ gap }) => gap.brand === 'acme')?.gap.id ?? '';
    const wrong = { action: 'example', article: 'beta-factura' } as const;
    await expect(work.accept(acme, 1, wrong)).rejects.toMatchObject({ code: 'kb_article_unknown' });
    await work.accept(acme, 1, { action: 'article', article: 'acme-recogida' });
    const draft = await bases.draft();
    expect(draft.articles.at(-1)).toMatchObject({ id: 'acme-recogida', brands: ['acme'] });
    expect(draft.golden.at(-1)).toMatchObject({ article: 'acme-recogida', brand: 'acme' });
  });

  test('a draft with an article for nobody is not published', async () => {
    const bases = memoryBases();
    await bases.saveDraft(base, 0);
    const deps = {
      bases,
      clock: { now: () => 1 },
      signals: { publish: () => undefined },
      rehearse: async () => [],
    };
    const wish = { by: 'test', comment: '', force: true, brands: ['acme'] };
    await expect(publishProven(deps, wish)).rejects.toMatchObject({
      code: 'kb_unknown_brand',
      message: expect.stringContaining('es/beta-factura: there is no brand "beta"'),
    });
    expect((await publishProven(deps, { ...wish, brands: ['acme', 'beta'] })).version).toBe(1);
  });
});

/** A question that the bot handed over and an agent answered. */
function askedAndAnswered(conversation: string, brand: string | null): Commit[] {
  const address = { channel: 'webchat', account: 'a', user: conversation };
  const agent = { id: 'ana', name: 'Ana' };
  const question = '¿pueden recoger en casa lo que compré?';
  const steps: Event[][] = [
    [started({ address, ...(brand === null ? {} : { brand }) }), wrote(question)],
    [turn({ kind: 'unknown' }), { type: 'handed-over', reason: 'unknown', tier: 1, acceptBy: 9 }],
    [{ type: 'claimed', agent, leaseUntil: 9, solveBy: 9 }],
    [
      {
        type: 'said',
        from: 'agent',
        agent,
        text: 'Sí, pasamos a recogerlo el martes.',
        options: [],
        sources: [],
      },
    ],
  ];
  return commitsOf(conversation, steps, (place) => 4_000_000 + place);
}
