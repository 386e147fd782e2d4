import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { App } from '../../src/app.ts';
import type { Channel } from '../../src/channels/channel.ts';
import type { Role } from '../../src/role.ts';
import { testChannel } from '../outbox/outbox-driver.ts';
import { openDatabase, type TestDatabase } from '../postgres-server.ts';
import { createAgent } from './agent.ts';
import { echoBot, startApp } from './app.ts';
import { createVisitor } from './visitor.ts';

/** Two processes that serve and two that work, on one store. */
const started: { role: Role; app: App; url: string; mailbox: ReturnType<typeof mailbox> }[] = [];
let database: TestDatabase;

/** A channel that one process alone may run. It says which process did what. */
function mailbox() {
  const seen = { listens: false, sent: [] as string[] };
  let receive: ((user: string, text: string) => Promise<unknown>) | null = null;
  const base = testChannel({
    name: 'mailbox',
    title: 'Mailbox',
    async start(inlet) {
      seen.listens = true;
      receive = (user, text) =>
        inlet.receive({
          key: `mailbox/${randomUUID()}`,
          externalId: randomUUID(),
          address: { channel: 'mailbox', account: 'a', user },
          gesture: { kind: 'message', content: { kind: 'text', text } },
        });
    },
    async send({ text }) {
      seen.sent.push(text);
      return { externalId: randomUUID() };
    },
    async stop() {
      seen.listens = false;
    },
    state: () => ({ state: 'needs-attention', line: 'Scan it.', qr: 'a code to scan' }),
  });
  const channel: Channel = { ...base, can: { ...base.can, oneProcess: true, pauseMs: 0 } };
  return { seen, channel, receives: (user: string, text: string) => receive?.(user, text) };
}

async function start(role: Role): Promise<void> {
  const box = mailbox();
  const { app, url } = await startApp(database.url, {
    role,
    bot: echoBot(`una respuesta de ${started.length}`),
    channels: [{ name: 'mailbox', create: async () => box.channel }],
  });
  started.push({ role, app, url, mailbox: box });
}

beforeAll(async () => {
  database = await openDatabase();
  for (const role of ['web', 'web', 'worker', 'worker'] as const) await start(role);
}, 120_000);
afterAll(async () => {
  for (const { app } of started) await app.stop(1_000);
  await database.drop();
}, 60_000);

const at = (index: number) => {
  const found = started[index];
  if (found === undefined) throw new Error(`there is no process ${index}`);
  return found;
};

test('what one process takes another answers, and a browser on a third hears of it at once', async () => {
  const [one, two] = [at(0), at(1)];
  const visitor = createVisitor(() => one.url);
  const agent = createAgent(() => two.url);
  const desk = await fetch(`${two.url}/api/desk/stream`, { headers: { accept: 'text/event-stream' } });
  expect(desk.status).toBe(200);
  await visitor.says('hola');
  // Only workers have a bot that was asked.
  expect((await visitor.hears('bot')).text).toMatch(/una respuesta de [23]/u);
  await desk.body?.cancel();
  expect((await agent.acts(999_999, 'claim')).status).toBe(404);
});

test('a process that works in the background serves no pages, and says that it is ready', async () => {
  const worker = at(2);
  const statusOf = async (path: string) => (await fetch(`${worker.url}${path}`)).status;
  const pages = ['/', '/desk', '/api/cases', '/api/chat/messages', '/hooks/telegram'];
  expect(await Promise.all(pages.map(statusOf))).toEqual(pages.map(() => 404));
  expect(await statusOf('/healthz')).toBe(200);
  await expect.poll(() => statusOf('/readyz'), { timeout: 20_000 }).toBe(200);
});

test('the code that links a phone is made by the worker that leads, and shown by a process that only serves', async () => {
  const listed = async (index: number) => {
    const answer = await fetch(`${at(index).url}/api/channels`);
    const { channels } = (await answer.json()) as { channels: { name: string; qr: string | null }[] };
    return channels.find(({ name }) => name === 'mailbox');
  };
  for (const index of [0, 1]) {
    await expect.poll(async () => (await listed(index))?.qr, { timeout: 20_000 }).toMatch(/code\.svg/u);
    const picture = await fetch(`${at(index).url}${(await listed(index))?.qr}`);
    expect(await picture.text()).toMatch(/^<svg /u);
  }
});

test('one worker alone runs what only one may; it sends what others took up, and another follows when it stops', async () => {
  const running = () => started.filter(({ mailbox }) => mailbox.seen.listens);
  expect(running().map(({ role }) => role)).toEqual(['worker']);
  const [first] = running();
  if (first === undefined) throw new Error('nobody listens');
  await first.mailbox.receives('ana', 'uno');
  await expect.poll(() => first.mailbox.seen.sent.length, { timeout: 20_000 }).toBe(1);
  await first.app.stop(1_000);
  await expect.poll(() => running().length, { timeout: 20_000 }).toBe(1);
  const [second] = running();
  expect(second).not.toBe(first);
  await second?.mailbox.receives('ana', 'dos');
  await expect.poll(() => second?.mailbox.seen.sent.length, { timeout: 20_000 }).toBe(1);
  expect(first.mailbox.seen.sent).toHaveLength(1);
});
