import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addKbCommands } from '../../src/cli/kb.ts';
import { sampleFolder } from '../../src/kb/sample-base.ts';
import type { Store } from '../../src/store/store.ts';
import { createMemoryAudit } from '../store/memory-audit.ts';
import { memoryBases } from './memory-bases.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'relevo-kb-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Who the audit log and the list of versions say that it was. */
const me = `${userInfo().username} (command line)`;

/** The commands on a store of its own, that has bases, signals and the audit log only. */
function commands() {
  const bases = memoryBases();
  const signals: string[] = [];
  const { audit } = createMemoryAudit();
  const publish = (topic: string) => signals.push(topic);
  const store = { bases, signals: { publish }, audit } as unknown as Store;
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
  return { bases, signals, run, audit };
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
      `3 180 articles  ${me}  Back to version 1`,
      `2 1 articles  ${me}  only one`,
      `1 180 articles  ${me}  Import of ${sampleFolder}`,
    ]);
    expect(signals).toEqual(['base', 'base', 'base']);
    await run('export', join(folder, 'out'));
    expect((await readdir(join(folder, 'out'))).sort()).toEqual(['en', 'es', 'pt']);
    const same = await readFile(join(folder, 'out/es/internet-lento.md'), 'utf8');
    expect(same).toBe(await readFile(join(sampleFolder, 'es/internet-lento.md'), 'utf8'));
  });

  it('writes down who changed what, as it was and as it is', async () => {
    const { run, audit } = commands();
    const file = (name: string) => join(folder, name);
    await writeFile(file('one.csv'), 'id,language,title,answer\none,pt,Um,Resposta\n');
    await writeFile(file('golden.jsonl'), '{"q":"um?","language":"pt","article":"one"}\n');
    await writeFile(file('person.jsonl'), '{"q":"um?","language":"pt","article":null}\n');
    await writeFile(file('none.jsonl'), '');
    await writeFile(file('words.txt'), 'pt: um, primeiro\n');
    await run('import', file('one.csv'));
    await run('golden', 'import', file('golden.jsonl'));
    await run('golden', 'import', file('golden.jsonl'));
    await run('golden', 'import', file('person.jsonl'));
    await run('wrong-rate', '0.02');
    await run('synonyms', 'import', file('words.txt'));
    await run('publish', '--comment', 'first');
    await run('import', file('one.csv'));
    await run('golden', 'import', file('none.jsonl'), '--replace');
    await run('publish');
    await run('rollback', '1', '--reason', 'too soon');
    const entries = (await audit.list({ limit: 50 })).toReversed();
    expect(new Set(entries.map(({ who }) => who.name))).toEqual(new Set([me]));
    const counts = { added: 0, changed: 0, unchanged: 1, removed: 0, replace: false };
    expect(
      entries.map(({ action, subject, reason, before, after }) => [action, subject, reason, before, after]),
    ).toEqual([
      ['articles.import', 'articles', '', null, { ...counts, added: 1, unchanged: 0 }],
      ['article.import', 'article/pt/one', '', null, expect.objectContaining({ title: 'Um' })],
      ['golden.import', 'golden', '', 0, { set: 1, removed: 0, replace: false, now: 1 }],
      ['golden.set', expect.stringMatching(/^golden\/.*um/u), '', null, 'one'],
      ['golden.import', 'golden', '', 1, { set: 1, removed: 0, replace: false, now: 1 }],
      ['golden.set', expect.stringMatching(/^golden\/.*um/u), '', 'one', null],
      ['gate.set', 'draft/wrong-rate', '', 0.05, 0.02],
      ['synonyms.set', 'draft/synonyms', '', '', 'pt: um, primeiro\n'],
      ['base.publish', 'version/1', 'first', null, 1],
      ['articles.import', 'articles', '', null, counts],
      ['golden.import', 'golden', '', 1, { set: 0, removed: 1, replace: true, now: 0 }],
      ['golden.remove', expect.stringMatching(/^golden\/.*um/u), '', null, null],
      ['base.publish', 'version/2', '', 1, 2],
      ['base.roll-back', 'version/3', 'too soon', 2, 1],
    ]);
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
