import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addKbCommands } from '../../src/cli/kb.ts';
import { sampleFolder } from '../../src/kb/sample-base.ts';
import type { Store } from '../../src/store/store.ts';
import { memoryBases } from './memory-bases.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'relevo-kb-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** The commands on a store of its own, that has bases and signals only. */
function commands() {
  const bases = memoryBases();
  const signals: string[] = [];
  const store = { bases, signals: { publish: (topic: string) => signals.push(topic) } } as unknown as Store;
  const run = async (...words: string[]): Promise<string[]> => {
    const lines: string[] = [];
    const program = new Command('relevo').exitOverride().configureOutput({
      writeOut: (text) => lines.push(text),
      writeErr: (text) => lines.push(text),
    });
    addKbCommands(program, { withStore: (use) => use(store), print: (line) => lines.push(line) });
    await program.parseAsync(['kb', ...words], { from: 'user' }).catch((error: unknown) => {
      if (!(error instanceof CommanderError)) throw error;
      lines.push(error.code);
    });
    return lines;
  };
  return { bases, signals, run };
}

describe('relevo kb', () => {
  it('imports, publishes, lists, rolls back and exports', async () => {
    const { run, signals } = commands();
    expect(await run('versions')).toEqual(['nothing was published yet']);
    expect(await run('import', sampleFolder, '--publish')).toEqual([
      `skipped ${join(sampleFolder, 'README.md')}: no front matter`,
      'draft: 180 added, 0 changed, 0 unchanged, 0 removed',
      'no golden questions: published without a test',
      'published version 1 with 180 articles',
    ]);
    expect(await run('import', sampleFolder, '--publish')).toContain(
      'nothing to publish: the draft is the same as version 1',
    );
    await writeFile(join(folder, 'one.csv'), 'id,language,title,answer\none,pt,Um,Resposta\n');
    expect(await run('import', join(folder, 'one.csv'), '--replace')).toEqual([
      'draft: 1 added, 0 changed, 0 unchanged, 180 removed',
    ]);
    expect(await run('list', '--draft')).toEqual(['pt  one  Um  (0 examples)', '1 articles, draft']);
    expect((await run('list', '--language', 'en')).at(-1)).toBe('60 articles, version 1');
    expect((await run('publish', '--comment', 'only one')).at(-1)).toBe(
      'published version 2 with 1 articles',
    );
    expect(await run('rollback', '1')).toEqual(['published version 3 with 180 articles: those of version 1']);
    const versions = await run('versions');
    expect(versions.map((line) => line.replace(/\s+\S+Z\s+/u, ' '))).toEqual([
      '3 180 articles  relevo kb  Back to version 1',
      '2 1 articles  relevo kb  only one',
      `1 180 articles  relevo kb  Import of ${sampleFolder}`,
    ]);
    expect(signals).toEqual(['base', 'base', 'base']);
    await run('export', join(folder, 'out'));
    expect((await readdir(join(folder, 'out'))).sort()).toEqual(['en', 'es', 'pt']);
    const same = await readFile(join(folder, 'out/es/internet-lento.md'), 'utf8');
    expect(same).toBe(await readFile(join(sampleFolder, 'es/internet-lento.md'), 'utf8'));
  });

  it('says in a word what cannot be done', async () => {
    const { run } = commands();
    await expect(run('list')).rejects.toMatchObject({ code: 'kb_unpublished' });
    await expect(run('publish')).rejects.toMatchObject({ code: 'kb_draft_empty' });
    await expect(run('rollback', '7')).rejects.toMatchObject({ code: 'kb_version_unknown' });
    await expect(run('import', join(folder, 'nowhere'))).rejects.toMatchObject({ code: 'kb_import_missing' });
    const files = ['--kb', join(folder, 'no'), '--questions', 'no', '--out', 'no'];
    await expect(run('evaluate', ...files)).rejects.toMatchObject({ code: 'file_unreadable' });
  });

  it.each([
    [['rollback', 'x'], 'commander.invalidArgument'],
    [['rollback', '0'], 'commander.invalidArgument'],
    [['list', '--language', 'fr'], 'commander.invalidArgument'],
    [['import'], 'commander.missingArgument'],
    [['evaluate', '--kb', 'x'], 'commander.missingMandatoryOptionValue'],
    [
      ['evaluate', '--kb', 'x', '--questions', 'x', '--out', 'x', '--wrong-rate', '2'],
      'commander.invalidArgument',
    ],
    [['nonsense'], 'commander.unknownCommand'],
    [['import', '--help'], 'commander.helpDisplayed'],
    [['evaluate', '--help'], 'commander.helpDisplayed'],
  ])('%j is %s', async (words, code) => {
    expect((await commands().run(...words)).at(-1)).toBe(code);
  });

  it('evaluates a file of questions', async () => {
    const words = ['internet', 'printer', 'password', 'monitor', 'invoice', 'camera'];
    const articles = words.map((id) => ({
      id,
      title: id,
      examples: [`my ${id} is broken`, `help with the ${id}`],
    }));
    const questions = [
      ...words.map((id) => ({ q: `the ${id} is broken`, label: id, kind: 'in' })),
      { q: '😀' },
    ];
    const lines = (values: object[]) => values.map((value) => JSON.stringify(value)).join('\n');
    const [kb, asked, out] = ['kb.jsonl', 'q.jsonl', 'out.jsonl'].map((name) => join(folder, name));
    await writeFile(kb ?? '', lines(articles));
    await writeFile(asked ?? '', lines(questions));
    const files = ['--kb', kb ?? '', '--questions', asked ?? '', '--out', out ?? ''];
    const printed = await commands().run('evaluate', ...files, '--wrong-rate', '0.1');
    expect(printed).toHaveLength(1);
    expect(JSON.parse(printed[0] ?? '')).toMatchObject({ articles: 6, questions: 7 });
    const decisions = (await readFile(out ?? '', 'utf8'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(decisions.map(({ article }) => article).slice(0, 6)).toEqual(words);
    expect(decisions[6]).toMatchObject({ decision: 'handoff' });
    const again = ['--kb', kb ?? '', '--questions', asked ?? '', '--out', folder];
    await expect(commands().run('evaluate', ...again)).rejects.toMatchObject({ code: 'file_unwritable' });
  });
});
