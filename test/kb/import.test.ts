import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RelevoError } from '../../src/core/errors.ts';
import { formatArticle } from '../../src/kb/article-file.ts';
import { exportArticles } from '../../src/kb/export.ts';
import { importArticles } from '../../src/kb/import.ts';
import { sampleFolder } from '../../src/kb/sample-base.ts';
import { articleOf, contentOf, memoryBases } from './memory-bases.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'relevo-kb-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function put(name: string, content: string | Buffer): Promise<void> {
  await mkdir(dirname(join(folder, name)), { recursive: true });
  await writeFile(join(folder, name), content);
}

async function faultOf(run: Promise<unknown>): Promise<RelevoError> {
  const fault: unknown = await run.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(fault instanceof RelevoError)) throw new Error(`expected a RelevoError, got ${fault}`);
  return fault;
}

const numbered = (count: number) =>
  Array.from({ length: count }, (_, i) => articleOf({ id: `article-${i}`, title: `Artículo ${i}` }));

describe('an import', () => {
  it('reads the sample base', async () => {
    const bases = memoryBases();
    expect(await importArticles(bases, sampleFolder)).toMatchObject({
      added: 180,
      changed: 0,
      unchanged: 0,
      removed: 0,
      skipped: [join(sampleFolder, 'README.md')],
    });
    const { articles } = await bases.draft();
    expect(
      articles.find(({ id, language }) => id === 'internet-no-funciona' && language === 'en'),
    ).toBeDefined();
  });

  it('is the same after an export', async () => {
    const bases = memoryBases();
    await importArticles(bases, sampleFolder);
    await exportArticles((await bases.draft()).articles, join(folder, 'out'));
    const counts = { added: 0, changed: 0, unchanged: 180, removed: 0 };
    expect(await importArticles(bases, join(folder, 'out'), { replace: true })).toMatchObject(counts);
    expect((await bases.draft()).revision).toBe(1);
  });

  it('replaces articles of the same id and language, and keeps the others', async () => {
    const bases = memoryBases();
    const en = articleOf({ language: 'en', answer: 'Restart' });
    await bases.saveDraft(contentOf([articleOf(), en, articleOf({ id: 'otro' })]), 0);
    await put('a/b/new.md', formatArticle(articleOf({ id: 'nuevo' })));
    await put('a/changed.md', formatArticle(articleOf({ answer: 'Otra' })));
    await put('same.MD', formatArticle(en));
    expect(await importArticles(bases, folder)).toMatchObject({
      added: 1,
      changed: 1,
      unchanged: 1,
      removed: 0,
    });
    expect((await bases.draft()).articles).toEqual([
      articleOf({ answer: 'Otra' }),
      en,
      articleOf({ id: 'otro' }),
      articleOf({ id: 'nuevo' }),
    ]);
  });

  it('makes the draft exactly the import when told to replace', async () => {
    const bases = memoryBases();
    await bases.saveDraft(contentOf([articleOf(), articleOf({ id: 'otro' })]), 0);
    await put('x.md', formatArticle(articleOf({ id: 'nuevo' })));
    const done = await importArticles(bases, folder, { replace: true });
    expect(done).toMatchObject({ added: 1, changed: 0, unchanged: 0, removed: 2 });
    expect((await bases.draft()).articles).toEqual([articleOf({ id: 'nuevo' })]);
  });

  it('reads a single file, and a CSV by its name', async () => {
    await put('one.md', formatArticle(articleOf()));
    await put('two.csv', 'id,language,title,answer\ncsv,en,Title,Answer\n');
    const bases = memoryBases();
    await importArticles(bases, join(folder, 'one.md'));
    await importArticles(bases, join(folder, 'two.csv'));
    expect((await bases.draft()).articles.map(({ id }) => id)).toEqual(['internet-lento', 'csv']);
  });

  it('imports nothing by halves and names every fault of every file', async () => {
    const bases = memoryBases();
    await put('es/a.md', formatArticle(articleOf()));
    await put('es/b.md', formatArticle(articleOf({ id: 'b' })).replace('language: es', 'language: fr'));
    await put('es/c.md', formatArticle(articleOf({ id: 'c' })).replace('Reinicia', '<script>x</script>'));
    await put('es/d.md', Buffer.from('---\nid: d\ntitle: Contrase\xf1a\n---\n', 'latin1'));
    const fault = await faultOf(importArticles(bases, folder));
    expect(fault.code).toBe('kb_import_faults');
    expect(fault.message).toContain('3 fault(s), nothing was imported');
    expect(fault.message).toContain(
      `${join(folder, 'es/b.md')} line 3: language: "fr" is not a language of Relevo`,
    );
    expect(fault.message).toContain(`${join(folder, 'es/c.md')} line 9: answer: HTML is not allowed`);
    expect(fault.message).toContain(`${join(folder, 'es/d.md')} line 3: the text is not UTF-8`);
    expect((await bases.draft()).revision).toBe(0);
  });

  it('refuses the same id twice in one language, also between files', async () => {
    await put('a.md', formatArticle(articleOf()));
    await put('b.md', formatArticle(articleOf({ title: 'Otro' })));
    await put('c.md', formatArticle(articleOf({ language: 'pt' })));
    const { message } = await faultOf(importArticles(memoryBases(), folder));
    const place = `${join(folder, 'b.md')} line 2: the article "internet-lento" (es) is already in ${join(folder, 'a.md')} line 2`;
    expect(message).toContain(place);
    expect(message).toContain('1 fault(s)');
  });

  it('shows fifty faults and counts the rest', async () => {
    await put('x.csv', `id,language,title,answer\n${'a,fr,T,A\n'.repeat(60)}`);
    const { message } = await faultOf(importArticles(memoryBases(), join(folder, 'x.csv')));
    expect(message).toContain('60 fault(s)');
    expect(message.split('\n')).toHaveLength(52);
    expect(message).toContain('and 10 more');
  });

  it.each([
    ['a folder that is not there', 'kb_import_missing', 'nowhere', null],
    ['a folder without articles', 'kb_import_empty', '', ['README.md', '# Hello']],
    ['a CSV without rows', 'kb_import_empty', 'x.csv', ['x.csv', 'id,language,title,answer\n']],
    ['another kind of file', 'kb_import_unknown', 'x.txt', ['x.txt', 'hello']],
  ])('of %s fails with %s', async (_, code, path, file) => {
    if (file) await put(file[0] ?? '', file[1] ?? '');
    expect((await faultOf(importArticles(memoryBases(), join(folder, path)))).code).toBe(code);
  });

  it('refuses a Markdown file of two megabytes', async () => {
    await put('x.md', formatArticle(articleOf()) + '\n'.repeat(2_000_000));
    const { message } = await faultOf(importArticles(memoryBases(), folder));
    expect(message).toMatch(/x\.md line 1: the file has 2000\d+ bytes: expected at most 2000000/u);
  });

  it('of one article, without any question, is fine', async () => {
    const bases = memoryBases();
    await put('x.md', formatArticle(articleOf({ examples: [] })));
    await importArticles(bases, folder);
    expect((await bases.draft()).articles).toEqual([articleOf({ examples: [] })]);
  });

  it('merges again when somebody else saved the draft meanwhile', async () => {
    const bases = memoryBases();
    await put('x.md', formatArticle(articleOf()));
    let raced = false;
    const saveDraft: typeof bases.saveDraft = async (content, revision) => {
      if (!raced) await bases.saveDraft(contentOf([articleOf({ id: 'theirs' })]), 0);
      raced = true;
      return bases.saveDraft(content, revision);
    };
    await importArticles({ ...bases, saveDraft }, folder);
    expect((await bases.draft()).articles.map(({ id }) => id)).toEqual(['theirs', 'internet-lento']);
  });

  it('gives up when the draft never stays still', async () => {
    await put('x.md', formatArticle(articleOf()));
    const busy = { ...memoryBases(), saveDraft: async () => false };
    expect((await faultOf(importArticles(busy, folder))).code).toBe('kb_draft_busy');
  });

  it('takes 5,000 articles, as files and as a CSV', async () => {
    const articles = numbered(5_000);
    const rows = articles.map(({ id, title }) => `${id},es,${title},"Uno\nDos"\n`);
    await put('all.csv', `id,language,title,answer\n${rows.join('')}`);
    await exportArticles(articles, join(folder, 'out'));
    const bases = memoryBases();
    expect(await importArticles(bases, join(folder, 'out'))).toMatchObject({ added: 5_000 });
    expect(await importArticles(bases, join(folder, 'all.csv'))).toMatchObject({ changed: 5_000 });
  });
});

describe('an export', () => {
  it('refuses a folder that holds something', async () => {
    await put('old.md', 'x');
    expect((await faultOf(exportArticles([articleOf()], folder))).code).toBe('kb_export_not_empty');
  });
});
