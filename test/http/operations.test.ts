import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import { Validator } from '@seriousme/openapi-schema-validator';
import Fastify from 'fastify';
import { afterEach, describe, expect, test } from 'vitest';
import { RelevoError } from '../../src/core/errors.ts';
import type { CaseDesk } from '../../src/escalation/case-view.ts';
import { guard } from '../../src/http/access.ts';
import { createMetrics } from '../../src/http/metrics.ts';
import type { WebApp } from '../../src/http/web-app.ts';
import { hearLog } from '../log.ts';
import { secretOf, startWeb, type Web } from './web.ts';

let web: Web | undefined;
afterEach(() => web?.stop());

function get(url: string, more: { remoteAddress?: string; headers?: Record<string, string> } = {}) {
  if (web === undefined) throw new Error('start it first');
  return web.server.inject({ method: 'GET', url, ...more });
}

describe('health', () => {
  test('is alive and ready', async () => {
    web = await startWeb();
    expect((await get('/healthz')).json()).toEqual({ status: 'alive' });
    const ready = await get('/readyz');
    expect([ready.statusCode, ready.json()]).toEqual([200, { store: 'ok', queue: 'ok' }]);
  });

  test('says which engine does not answer, and nothing more', async () => {
    const health = {
      store: async () => {
        throw new RelevoError('store_unreachable', 'postgres://relevo:secret@db refused');
      },
      queue: async () => undefined,
    };
    web = await startWeb({ deps: { health } });
    const ready = await get('/readyz');
    expect([ready.statusCode, ready.json()]).toEqual([503, { store: 'store_unreachable', queue: 'ok' }]);
    expect((await get('/healthz')).statusCode).toBe(200);
  });
});

describe('metrics', () => {
  test('are for this computer, and name routes by their pattern', async () => {
    const metrics = createMetrics();
    metrics.counter('relevo_things_total', 'Things', ['kind']).add({ kind: 'good' }, 2);
    metrics.gauge('relevo_broken', 'Broken', [], async () => {
      throw new Error('no reading');
    });
    web = await startWeb({ deps: { metrics } });
    await get(`/api/cases/${'a'.repeat(32)}`);
    const answer = await get('/metrics');
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toContain('text/plain');
    expect(answer.body).toContain('process_cpu_seconds_total');
    expect(answer.body).toContain('relevo_things_total{kind="good"} 2');
    expect(answer.body).toContain(
      'relevo_http_seconds_count{method="GET",route="/api/cases/:id",status="404"} 1',
    );
    expect(answer.body).not.toContain('aaaa');
    expect((await get('/metrics', { remoteAddress: '192.0.2.1' })).statusCode).toBe(403);
    expect((await get('/metrics', { headers: { 'x-forwarded-for': '192.0.2.1' } })).statusCode).toBe(403);
  });

  test('are for everybody where that is wanted', async () => {
    web = await startWeb({ settings: { metricsPublic: true } });
    expect((await get('/metrics', { remoteAddress: '192.0.2.1' })).statusCode).toBe(200);
  });
});

test.each([
  new TypeError('postgres://relevo:secret@db'),
  new RelevoError('log_corrupted', 'postgres://relevo:secret@db'),
])('a fault inside is logged and not told: %o', async (fault) => {
  const heard = hearLog();
  const cases: Pick<CaseDesk, 'list'> = {
    list: async () => {
      throw fault;
    },
  };
  web = await startWeb({ deps: { log: heard.log, cases: cases as CaseDesk } });
  const answer = await get('/api/cases');
  expect(answer.statusCode).toBe(500);
  expect(answer.json()).toEqual({
    type: 'about:blank',
    title: 'Internal Server Error',
    status: 500,
    detail: 'Something went wrong here; it has been logged.',
    code: 'internal_error',
    id: expect.stringMatching(/^[\da-f]{32}$/),
  });
  expect(heard.messages(50)).toEqual(['request failed']);
});

test('a route that does not say whom it allows cannot be added', () => {
  const app = Fastify() as unknown as WebApp;
  guard(app, { auth: null as never, visitors: null as never, brandsOf: null as never, publicUrl: null });
  const handler = async () => ({});
  expect(() => app.get('/open', handler)).toThrow('GET /open does not say whom it allows');
  expect(() => app.get('/typo', { config: { allow: 'anyone' as never } }, handler)).toThrow('allow');
  expect(() => app.get('/fine', { config: { allow: 'public' } }, handler)).not.toThrow();
});

test('the description of the interface is valid and lists every route', async () => {
  web = await startWeb();
  const answer = await get('/api/openapi.json');
  expect(answer.statusCode).toBe(200);
  const document = answer.json();
  const checked = await new Validator().validate(document);
  expect(checked.errors ?? []).toEqual([]);
  expect(checked.valid).toBe(true);
  const listed = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods as object).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(listed.sort()).toEqual(
    [
      'DELETE /api/quarantine/{key}',
      'DELETE /api/session',
      'GET /api/cases',
      'GET /api/cases/{id}',
      'GET /api/channels',
      'GET /api/channels/{name}/code.svg',
      'GET /api/chat/files/{id}',
      'GET /api/chat/messages',
      'GET /api/chat/stream',
      'GET /api/desk/questions',
      'GET /api/desk/stream',
      'GET /api/failed-sends',
      'GET /api/files/{id}',
      'GET /api/openapi.json',
      'GET /api/quarantine',
      'GET /api/quarantine/{key}',
      'GET /api/session',
      'GET /api/settings',
      'GET /api/users',
      'DELETE /api/invitations/{id}',
      'DELETE /api/sessions',
      'DELETE /api/sessions/{id}',
      'DELETE /api/tokens/{id}',
      'DELETE /api/users/sessions/{id}',
      'DELETE /api/users/{id}/sessions',
      'GET /api/invitations',
      'GET /api/sessions',
      'GET /api/tokens',
      'GET /api/users/sessions',
      'PATCH /api/users/{id}',
      'POST /api/invitations',
      'POST /api/invitations/{id}/renew',
      'POST /api/join',
      'POST /api/join/look',
      'POST /api/tokens',
      'GET /healthz',
      'GET /metrics',
      'GET /readyz',
      ...[
        'ask',
        'assess',
        'call',
        'call-cancel',
        'call-end',
        'call-times',
        'claim',
        'escalate',
        'note',
        'plan',
        'reply',
        'return-to-bot',
        'solve',
        'typing',
        'vendor',
        'vendor-answered',
      ].map((action) => `POST /api/cases/{id}/${action}`),
      'POST /api/cases/{id}/files',
      'POST /api/cases/{id}/messages/{message}/send-again',
      'POST /api/cases/{id}/people',
      'POST /api/cases/{id}/people/part',
      'POST /api/cases/{id}/questions/{question}/answer',
      'POST /api/chat/files',
      'POST /api/chat/messages',
      'POST /api/chat/session',
      'POST /api/chat/typing',
      'POST /api/session',
      'POST /api/setup',
      'POST /api/users',
      ...['enter', 'left', 'open', 'waiting', 'without-video'].map((step) => `POST /v/{code}/${step}`),
    ].sort(),
  );
  const { post } = document.paths['/api/chat/messages'];
  expect(post.security).toEqual([{ visitor: [] }]);
  expect(post.requestBody.content['application/json'].schema.properties.text).toMatchObject({
    type: 'string',
    maxLength: 10_000,
  });
  expect(post.responses.default.content['application/problem+json']).toBeDefined();
});

describe('pages', () => {
  test('are served with what lets browsers trust and keep them', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'relevo-pages-'));
    for (const name of ['assets', 'desk', 'demo']) mkdirSync(join(folder, name));
    writeFileSync(join(folder, 'index.html'), 'chat');
    writeFileSync(join(folder, 'desk/index.html'), 'desk');
    writeFileSync(join(folder, 'demo/index.html'), 'demo');
    writeFileSync(join(folder, 'favicon.svg'), '<svg/>');
    writeFileSync(join(folder, 'assets/chat-abc123.js'), 'let x');
    writeFileSync(join(folder, 'assets/chat-abc123.js.br'), brotliCompressSync('let x'));
    web = await startWeb({ settings: { pagesFolder: folder } });

    for (const [url, body] of [
      ['/', 'chat'],
      ['/?lang=es', 'chat'],
      ['/desk', 'desk'],
      ['/desk/cases/1042', 'desk'],
      ['/desk/setup', 'desk'],
      ['/demo', 'demo'],
    ] as const) {
      const page = await get(url);
      expect([url, page.statusCode, page.body]).toEqual([url, 200, body]);
      expect(page.headers['cache-control']).toBe('no-cache');
      expect(page.headers['content-type']).toContain('text/html');
      expect(page.headers['content-security-policy']).toBe(
        "default-src 'self';base-uri 'none';object-src 'none';form-action 'self';frame-ancestors 'self'",
      );
      expect(page.headers['x-content-type-options']).toBe('nosniff');
      expect(page.headers['strict-transport-security']).toBeUndefined();
    }
    const asset = await get('/assets/chat-abc123.js');
    expect(asset.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(asset.headers['content-type']).toContain('javascript');
    expect(asset.headers['content-encoding']).toBeUndefined();
    const packed = await get('/assets/chat-abc123.js', { headers: { 'accept-encoding': 'gzip, br' } });
    expect(brotliDecompressSync(packed.rawPayload).toString()).toBe('let x');
    expect(packed.headers).toMatchObject({
      'content-encoding': 'br',
      'content-type': asset.headers['content-type'],
      'cache-control': asset.headers['cache-control'],
      vary: expect.stringMatching(/accept-encoding/iu),
    });
    expect((await get('/favicon.svg')).statusCode).toBe(200);
    for (const url of [
      '/assets/none.js',
      '/assets/..%2findex.html',
      '/assets/%2e%2e/index.html',
      '/index.html',
    ]) {
      const answer = await get(url);
      expect([url, answer.statusCode]).toEqual([url, 404]);
      expect(answer.headers['content-type']).toContain('application/problem+json');
    }
    rmSync(folder, { recursive: true });
  });
});

test('a process that stops answers what it was asked', async () => {
  web = await startWeb();
  const base = await web.server.listen({ host: '127.0.0.1', port: 0 });
  const answers = Array.from({ length: 20 }, (_, n) =>
    fetch(`${base}/api/chat/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-relevo-visitor': secretOf(`v${n}`) },
      body: JSON.stringify({ id: 'm', text: 'x' }),
    }),
  );
  await answers[0];
  await web.server.stop();
  await web.server.stop();
  const settled = await Promise.allSettled(answers);
  const statuses = settled.map((one) => (one.status === 'fulfilled' ? one.value.status : 'refused'));
  expect(statuses.filter((status) => ![202, 503, 'refused'].includes(status))).toEqual([]);
  await expect(fetch(`${base}/healthz`)).rejects.toThrow();
});
