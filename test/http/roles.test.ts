import { afterAll, beforeAll, expect, test } from 'vitest';
import { RelevoError } from '../../src/core/errors.ts';
import { secretHash } from '../../src/core/ids.ts';
import type { RouteRule } from '../../src/http/access.ts';
import type { RehearsalWork } from '../../src/kb/rehearsal/rehearsal-work.ts';
import type { TrialWork } from '../../src/kb/trial/trial-work.ts';
import type { WordWork } from '../../src/kb/workbench/word-work.ts';
import type { Workbench } from '../../src/kb/workbench/workbench.ts';
import type { Role } from '../../src/store/accounts.ts';
import { createMemoryAudit } from '../store/memory-audit.ts';
import { secretOf, startWeb, type Web } from './web.ts';

const callers = [
  'anonymous',
  'customer',
  'agent',
  'supervisor',
  'administrator',
  'acme-supervisor',
  'acme-administrator',
] as const;
type Caller = (typeof callers)[number];

const may: Readonly<Record<RouteRule['allow'], readonly Caller[]>> = {
  public: callers,
  visitor: ['customer'],
  agent: ['agent', 'supervisor', 'administrator', 'acme-supervisor', 'acme-administrator'],
  supervisor: ['supervisor', 'administrator', 'acme-supervisor', 'acme-administrator'],
  administrator: ['administrator', 'acme-administrator'],
};

/** What is about all brands at once is not for those who work for some. */
const lets = ({ allow, byBrand }: RouteRule, caller: Caller): boolean =>
  may[allow].includes(caller) && (byBrand || allow === 'public' || !caller.startsWith('acme-'));

/** What whoever is kept out is told, whatever else a route may answer. */
const keptOut = ['sign_in_required', 'not_allowed', 'visitor_missing', 'not_for_brands'];

const tokenOf = (role: string) => `rlv_${role.repeat(4)}`.slice(0, 40);
const headersOf = (caller: Caller): Record<string, string> => {
  if (caller === 'anonymous') return {};
  if (caller === 'customer') return { 'x-relevo-visitor': secretOf('customer') };
  return { authorization: `Bearer ${tokenOf(caller)}` };
};

const nobody = () => Promise.reject(new RelevoError('oidc_declined', 'nobody'));

let web: Web;
beforeAll(async () => {
  const workbench = { articles: {} } as unknown as Workbench;
  const { audit } = createMemoryAudit();
  web = await startWeb({
    settings: { publicUrl: 'http://localhost:3000' },
    agentBrands: { 'acme-supervisor': ['acme'], 'acme-administrator': ['acme'] },
    deps: {
      elsewhere: {
        provider: { name: 'Acme', begin: nobody, finish: nobody },
        joins: null,
      },
      console: {
        workbench,
        words: {} as WordWork,
        trials: {} as TrialWork,
        rehearsals: {} as RehearsalWork,
        redact: (text) => text,
        preview: async () => [],
        audit,
      },
    },
  });
  for (const name of callers.slice(2)) {
    const role = name.replace('acme-', '') as Role;
    await web.accounts.addToken({ hash: secretHash(tokenOf(name)), name, role, createdAt: 0 });
  }
  const user = { id: 'u', email: 'u@example.com', name: 'U', role: 'agent' as const };
  // From now on nobody is let in for trying Relevo out.
  await web.accounts.addUser({ ...user, passwordHash: '', disabled: false });
});
afterAll(() => web.stop());

test('who lets somebody sign in is written down', async () => {
  const headers = headersOf('administrator');
  const payload = { name: 'Ana', email: 'ana@example.com', password: 'correct horse battery', role: 'agent' };
  const added = await web.server.inject({ method: 'POST', url: '/api/users', headers, payload });
  expect(added.statusCode).toBe(201);
  const { entries } = (await web.server.inject({ url: '/api/console/audit', headers })).json();
  expect(entries).toMatchObject([
    {
      action: 'user.add',
      who: { name: 'administrator' },
      after: { email: 'ana@example.com', role: 'agent' },
    },
  ]);
  expect(JSON.stringify(entries)).not.toContain('horse');
});

test('every route lets in whom it says and nobody else', async () => {
  const { server } = web;
  expect(server.rules.filter(({ url }) => url.startsWith('/api/console/')).length).toBeGreaterThan(25);
  const wrong: string[] = [];
  for (const rule of server.rules) {
    const { method, url } = rule;
    if (method === 'HEAD' || method === 'OPTIONS') continue;
    for (const caller of callers) {
      const admitted = lets(rule, caller);
      // A stream that is let in never ends.
      if (admitted && url.endsWith('/stream')) continue;
      const address = url.replace(/:\w+/gu, '1').replace('*', 'x');
      const body = method === 'GET' ? {} : { payload: {} };
      const answer = await server.inject({
        method: method as 'GET',
        url: address,
        headers: headersOf(caller),
        ...body,
      });
      const code = /"code":"([a-z_]+)"/u.exec(answer.body)?.[1] ?? '';
      if (keptOut.includes(code) === admitted)
        wrong.push(`${caller} ${method} ${url}: ${answer.statusCode} ${code}`);
    }
  }
  expect(wrong).toEqual([]);
});
