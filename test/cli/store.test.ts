import { mkdir, rm, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engineVariables, pair } from '../engines.ts';
import { createAgent, type DeskCase } from '../flow/agent.ts';
import { type RelevoProcess, startRelevo } from '../flow/relevo-process.ts';
import { createVisitor, type Shown } from '../flow/visitor.ts';
import { type Ended, makeFolder, relevo } from './command.ts';

const plants = `---
id: regar-plantas
language: es
title: Regar las plantas de la oficina
examples:
  - cómo riego las plantas de la oficina
  - cada cuánto hay que regar las plantas
  - quién riega las plantas
---
Con medio litro de agua, los lunes y los jueves.
`;
const question = 'cada cuánto riego las plantas de la oficina';

let folder = '';
let articles = '';
let server: RelevoProcess | undefined;

beforeAll(async () => {
  folder = await makeFolder();
  articles = join(folder, 'articles');
  await mkdir(articles);
  await writeFile(join(articles, 'regar-plantas.md'), plants);
});
afterAll(async () => {
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Runs a command on the same engines as the Relevo of this file. */
async function run(...words: string[]): Promise<Ended> {
  const data = join(folder, 'data');
  return relevo(words, { RELEVO_DATA: data, ...(await engineVariables(data)) });
}

async function done(...words: string[]): Promise<string> {
  const { code, out, err } = await run(...words);
  expect({ code, err: err.split('\n').filter((line) => !line.startsWith('{')) }).toEqual({
    code: 0,
    err: [''],
  });
  return out;
}

function running(): RelevoProcess {
  if (server === undefined) throw new Error('no Relevo runs');
  return server;
}

/** Asks as a new customer. @returns the articles that the first reaction names */
async function articlesFor(text: string): Promise<readonly string[]> {
  const visitor = createVisitor(() => running().url);
  await visitor.says(text);
  const answer: Shown = await visitor.hears('bot');
  return (answer.sources ?? []).map(({ article }) => article);
}

describe('commands on a data folder that no Relevo runs on', () => {
  test('what was never published is said so', async () => {
    expect(await run('kb', 'list')).toMatchObject({
      code: 1,
      err: expect.stringContaining('nothing was published'),
    });
  });

  test('articles are imported, published and listed', async () => {
    expect(await done('kb', 'import', 'samples/kb', '--publish')).toContain('published version 1');
    expect(await done('kb', 'list', '--language', 'es')).toContain('internet-no-funciona');
  });

  test('an import that cannot be read changes nothing', async () => {
    const { code, err } = await run('kb', 'import', join(folder, 'nowhere'));
    expect([code, err]).toEqual([1, expect.stringMatching(/^relevo: .*nowhere cannot be found$/mu)]);
  });
});

describe('commands beside a Relevo that runs on the same data folder', () => {
  beforeAll(async () => {
    server = await startRelevo({ RELEVO_DATA: join(folder, 'data') });
  });

  // Only the embedded database is one process's alone; servers are shared.
  test.skipIf(pair === 'mongo+redis')('a second one is refused in words', async () => {
    const { code, err } = await relevo(['start'], { RELEVO_DATA: join(folder, 'data'), PORT: '0' });
    expect([code, err]).toEqual([1, expect.stringMatching(/^relevo: process \d+ is already using/mu)]);
  });

  test('the bot answers from a new version soon, and from the old one after a rollback', async () => {
    expect(await articlesFor(question)).not.toContain('regar-plantas');
    expect(await done('kb', 'import', articles, '--publish')).toContain('published version 2');
    await expect
      .poll(() => articlesFor(question), { timeout: 60_000, interval: 300 })
      .toEqual(['regar-plantas']);
    expect(await done('kb', 'rollback', '1')).toContain('published version 3');
    expect(await done('kb', 'list')).not.toContain('regar-plantas');
    await expect.poll(() => articlesFor(question), { timeout: 60_000, interval: 300 }).toEqual([]);
  }, 150_000);

  test('a created token opens the desk, a wrong one does not', async () => {
    const token = (await done('token', 'create', '--role', 'agent')).trim();
    expect(token).toMatch(/^rlv_[\w-]{40,}$/u);
    const ask = (key: string, path: string) =>
      fetch(`${running().url}${path}`, { headers: { Authorization: `Bearer ${key}` } });
    expect((await ask(token, '/api/cases?view=open')).status).toBe(200);
    expect((await ask(token, '/api/users')).status).toBe(403);
    expect((await ask(`${token}x`, '/api/cases?view=open')).status).toBe(401);
    expect((await ask('rlv_', '/api/cases?view=open')).status).toBe(401);
  });

  test("what commands changed is in the audit log, under the name of the system's user", async () => {
    const entries = (await done('audit', 'list')).trim().split('\n').reverse();
    const by = `${userInfo().username} (command line)`;
    expect(entries.map((line) => line.split('  ')[2]).filter((who) => who !== by)).toEqual(['relevo.yaml']);
    const changes = entries.filter((line) => line.includes(by)).map((line) => line.split('  ')[3]);
    expect(changes.slice(-6)).toEqual([
      'base.publish version/1',
      'articles.import articles',
      'article.import article/es/regar-plantas',
      'base.publish version/2',
      'base.roll-back version/3',
      'token.add token/token',
    ]);
    expect(await done('audit', 'check')).toMatch(/^the audit log is whole: \d+ entries/u);
  });

  test('lists made anew from the log are the same lists', async () => {
    const customer = createVisitor(() => running().url);
    await customer.says('quiero hablar con una persona, se me rompió el teclado');
    for (const words of ['no escribe', 'ya lo cambié de puerto']) {
      await customer.hears('bot').catch(() => null);
      await customer.says(words);
    }
    const agent = createAgent(() => running().url);
    const { number } = await agent.finds();
    await agent.acts(number, 'claim');
    const lists = async () => {
      const views = ['open', 'mine', 'queue', 'closed'].map(async (view) => {
        const response = await fetch(`${running().url}/api/cases?view=${view}`);
        return (await response.json()) as { cases: DeskCase[] };
      });
      return Promise.all(views);
    };
    const before = await lists();
    expect(before[1]?.cases.map((one) => one.number)).toEqual([number]);
    const began = performance.now();
    expect(await done('store', 'rebuild')).toMatch(
      /^[1-9]\d* conversations made anew from [1-9]\d* commits/u,
    );
    // Idle connections once kept it alive for ten seconds after its work.
    expect(performance.now() - began).toBeLessThan(9_000);
    expect(await lists()).toEqual(before);
  });

  test('a port that is taken is said so', async () => {
    const { port } = new URL(running().url);
    const { code, err } = await relevo(['start'], {
      RELEVO_DATA: join(folder, 'other'),
      PORT: port,
      LOG_LEVEL: 'error',
    });
    expect([code, err]).toEqual([
      1,
      expect.stringMatching(/^relevo: nothing can listen on .*\n.*PORT.*\n$/u),
    ]);
  });
});
