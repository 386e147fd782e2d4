import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { commitsOf, started, turn, wrote } from '../conversation-steps.ts';
import { now, openConsoleDesk } from './console-desk.ts';
import { openStream } from './sse.ts';

const question = '¿cómo cambio el titular de la línea?';
const golden = [
  { question: 'el internet anda lento hoy', language: 'es', article: 'internet-lento' },
  { question: 'cómo hago una paella', language: 'es', article: null },
] as const;

let desk: Awaited<ReturnType<typeof openConsoleDesk>>;
beforeEach(async () => {
  desk = await openConsoleDesk({ golden }, asked);
});
afterEach(() => desk.stop());

const call: typeof desk.call = (...given) => desk.call(...given);

/** The gaps, once they are found. */
async function gapsFound(path = 'gaps') {
  return await vi.waitFor(
    async () => {
      const { body } = await call('GET', path);
      expect(body.finding).toBe(false);
      return body;
    },
    { timeout: 10_000, interval: 10 },
  );
}

/** A customer who was not answered, and whom a colleague's answer was told. */
const asked = commitsOf(
  'c',
  [
    [started(), wrote(question)],
    [
      turn({ kind: 'unknown', confidence: 0.1 }),
      { type: 'question-asked', question: 1, tier: 2, by: null, text: question, until: 9 },
    ],
    [
      {
        type: 'question-answered',
        question: 1,
        agent: { id: 'luis', name: 'Luis' },
        answer: 'Entra en Mi cuenta, o escribe a ana.perez@example.com.',
      },
    ],
  ],
  (place) => now - 1_000 + place,
);

test('from a gap to a proven, published answer, and back', async () => {
  const found = await gapsFound('gaps?proposed=true');
  expect(found).toMatchObject({ of: 1, gaps: [{ proposed: true, happened: { asked: 1 } }] });
  const [{ id }] = found.gaps;
  const { body: gap } = await call('GET', `gaps/${id}`);
  expect(gap.asked).toMatchObject([
    { conversation: 'c', question, replies: [expect.stringContaining('[e-mail]')] },
  ]);
  const accepted = await call('POST', `gaps/${id}/accept`, { action: 'article', article: 'cambiar-titular' });
  expect(accepted).toMatchObject({ status: 200, body: { articles: ['es/cambiar-titular'] } });
  expect((await gapsFound()).of).toBe(0);

  const { body: opened } = await call('GET', 'articles/es/cambiar-titular');
  expect(opened).toMatchObject({ status: 'new', article: { examples: [question] } });
  const examples = [question, 'quiero poner la línea a nombre de mi hija', 'cambiar el nombre del contrato'];
  const saved = await call('PUT', 'articles/es/cambiar-titular', {
    article: { ...opened.article, examples, answer: 'Entra en Mi cuenta, Titular.' },
    etag: opened.etag,
    reason: 'no addresses',
  });
  expect(saved).toMatchObject({ status: 200, body: { status: 'new' } });

  const { body: tried } = await call('POST', 'try', { turns: [{ text: question }] });
  expect(tried.published.turns[0].explanation.article).not.toBe('cambiar-titular');
  const [turn] = tried.draft.turns;
  expect(turn.explanation).toMatchObject({ article: 'cambiar-titular', language: 'es' });
  expect(turn.explanation.evidence[0]).toMatchObject({ article: 'cambiar-titular' });
  expect(turn.titles['cambiar-titular']).toBe(opened.article.title);
  expect(tried.published.version).toBe(1);
  expect(tried.draft.version).toBeNull();

  const { body: waiting } = await call('GET', 'changes');
  expect(waiting).toMatchObject({
    version: 1,
    changes: {
      articles: [{ id: 'cambiar-titular', language: 'es', change: 'added' }],
      golden: [{ question, article: 'cambiar-titular', change: 'added' }],
      synonyms: [],
      wrongRate: null,
    },
  });
  expect((await call('GET', 'proof')).body.proof).toMatchObject({
    version: 1,
    regression: false,
    better: [{ question, before: { grade: 'handed over' } }],
  });

  const published = await call('POST', 'publish', { comment: 'the holder' });
  expect(published).toMatchObject({ status: 200, body: { version: 2, proof: { regression: false } } });
  expect(desk.signals.published).toEqual(['base']);
  // Customers get it as soon as its engine, which was trained to prove it, is loaded.
  expect(await desk.bases.trained(2)).not.toBeNull();
  expect(await call('POST', 'publish', {})).toMatchObject({
    status: 409,
    body: { code: 'kb_nothing_to_publish' },
  });
  expect((await call('GET', 'changes')).body.changes.articles).toEqual([]);
  expect((await call('GET', 'versions/2')).body).toMatchObject({
    held: { articles: 9, golden: 3, synonyms: 0, wrongRate: 0.05 },
    changes: { articles: [{ id: 'cambiar-titular', change: 'added' }] },
  });
  expect((await call('GET', 'versions/9')).status).toBe(404);
  expect(await call('POST', 'rollback', { version: 1, reason: 'a mistake' })).toMatchObject({
    status: 200,
    body: { version: 3 },
  });
  const { body: versions } = await call('GET', 'versions');
  expect(versions.versions.map((one: { comment: string }) => one.comment)).toEqual([
    'a mistake',
    'the holder',
    'first',
  ]);

  const { body: audit } = await call('GET', 'audit');
  expect(
    audit.entries.map(
      ({ action, subject, who }: { action: string; subject: string; who: { name: string } }) => [
        action,
        subject,
        who.name,
      ],
    ),
  ).toEqual([
    ['base.roll-back', 'version/3', 'Eva'],
    ['base.publish', 'version/2', 'Eva'],
    ['article.save', 'article/es/cambiar-titular', 'Eva'],
    ['gap.accept', `gap/${id}`, 'Eva'],
    ['article.gap-accept', 'article/es/cambiar-titular', 'Eva'],
  ]);
  expect(await desk.store.audit.check()).toEqual({ entries: 5, faults: [] });
});

test('a gap is accepted as somebody made it of its draft, and what was decided can be taken back', async () => {
  const [{ id }] = (await gapsFound()).gaps;
  const { body: before } = await call('GET', 'export');
  const { body: drafted } = await call('GET', `gaps/${id}/draft?article=cambiar-titular`);
  expect(drafted.article).toMatchObject({ id: 'cambiar-titular', examples: [question] });
  expect(drafted.article.answer).toContain('[e-mail]');
  const edited = { ...drafted.article, title: 'Cambiar el titular', answer: 'Entra en Mi cuenta.' };
  const accept = { action: 'article', article: 'cambiar-titular' };
  expect(
    await call('POST', `gaps/${id}/accept`, { ...accept, edited: { ...edited, title: '' } }),
  ).toMatchObject({ status: 409, body: { code: 'kb_gap_unfit' } });
  expect((await call('POST', `gaps/${id}/accept`, { ...accept, edited })).status).toBe(200);
  const { body: saved } = await call('GET', 'articles/es/cambiar-titular');
  expect(saved.article).toEqual(edited);

  const other = { article: { ...edited, answer: 'Llámanos.' }, etag: saved.etag };
  const { body: changed } = await call('PUT', 'articles/es/cambiar-titular', other);
  expect(await call('POST', `gaps/${id}/restore`, {})).toMatchObject({
    status: 409,
    body: { code: 'kb_article_changed' },
  });
  expect((await gapsFound()).of).toBe(0);
  await call('PUT', 'articles/es/cambiar-titular', { article: edited, etag: changed.etag });
  expect((await call('POST', `gaps/${id}/restore`, { reason: 'too early' })).status).toBe(204);
  expect((await call('GET', 'export')).body).toEqual(before);
  expect((await gapsFound()).gaps).toMatchObject([{ id }]);
  expect((await call('GET', 'golden')).body.golden).toEqual(golden);

  const wordings = [{ text: 'poner la línea a nombre de otro', language: 'es' }];
  const example = { action: 'example', article: 'ver-factura', wordings };
  expect((await call('POST', `gaps/${id}/accept`, example)).body.examples).toEqual(wordings);
  expect((await call('POST', `gaps/${id}/restore`, {})).status).toBe(204);
  expect((await call('POST', `gaps/${id}/restore`, {})).body.code).toBe('kb_gap_unknown');
  const { body: settled } = await call('GET', 'gaps/settled');
  expect(settled.settled.map(({ action }: { action: string }) => action)).toEqual([
    'restored',
    'example',
    'restored',
    'article',
  ]);
  expect((await call('GET', 'articles/es/ver-factura/history')).body.entries).toMatchObject([
    { action: 'article.gap-restore' },
    { action: 'article.gap-accept' },
  ]);
});

test('a gap that is dismissed stays so, with its reason, until it is restored', async () => {
  const [{ id }] = (await gapsFound()).gaps;
  expect((await call('POST', `gaps/${id}/dismiss`, {})).status).toBe(400);
  expect((await call('POST', `gaps/${id}/dismiss`, { reason: 'only one customer' })).status).toBe(204);
  expect((await call('GET', 'gaps/settled')).body.settled).toMatchObject([
    { id, action: 'dismissed', detail: 'only one customer', questions: 1 },
  ]);
  expect((await call('POST', `gaps/${id}/dismiss`, { reason: 'again' })).body.code).toBe('kb_gap_unknown');
  expect((await call('POST', `gaps/${id}/restore`, {})).status).toBe(204);
  expect((await gapsFound()).gaps).toMatchObject([{ id }]);
});

describe('an article', () => {
  const path = 'articles/es/internet-lento';

  test('is found by its words, in its language, and by how it stands', async () => {
    const { body } = await call('GET', 'articles?words=RÁPIDO%20lento&language=es');
    expect(body.of).toBe(0);
    expect((await call('GET', 'articles?words=paginas%20LENTO')).body.articles).toMatchObject([
      { id: 'internet-lento', status: 'published', examples: 5 },
    ]);
    expect((await call('GET', 'articles?language=en')).body.of).toBe(0);
    expect((await call('GET', 'articles?limit=3&offset=6')).body).toMatchObject({
      of: 8,
      articles: { length: 2 },
    });
  });

  test('is never written over by somebody who has not seen it, and can be restored', async () => {
    const { body: first } = await call('GET', path);
    const change = (answer: string, etag: string | null) =>
      call('PUT', path, { article: { ...first.article, answer }, etag, reason: answer });
    const one = await change('Mide con cable.', first.etag);
    expect(one.status).toBe(200);
    expect(await change('Mide sin cable.', first.etag)).toMatchObject({
      status: 409,
      body: { code: 'kb_article_changed' },
    });
    expect((await change('Nuevo.', null)).body.code).toBe('kb_article_changed');
    const { body: history } = await call('GET', `${path}/history`);
    expect(history.entries).toMatchObject([
      { reason: 'Mide con cable.', before: first.article, after: { answer: 'Mide con cable.' } },
    ]);
    const two = await change('Mide dos veces.', one.body.etag);
    const entry = history.entries[0].number;
    const restored = await call('POST', `${path}/restore`, { entry, etag: two.body.etag, reason: 'better' });
    expect(restored.body.article.answer).toBe('Mide con cable.');
    expect(await call('POST', `${path}/restore`, { entry: 99, etag: null })).toMatchObject({ status: 404 });
    const { body: now } = await call('GET', path);
    expect((await call('POST', `${path}/remove`, { etag: first.etag })).status).toBe(409);
    expect((await call('POST', `${path}/remove`, { etag: now.etag })).status).toBe(204);
    expect((await call('GET', path)).status).toBe(404);
  });

  test('is refused with all that is wrong about it', async () => {
    const article = { id: 'x', language: 'es', title: '', answer: '', strange: 1 };
    const { status, body } = await call('PUT', 'articles/es/x', { article, etag: null });
    expect([status, body.code]).toEqual([400, 'kb_article_faults']);
    expect(body.detail).toContain('strange');
    expect(body.errors).toMatchObject([
      { path: 'title', code: 'empty' },
      { path: 'answer', code: 'empty' },
      { path: 'strange', code: 'unknown_key', about: { name: 'strange' } },
    ]);
  });

  test('has examples that the engine has an opinion of', async () => {
    const { body: factura } = await call('GET', 'articles/es/ver-factura');
    const examples = ['mi internet va lento por la noche', factura.article.examples[0], ''];
    const { body } = await call('POST', `${path}/examples`, { examples });
    expect(body.opinions).toMatchObject([
      { verdict: 'fits' },
      { verdict: 'elsewhere', article: 'ver-factura', title: factura.article.title },
      { verdict: 'unknown' },
    ]);
  });

  test('is shown as each channel writes it', async () => {
    const text = 'Mira **esto**: [aquí](https://example.com) y <script>alert(1)</script>.';
    const { body } = await call('POST', 'articles/preview', { language: 'es', title: 'Título', text });
    const shown: Record<string, { text: string; form: string; buttons: string[]; subject?: string }> =
      Object.fromEntries(
        body.channels.map((one: { channel: string; messages: object[] }) => [one.channel, one.messages[0]]),
      );
    expect(shown.telegram?.text).toContain('<b>esto</b>');
    expect(shown.telegram?.text).toContain('&lt;script&gt;');
    expect(shown.slack?.text).toContain('<https://example.com|aquí>');
    expect(shown['whatsapp-web']?.text).toContain('*esto*');
    expect(shown['whatsapp-cloud']?.buttons).toHaveLength(0);
    expect(shown.email).toMatchObject({ form: 'html', subject: 'Re: Título [#1]' });
    expect(shown.email?.text).not.toMatch(/style=|<script/u);
    expect(shown.webchat).toMatchObject({ form: 'markdown', text: expect.stringContaining('**esto**') });
    const steps = [1, 2, 3, 4, 5].map((n) => `${n}. ${'paso largo '.repeat(12)}`).join('\n');
    const { body: guide } = await call('POST', 'articles/preview', {
      language: 'es',
      title: 'T',
      text: steps,
    });
    const lengths = guide.channels.map((one: { channel: string; messages: object[] }) => [
      one.channel,
      one.messages.length,
    ]);
    expect(lengths).toContainEqual(['telegram', 6]);
    expect(lengths).toContainEqual(['webchat', 1]);
  });

  test('comes and goes as a file', async () => {
    const { body: exported } = await call('GET', 'export');
    expect(exported.files).toHaveLength(8);
    const text = '---\nid: fibra\nlanguage: es\ntitle: La fibra\n---\nRevisa el cable.\n';
    const files = [...exported.files, { name: 'es/fibra.md', text }, { name: 'README.md', text: '# no' }];
    expect(await call('POST', 'import', { files })).toMatchObject({
      status: 200,
      body: { added: 1, changed: 0, unchanged: 8, removed: 0, skipped: ['README.md'] },
    });
    const broken = [{ name: 'a.md', text: '---\nid: A B\n---\n' }];
    expect(await call('POST', 'import', { files: broken })).toMatchObject({
      status: 400,
      body: {
        code: 'kb_import_faults',
        errors: [
          { file: 'a.md', line: 1, path: 'language', code: 'missing' },
          { file: 'a.md', line: 1, path: 'title', code: 'missing' },
          { file: 'a.md', line: 2, path: 'id', code: 'hyphens' },
          { file: 'a.md', path: 'answer', code: 'empty' },
        ],
      },
    });
  });
});

test('the gate’s curve is measured on golden and on real questions', async () => {
  const { body } = await call('GET', 'gate?questions=10');
  expect(body).toMatchObject({ wrongRate: 0.05, publishedWrongRate: 0.05 });
  expect(body.points).toHaveLength(15);
  for (const point of body.points) {
    expect(point.golden).toMatchObject({ of: 2, byLanguage: { es: { of: 2 } } });
    expect(point.real).toMatchObject({ of: 1, byLanguage: { es: { of: 1 } }, byBrand: { '': { of: 1 } } });
  }
  const froms = body.points.map(({ answerFrom }: { answerFrom: number }) => answerFrom);
  expect(froms).toEqual([...froms].sort((a, b) => b - a));
  expect((await call('PUT', 'gate', { wrongRate: 0.2, reason: 'quiet week' })).status).toBe(204);
  expect((await call('GET', 'gate')).body.wrongRate).toBe(0.2);
  expect((await call('PUT', 'gate', { wrongRate: 1 })).status).toBe(400);
});

test('a replay tells how far it is and what changes; verdicts become golden questions', async () => {
  const { body: opened } = await call('GET', 'articles/es/ver-factura');
  const article = { ...opened.article, examples: [...opened.article.examples, question] };
  await call('PUT', 'articles/es/ver-factura', { article, etag: opened.etag });
  const { body: job } = await call('POST', 'replays', { questions: 100 });
  expect(job).toMatchObject({ state: 'running', by: 'Eva', version: 1, result: null });
  const base = await desk.listen();
  const stream = await openStream(`${base}/api/console/replays/${job.id}/stream`, desk.headers);
  expect((await stream.next('end')).data).toEqual({ state: 'done' });
  stream.close();
  const { body: done } = await call('GET', `replays/${job.id}`);
  expect((await call('GET', 'replays')).body.replays).toMatchObject([
    { id: job.id, state: 'done', result: null },
  ]);
  expect(done.result).toMatchObject({
    questions: 1,
    changes: [{ question, after: { article: 'ver-factura' } }],
    proof: { version: 1 },
  });
  expect((await call('POST', `replays/${job.id}/cancel`)).status).toBe(204);
  expect((await call('GET', 'replays/00000000')).status).toBe(404);

  const verdict = { question, language: 'es', article: null };
  expect((await call('PUT', 'golden', { ...verdict, reason: 'not about bills' })).status).toBe(204);
  expect((await call('GET', 'golden')).body.golden).toContainEqual(verdict);
  expect((await call('POST', 'golden/remove', { question, language: 'es' })).status).toBe(204);
  expect((await call('POST', 'golden/remove', { question, language: 'es' })).status).toBe(404);
});

test('publishing refuses what makes answers worse, unless somebody says why', async () => {
  const { body: opened } = await call('GET', 'articles/es/internet-lento');
  await call('POST', 'articles/es/internet-lento/remove', { etag: opened.etag });
  const refused = await call('POST', 'publish', { comment: 'shorter' });
  expect(refused).toMatchObject({ status: 409, body: { code: 'kb_regression' } });
  expect(refused.body.detail).toContain('el internet anda lento hoy');
  const forced = await call('POST', 'publish', { override: 'The article was wrong' });
  expect(forced).toMatchObject({ status: 200, body: { version: 2, proof: { regression: true } } });
  const { body: audit } = await call('GET', 'audit?subject=version/2');
  expect(audit.entries).toMatchObject([
    { action: 'base.publish-override', reason: 'The article was wrong', before: 1, after: 2 },
  ]);
});
