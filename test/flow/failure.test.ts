import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { App } from '../../src/app.ts';
import { storyEngines } from '../engines.ts';
import { openDatabase, type TestDatabase } from '../postgres-server.ts';
import { startProxy } from '../tcp-proxy.ts';
import { createAgent } from './agent.ts';
import { type AppVariant, echoBot, startApp } from './app.ts';
import { createVisitor } from './visitor.ts';

const never = new Promise<never>(() => undefined);

describe('when things go wrong', () => {
  let database: TestDatabase;
  let apps: App[] = [];

  beforeEach(async () => {
    database = await openDatabase();
  });
  afterEach(async () => {
    await Promise.all(apps.map((app) => app.stop(500)));
    apps = [];
    await database.drop();
  });

  async function begin(variant: AppVariant, databaseUrl = database.url) {
    const { app, url } = await startApp(databaseUrl, variant);
    apps.push(app);
    return { app, url, customer: createVisitor(() => url), agent: createAgent(() => url) };
  }

  test('a bot that throws hands over, and the customer is told in their language', async () => {
    const bot = {
      take: async () => {
        throw new Error('out of order');
      },
    };
    const { customer, agent } = await begin({ bot });
    await customer.says('hola');
    const told = await customer.hears('system');
    expect(told.text).toMatch(/persona/u);
    const found = await agent.finds();
    expect((await agent.opens(found.number)).brief.reason).toBe('error');
  });

  test('a bot that takes too long hands over, and what it says later is dropped', async () => {
    let answer: () => void = () => undefined;
    const late = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const bot = { take: async () => late.then(() => echoBot('too late').take({} as never, {} as never)) };
    const { customer, agent } = await begin({ bot, botAnswerMs: 200 });
    await customer.says('hola');
    await customer.hears('system');
    answer();
    const found = await agent.finds();
    expect((await agent.opens(found.number)).brief.reason).toBe('timeout');
    await agent.acts(found.number, 'claim');
    expect((await customer.history()).some(({ text }) => text === 'too late')).toBe(false);
  });

  test('a shutdown in the middle of a turn hands over', async () => {
    const { app, customer } = await begin({ bot: { take: () => never } });
    await customer.says('hola');
    await app.stop(400);
    const { url } = await begin({ bot: echoBot() });
    const agent = createAgent(() => url);
    const found = await agent.finds();
    expect((await agent.opens(found.number)).brief.reason).toBe('shutdown');
  });

  test('a turn that nobody was woken for is found by the sweeper and taken once', async () => {
    const first = await begin({ bot: { take: () => never } });
    await first.customer.says('hola');
    // The second process shares nothing with the first but the store, and was never told of the message.
    const second = await begin({ bot: echoBot('found') });
    const customer = first.customer;
    const answer = await customer.hears('bot', ({ text }) => text === 'found');
    expect(answer.text).toBe('found');
    expect((await customer.history()).filter(({ from }) => from === 'bot')).toHaveLength(1);
    expect(second.url).not.toBe(first.url);
  });

  test('with the database away the chat says so; when it is back, a resend of the same message is answered once', async () => {
    const proxy = await startProxy((await storyEngines(database.url)).databaseUrl);
    const { url, customer } = await begin({ bot: echoBot() }, proxy.url);
    await customer.says('one');
    await customer.hears('bot');
    await proxy.cut();

    const visitor = randomUUID() + randomUUID();
    const send = () =>
      fetch(`${url}/api/chat/messages`, {
        method: 'POST',
        headers: { 'X-Relevo-Visitor': visitor, 'Content-Type': 'application/json' },
        body: JSON.stringify({ id: 'm1', text: 'two' }),
      });
    const refused = await send();
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).not.toBeNull();
    expect(await refused.json()).toMatchObject({ code: 'store_unreachable' });
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect((await fetch(`${url}/readyz`)).status).toBe(503);

    await proxy.mend();
    await expect.poll(async () => (await send()).status, { timeout: 15_000 }).toBe(202);
    await send();
    const history = async () => {
      const response = await fetch(`${url}/api/chat/messages`, { headers: { 'X-Relevo-Visitor': visitor } });
      return ((await response.json()) as { messages: { from: string }[] }).messages.map(({ from }) => from);
    };
    await expect.poll(history, { timeout: 15_000 }).toEqual(['customer', 'bot']);
    await customer.says('three');
    await customer.hears('bot');
    await proxy.stop();
  });
});
