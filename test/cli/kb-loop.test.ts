import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBotkitBot } from '../../src/bot/create-bot.ts';
import { commandWriter } from '../../src/cli/write-down.ts';
import type { Language } from '../../src/core/language.ts';
import { createKnowledge, type PublishedKnowledge } from '../../src/kb/published.ts';
import { createPostgresStore } from '../../src/store/postgres/postgres-store.ts';
import type { Store } from '../../src/store/store.ts';
import { talkWith } from '../bot/talk.ts';
import { ana, createStory, newCustomer } from '../contract/story.ts';
import { contentOf } from '../kb/memory-bases.ts';
import { smallBase } from '../kb/small-base.ts';
import { openDatabase, type TestDatabase } from '../postgres-server.ts';
import { kbOn, type Ran } from './kb-run.ts';

const log = pino({ level: 'silent' });
const minuteMs = 60_000;
const asked = 'la impresora que compré hoy no imprime';

let database: TestDatabase;
let store: Store;
let knowledge: PublishedKnowledge;
let kb: (...words: string[]) => Promise<Ran>;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'relevo-loop-'));
  database = await openDatabase();
  store = await createPostgresStore({ url: database.url, log, poolSize: 4 });
  kb = kbOn(store);
  const golden = [
    { question: 'no funciona internet', language: 'es', article: 'internet-no-funciona' },
    { question: '¿llueve mañana?', language: 'es', article: null },
  ] as const;
  await store.bases.saveDraft(contentOf(smallBase, { golden }), 0);
  await kb('publish');
  knowledge = createKnowledge({ bases: store.bases, log });
  await knowledge.ready;
});
afterAll(async () => {
  await knowledge.close();
  await store.stop();
  await database.drop();
  await rm(folder, { recursive: true });
});

/** A customer who talks to the bot, an hour ago; everything is stored. */
async function customer() {
  // What is written into the past is behind the place up to which the log was read.
  await store.missed.forget();
  const story = createStory(store, newCustomer(), { at: Date.now() - 60 * minuteMs });
  const talk = talkWith(await createBotkitBot({ knowledge, log }), { conversation: story.id });
  return {
    story,
    async says(text: string) {
      story.wait(minuteMs);
      await story.writes(text);
      const decision = await talk.say(text);
      await story.botDecides(decision);
      return decision;
    },
  };
}

const answerTo = (question: string, language: Language = 'es') => {
  const { decision, candidates } = knowledge.ask(question, language);
  return `${decision} ${candidates[0]?.article.id}`;
};

// Each of them trains many engines.
describe('the loop that makes it better', { timeout: 120_000 }, () => {
  it('goes from a disliked answer to a proven, published fix, and back', async () => {
    const eva = await customer();
    const answered = await eva.says(asked);
    expect(answered.outcome).toMatchObject({ kind: 'answered', article: 'impresora-no-imprime' });
    const disliked = await eva.says('no me sirvió');
    expect(disliked).toMatchObject({ action: { kind: 'hand-over', reason: 'disliked' } });
    await eva.story.claims(ana);
    eva.story.wait(12 * minuteMs);
    await eva.story.replies(ana, 'Abre Configuración, elige Agregar impresora y descarga el controlador.');
    await eva.story.solves(ana);

    const shown = await kb('gaps');
    const id = /1\. (g\w+)/u.exec(shown.lines[0] ?? '')?.[1] ?? '';
    expect(shown.lines).toEqual([
      `1. ${id}  1 question(s), 12 agent minute(s)`,
      `   es "${asked}"`,
      '   1 disliked, 1 solved by agents; did not help: impresora-no-imprime 1×',
      '   → agents did what instalar-impresora says: teach it these words',
      `     relevo kb gaps accept ${id} --example-for instalar-impresora`,
      '',
      '1 gaps with 1 questions in the last 30 days',
    ]);

    const before = (await store.bases.draft()).revision;
    const accepted = await kb('gaps', 'accept', id, '--example-for', 'instalar-impresora');
    expect(accepted.lines[0]).toBe('draft: es/instalar-impresora changed, with 1 example(s)');
    expect((await store.bases.draft()).revision).toBe(before + 1);
    expect((await store.bases.current())?.version).toBe(1);
    expect((await kb('gaps')).lines).toEqual(['no gaps in the last 30 days']);

    const proof = await kb('test');
    expect(proof.code).toBeNull();
    expect(proof.lines[0]).toMatch(/^better {2}es "la impresora que compré hoy no imprime/u);
    expect(proof.lines.at(-1)).toMatch(/^1 better, 0 worse/u);

    expect((await kb('publish', '--comment', 'new printers')).lines).toEqual([
      '3 golden questions: 1 better, 0 worse, 0 at the edge',
      'published version 2 with 8 articles',
    ]);
    expect(answerTo(asked)).toBe('answer impresora-no-imprime');
    await knowledge.reload();
    expect(answerTo(asked)).toBe('answer instalar-impresora');

    expect((await kb('rollback', '1')).lines).toEqual([
      'published version 3 with 8 articles: those of version 1',
    ]);
    await knowledge.reload();
    expect(answerTo(asked)).toBe('answer impresora-no-imprime');
    expect((await store.bases.current())?.golden).toHaveLength(2);
  });

  it('refuses to publish what makes an answer worse, unless it is told why', async () => {
    const { revision, ...draft } = await store.bases.draft();
    const without = draft.articles.filter(({ id }) => id !== 'internet-no-funciona');
    await store.bases.saveDraft({ ...draft, articles: without }, revision);
    const tested = await kb('test');
    expect(tested.code).toBe('kb_regression');
    expect(tested.lines[0]).toBe('worse   es "no funciona internet" (internet-no-funciona)');
    expect(tested.lines).toContain(
      'no such article in the draft: es "no funciona internet" (internet-no-funciona)',
    );
    const refused = await kb('publish');
    expect(refused).toMatchObject({ code: 'kb_regression', message: expect.stringContaining('no funciona') });
    expect((await kb('publish', '--force')).code).toBe('bad_usage');
    const version = (await store.bases.current())?.version ?? 0;
    expect((await kb('publish', '--force', '--comment', 'fiber only')).lines.at(-1)).toBe(
      `published version ${version + 1} with 7 articles`,
    );
  });

  it('drafts an article from what an agent answered, and remembers what was dismissed', async () => {
    const question = 'necesito cambiar la cita del técnico';
    const [eva, leo] = [await customer(), await customer()];
    await eva.says(question);
    const left = await eva.says('no intenté nada');
    expect(left.action.kind).toBe('hand-over');
    await eva.story.claims(ana);
    eva.story.wait(3 * minuteMs);
    await eva.story.replies(ana, 'Entra en **Mis citas** y elige Cambiar.');
    await eva.story.replies(ana, 'Si es para hoy, llama al +54 11 5555 1234.');
    await eva.story.solves(ana);
    await leo.says('cuándo gana la selección de fútbol');

    const { lines } = await kb('gaps');
    const [appointment, football] = lines.flatMap((line) => /^\d+\. (g\w+)/u.exec(line)?.[1] ?? []);
    expect(lines).toContain(`     relevo kb gaps accept ${appointment} --new <id>`);

    expect(await kb('gaps', 'dismiss', football ?? '')).toMatchObject({
      code: 'commander.missingMandatoryOptionValue',
    });
    expect((await kb('gaps', 'dismiss', football ?? '', '--reason', 'not ours')).lines).toEqual([
      `dismissed ${football}: 1 question(s)`,
    ]);
    expect((await kb('gaps', 'accept', appointment ?? '')).code).toBe('bad_usage');
    expect((await kb('gaps', 'accept', appointment ?? '', '--new', 'sin-sonido')).code).toBe(
      'kb_article_known',
    );
    expect((await kb('gaps', 'accept', appointment ?? '', '--example-for', 'no')).code).toBe(
      'kb_article_unknown',
    );
    await kb('gaps', 'accept', appointment ?? '', '--new', 'cambiar-cita');
    const { articles, golden } = await store.bases.draft();
    expect(articles.find(({ id }) => id === 'cambiar-cita')).toEqual({
      id: 'cambiar-cita',
      language: 'es',
      title: 'Necesito cambiar la cita del técnico',
      examples: [question],
      answer: '1. Entra en **Mis citas** y elige Cambiar.\n2. Si es para hoy, llama al [phone].',
      tags: [],
    });
    expect(golden).toContainEqual({ question, language: 'es', article: 'cambiar-cita' });
    expect((await kb('gaps')).lines).toEqual(['no gaps in the last 30 days']);
    expect((await kb('gaps', 'accept', appointment ?? '', '--new', 'otra')).code).toBe('kb_gap_unknown');
    const written = await store.audit.list({ limit: 3 });
    expect(written.map(({ who, action, subject, reason }) => [who.name, action, subject, reason])).toEqual([
      [commandWriter().name, 'gap.accept', `gap/${appointment}`, ''],
      [commandWriter().name, 'article.gap-accept', 'article/es/cambiar-cita', ''],
      [commandWriter().name, 'gap.dismiss', `gap/${football}`, 'not ours'],
    ]);

    // More new ones than were dismissed bring the gap back.
    await (await customer()).says('cuándo juega la selección de fútbol');
    expect((await kb('gaps')).lines).toEqual(['no gaps in the last 30 days']);
    await (await customer()).says('cuándo gana la selección de fútbol otra vez');
    expect((await kb('gaps')).lines.at(-1)).toBe('1 gaps with 2 questions in the last 30 days');
  });

  it('lints the draft, with what the log knows', async () => {
    for (let i = 0; i < 3; i += 1) await (await customer()).says('la impresora no imprime');
    const { lines, code } = await kb('lint');
    expect(code).toBeNull();
    expect(lines).toContainEqual(
      expect.stringMatching(/^es\/pantalla-azul never-needed: was shown to nobody in 90 days/u),
    );
    expect(lines.join('\n')).not.toContain('es/impresora-no-imprime never-needed');
    expect(lines.at(-1)).toMatch(/^8 articles, \d+ finding/u);
    expect((await kb('lint', '--strict')).code).toBe('kb_lint');
  });

  it('takes golden questions and synonyms from files and gives them back', async () => {
    const file = join(folder, 'golden.jsonl');
    await writeFile(file, '{"q":"se fue el audio del todo","language":"es","article":"sin-sonido"}\n');
    expect((await kb('golden', 'import', file, '--replace')).lines).toEqual([
      'draft: 1 golden questions, 1 of them new',
    ]);
    expect((await kb('golden', 'list')).lines).toEqual([
      'es "se fue el audio del todo" (sin-sonido)',
      '1 golden questions, draft',
    ]);
    const out = join(folder, 'out.jsonl');
    expect((await kb('golden', 'export', out)).code).toBeNull();
    expect(await readFile(out, 'utf8')).toBe(await readFile(file, 'utf8'));
    expect((await kb('golden', 'import', join(folder, 'none'))).code).toBe('file_unreadable');

    const words = join(folder, 'words.txt');
    await writeFile(words, 'es: parlantes, bocinas, cornetas\n');
    expect((await kb('synonyms', 'import', words)).lines).toEqual(['draft: 1 groups of synonyms']);
    expect((await kb('synonyms', 'list')).lines[0]).toBe('es: parlantes, bocinas, cornetas');
    expect((await kb('synonyms', 'list', '--published')).lines).toHaveLength(1);
    expect((await kb('wrong-rate', '0.02')).lines[0]).toMatch(/^at most 2 % wrong answers in the draft/u);
    expect((await kb('wrong-rate', '2')).code).toBe('commander.invalidArgument');
    expect(await store.bases.draft()).toMatchObject({ wrongRate: 0.02, synonyms: [{ language: 'es' }] });
    expect((await kb('wrong-rate', '--try')).lines.slice(1)).toHaveLength(6);
  });
});
