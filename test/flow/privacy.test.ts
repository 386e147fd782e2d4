import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { App } from '../../src/app.ts';
import { openDatabase, type TestDatabase } from '../postgres-server.ts';
import { createAgent } from './agent.ts';
import { startApp } from './app.ts';
import { createVisitor } from './visitor.ts';

/** Words that stand for what people write: none of them may be found where machines write. */
const canaries = ['canary-question', 'canary-reply', 'canary-note', 'canary-reason', 'canary@example.org'];

describe('secrets and personal data', () => {
  const lines: string[] = [];
  let database: TestDatabase;
  let app: App;
  let url: string;

  beforeAll(async () => {
    database = await openDatabase();
    const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
    const bot = {
      take: async () => {
        throw new Error('the bot is broken');
      },
    };
    ({ app, url } = await startApp(database.url, { bot, log }));
  });
  afterAll(async () => {
    await app.stop(500);
    await database.drop();
  });

  test('stay out of the log, the metrics and the addresses of errors', async () => {
    const customer = createVisitor(() => url);
    const agent = createAgent(() => url);
    await customer.says('canary-question: my mail is canary@example.org');
    await customer.hears('system');
    const { number } = await agent.finds();
    await agent.acts(number, 'claim');
    await agent.acts(number, 'reply', { text: 'canary-reply' });
    await agent.acts(number, 'note', { text: 'canary-note' });
    await agent.acts(number, 'escalate', { reason: 'canary-reason' });
    await fetch(`${url}/api/session`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Origin: url },
      body: JSON.stringify({ email: 'canary@example.org', password: 'canary-password' }),
    });
    const broken = await fetch(`${url}/api/chat/messages`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Relevo-Visitor': 'v'.repeat(40) },
      body: '{"id":"1","text":"canary-broken"',
    });
    expect(broken.status).toBe(400);
    const metrics = await (await fetch(`${url}/metrics`)).text();

    const said = lines.join('');
    expect(said).toContain('the bot failed a turn');
    for (const canary of [...canaries, 'canary-password', 'canary-broken', 'v'.repeat(40)]) {
      expect(said, canary).not.toContain(canary);
      expect(metrics, canary).not.toContain(canary);
    }
  });
});
