import { afterAll, beforeAll, expect, test } from 'vitest';
import { echoBot, startApp } from '../flow/app.ts';
import { openDatabase, type TestDatabase } from '../postgres-server.ts';
import { expectKept, naughtyFile, naughtyStrings } from './naughty.ts';
import { openStream } from './sse.ts';
import { secretOf } from './web.ts';

let database: TestDatabase;
let started: Awaited<ReturnType<typeof startApp>>;
beforeAll(async () => {
  database = await openDatabase();
  started = await startApp(database.url, { bot: echoBot() });
});
afterAll(async () => {
  await started.app.stop(1_000);
  await database.drop();
});

const own = { 'sec-fetch-site': 'same-origin' };

test('a stream brings the question and its answer', async () => {
  const headers = { 'x-relevo-visitor': secretOf('ana') };
  const stream = await openStream(`${started.url}/api/chat/stream`, headers);
  const payload = { id: 'm-1', text: 'no me anda el wifi' };
  await started.app.server.inject({ method: 'POST', url: '/api/chat/messages', headers, payload });
  expect((await stream.next('message')).data).toMatchObject({ id: 'm-1', from: 'customer' });
  expect((await stream.next('message')).data).toMatchObject({ from: 'bot', text: 'una respuesta' });
  stream.close();
});

test.skipIf(naughtyStrings.length === 0)(
  `the database keeps naughty strings as they are (left out: no ${naughtyFile})`,
  () => expectKept(started.app.server, secretOf('naughty')),
);

test('the first administrator signs up, adds an agent, who signs in', async () => {
  const { server, setupToken: token } = started.app;
  const eva = { name: 'Eva', email: 'eva@example.com', password: 'correct horse battery' };
  const ana = { name: 'Ana', email: 'ana@example.com', password: 'ana ana ana ana', role: 'agent' };
  const call = (method: 'GET' | 'POST', url: string, cookies: Record<string, string>, payload?: object) =>
    server.inject({ method, url, cookies, headers: own, ...(payload === undefined ? {} : { payload }) });
  const first = await call('POST', '/api/setup', {}, { token, ...eva });
  expect(first.statusCode).toBe(201);
  const cookies = Object.fromEntries(first.cookies.map(({ name, value }) => [name, value]));
  expect((await call('POST', '/api/users', cookies, ana)).statusCode).toBe(201);
  expect((await call('POST', '/api/users', cookies, ana)).json().code).toBe('email_taken');
  const { users } = (await call('GET', '/api/users', cookies)).json();
  expect(users.map(({ name }: { name: string }) => name)).toEqual(['Ana', 'Eva']);
  const signedIn = await call('POST', '/api/session', {}, { email: ana.email, password: ana.password });
  expect(signedIn.json()).toMatchObject({ user: { name: 'Ana', role: 'agent' }, demo: false });
  expect((await call('GET', '/api/cases', {})).statusCode).toBe(401);
});
