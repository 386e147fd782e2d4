import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Article } from '../../src/core/article.ts';
import { secretHash } from '../../src/core/ids.ts';
import { createArticleWork } from '../../src/kb/workbench/article-work.ts';
import { createMemoryAudit } from '../store/memory-audit.ts';
import { startWeb, type Web } from './web.ts';

const article = (id: string, brands?: string[]): Article => ({
  id,
  language: 'es',
  title: id,
  examples: [],
  answer: 'Hola.',
  tags: [],
  ...(brands === undefined ? {} : { brands }),
});
const draft = {
  articles: [
    article('shared'),
    article('acme', ['acme-kb']),
    article('beta', ['beta']),
    article('both', ['acme-kb', 'beta']),
  ],
  golden: [],
  synonyms: [],
  wrongRate: 0.05,
  revision: 1,
};
const gap = (id: string, brand?: string) => ({
  gap: { id, questions: [], wordings: [], agentMs: 0, proposed: false, ...(brand ? { brand } : {}) },
  proposal: { kind: 'write' },
});
const gaps = [gap('gaaaaaaa', 'acme-kb'), gap('gbbbbbbb', 'beta'), gap('gccccccc')];
const dismissed: string[] = [];
const accepted: string[] = [];

let web: Web;
beforeAll(async () => {
  const { audit } = createMemoryAudit();
  const bases = {
    draft: async () => draft,
    current: async () => null,
    async saveDraft(content: { articles: readonly Article[] }) {
      draft.articles = [...content.articles];
      return true;
    },
  };
  const articles = createArticleWork({ bases: bases as never, writeDown: async () => undefined });
  const entry = (number: number, before: Article | null, after: Article) => {
    return { number, at: 0, who: { id: 'x', name: 'X' }, action: 'article.save', reason: '', before, after };
  };
  const workbench = {
    articles,
    gaps: async () => ({ gaps, at: 0, finding: false }),
    gap: async (id: string) => gaps.find((one) => one.gap.id === id),
    draftGap: async (id: string) => article('made', id === 'gaaaaaaa' ? ['acme-kb'] : ['beta']),
    async acceptGap(_: unknown, id: string) {
      accepted.push(id);
      return { articles: [], examples: [], golden: [] };
    },
    dismissGap: async (_: unknown, id: string) => void dismissed.push(id),
    history: async () => [
      entry(2, article('acme', ['beta']), article('acme', ['acme-kb'])),
      entry(1, null, article('acme', ['beta'])),
    ],
    restore: async () => ({ article: article('acme', ['acme-kb']), etag: 'e'.repeat(20), status: 'new' }),
    tryOut: async () => ({ published: null, draft: { version: null, turns: [] } }),
  };
  web = await startWeb({
    agentBrands: { ana: ['acme'] },
    deps: {
      console: {
        workbench,
        words: {},
        trials: {},
        redact: (text: string) => text,
        preview: async () => [],
        audit,
        knowledgeOf: (brand: string | null) => (brand === 'acme' ? 'acme-kb' : brand),
      } as never,
    },
  });
  for (const name of ['ana', 'eva'])
    await web.accounts.addToken({
      hash: secretHash(`rlv_${name.repeat(8)}`),
      name,
      role: 'supervisor',
      createdAt: 0,
    });
});
afterAll(() => web.stop());

async function call(name: string, method: 'GET' | 'POST' | 'PUT', path: string, payload?: object) {
  const headers = { authorization: `Bearer rlv_${name.repeat(8)}` };
  const url = `/api/console/${path}`;
  const answer = await web.server.inject({ method, url, headers, ...(payload ? { payload } : {}) });
  const json = answer.body === '' ? {} : answer.json();
  return { status: answer.statusCode, code: json.code, json };
}

const etag = async (id: string) => (await call('eva', 'GET', `articles/es/${id}`)).json.etag;
const saved = (brands?: string[]) => article('x', brands);

test("a brand's supervisor sees the articles its customers may be told", async () => {
  const { json } = await call('ana', 'GET', 'articles');
  expect(json.articles.map(({ id }: Article) => id)).toEqual(['shared', 'acme', 'both']);
  expect(json.of).toBe(3);
  expect((await call('eva', 'GET', 'articles')).json.of).toBe(4);
  expect((await call('ana', 'GET', 'articles/es/beta')).code).toBe('kb_article_unknown');
  expect((await call('ana', 'GET', 'articles/es/beta/history')).code).toBe('kb_article_unknown');
  const history = (await call('ana', 'GET', 'articles/es/acme/history')).json.entries;
  expect(history.map(({ number }: { number: number }) => number)).toEqual([2]);
});

test('and changes those that are for its customers alone', async () => {
  for (const [id, code] of [
    ['shared', 'not_for_brands'],
    ['both', 'not_for_brands'],
    ['beta', 'kb_article_unknown'],
  ] as const) {
    const body = { article: saved(['acme-kb']), etag: await etag(id), reason: '' };
    expect([id, (await call('ana', 'PUT', `articles/es/${id}`, body)).code]).toEqual([id, code]);
    const removal = { etag: body.etag, reason: '' };
    expect((await call('ana', 'POST', `articles/es/${id}/remove`, removal)).code).toBe(code);
  }
  for (const brands of [undefined, ['beta'], ['acme-kb', 'beta']]) {
    const body = { article: saved(brands), etag: null, reason: '' };
    expect((await call('ana', 'PUT', 'articles/es/fresh', body)).status).toBeGreaterThan(402);
  }
  const own = { article: saved(['acme-kb']), etag: null, reason: '' };
  expect((await call('ana', 'PUT', 'articles/es/fresh', own)).status).toBe(200);
  const restore = (entry: number) =>
    call('ana', 'POST', 'articles/es/acme/restore', { entry, etag: 'e'.repeat(20), reason: '' });
  expect((await restore(2)).status).toBe(200);
  expect((await restore(1)).code).toBe('kb_article_unknown');
});

test('and decides about its own gaps, trying them as its own customers', async () => {
  const list = (await call('ana', 'GET', 'gaps')).json.gaps as { id: string }[];
  expect(list.map(({ id }) => id)).toEqual(['gaaaaaaa']);
  for (const id of ['gbbbbbbb', 'gccccccc']) {
    expect((await call('ana', 'GET', `gaps/${id}`)).code).toBe('kb_gap_unknown');
    expect((await call('ana', 'POST', `gaps/${id}/dismiss`, { reason: 'no' })).code).toBe('kb_gap_unknown');
    const wish = { action: 'example', article: 'acme', reason: '' };
    expect((await call('ana', 'POST', `gaps/${id}/accept`, wish)).code).toBe('kb_gap_unknown');
  }
  const accept = (action: string, name: string) =>
    call('ana', 'POST', 'gaps/gaaaaaaa/accept', { action, article: name, reason: '' });
  expect((await accept('example', 'shared')).code).toBe('not_for_brands');
  expect((await accept('example', 'acme')).status).toBe(200);
  expect((await accept('article', 'made')).status).toBe(200);
  expect((await call('ana', 'POST', 'gaps/gaaaaaaa/dismiss', { reason: 'no' })).status).toBe(204);
  expect([accepted, dismissed]).toEqual([['gaaaaaaa', 'gaaaaaaa'], ['gaaaaaaa']]);
  const turns = [{ text: 'hola' }];
  for (const brand of ['beta', null])
    expect((await call('ana', 'POST', 'try', { turns, language: 'es', brand })).code).toBe('not_for_brands');
  expect((await call('ana', 'POST', 'try', { turns, language: 'es', brand: 'acme' })).status).toBe(200);
});
