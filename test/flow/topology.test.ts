import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '../../src/role.ts';
import { type RelevoChild, startChild } from '../chaos/process.ts';
import { pair, storyEngines } from '../engines.ts';
import { openStream, type StreamClient } from '../http/sse.ts';
import { type NginxServer, nginxMissing, startNginx } from '../nginx-server.ts';
import { openDatabase, type TestDatabase } from '../postgres-server.ts';
import { freePort } from '../redis-server.ts';
import { createVisitor, type Shown } from './visitor.ts';

/** One process of the topology: its place stays when it is started anew. */
interface Place {
  readonly role: Role;
  readonly port: number;
  child: RelevoChild;
}

/** What of a change is shown on a page within this time was told to it: by itself a stream looks every twenty seconds. */
const liveWithinMs = 8_000;

const publicUrl = 'https://support.example.com';

describe.skipIf(nginxMissing !== undefined)(`docker-compose.yml as processes ${nginxMissing ?? ''}`, () => {
  const places: Place[] = [];
  const streams: { readonly path: string; readonly secret: string; client: StreamClient }[] = [];
  let database: TestDatabase;
  let folder: string;
  let variables: Readonly<Record<string, string>>;
  let nginx: NginxServer;
  /** The administrator's session, the same on each process. */
  let cookie = '';
  let number = 0;
  const secret = randomUUID() + randomUUID();
  const customer = { 'X-Relevo-Visitor': secret };

  const at = (index: number): Place => {
    const place = places[index];
    if (place === undefined) throw new Error(`there is no process ${index}`);
    return place;
  };
  const urlOf = ({ port }: Place) => `http://127.0.0.1:${port}`;
  const begin = (role: Role, port: number) => startChild(role, { ...variables, PORT: String(port) }, folder);

  async function post(url: string, body: object, headers: Readonly<Record<string, string>> = {}) {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: publicUrl, ...headers },
      body: JSON.stringify(body),
    });
    const text = await answer.text();
    return { status: answer.status, cookie: answer.headers.getSetCookie()[0]?.split(';')[0] ?? '', text };
  }
  const act = (action: string, body: object = {}) =>
    post(`${nginx.url}/api/cases/${number}/${action}`, body, { cookie });

  /** Sends words until somebody takes them, as the page does. */
  async function says(text: string, as: Readonly<Record<string, string>> = customer): Promise<void> {
    const body = { id: randomUUID(), text };
    let why: unknown;
    for (let tries = 0; tries < 200; tries += 1) {
      const answer = await post(`${nginx.url}/api/chat/messages`, body, as).catch((error: unknown) => error);
      if (answer instanceof Object && 'status' in answer && answer.status === 202) return;
      why = answer;
      await pause(100);
    }
    throw new Error(`nobody took ${text}: ${JSON.stringify(why)}`);
  }

  async function history(as: Readonly<Record<string, string>> = customer): Promise<readonly Shown[]> {
    const answer = await fetch(`${nginx.url}/api/chat/messages`, { headers: as });
    return ((await answer.json()) as { messages: Shown[] }).messages;
  }

  const open = (path: string, lastId?: string) =>
    openStream(`${nginx.url}${path}`, {
      ...(path.startsWith('/api/chat') ? customer : { cookie }),
      ...(lastId === undefined ? {} : { 'last-event-id': lastId }),
    });

  /** The next message on a stream that fits. */
  async function shows(client: StreamClient, fits: (message: Shown) => boolean): Promise<Shown> {
    for (;;) {
      const message = (await client.next('message')).data as Shown;
      if (fits(message)) return message;
    }
  }

  const chats = () => streams.filter(({ path }) => path.startsWith('/api/chat')).map(({ client }) => client);
  const desks = () => streams.filter(({ path }) => path.startsWith('/api/desk')).map(({ client }) => client);

  /** Does something, and says how long it took from its end until every one of these saw it, in milliseconds. */
  async function seen(
    doIt: () => Promise<unknown>,
    ...eyes: readonly (() => Promise<unknown>)[]
  ): Promise<number> {
    const looks = Promise.all(eyes.map((eye) => eye()));
    // Where doing it fails, that is what the test says.
    looks.catch(() => undefined);
    await doIt();
    const begun = performance.now();
    await looks;
    return performance.now() - begun;
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'relevo-topology-'));
    database = await openDatabase();
    const { databaseUrl, redisUrl } = await storyEngines(database.url);
    variables = {
      [pair === 'mongo+redis' ? 'MONGODB_URL' : 'DATABASE_URL']: databaseUrl,
      ...(redisUrl === null ? {} : { REDIS_URL: redisUrl }),
      PUBLIC_URL: publicUrl,
      TRUST_PROXY: 'on',
    };
    const roles: readonly Role[] = ['web', 'web', 'worker', 'worker'];
    for (const role of roles) {
      const port = await freePort();
      places.push({ role, port, child: await begin(role, port) });
      // The first makes the tables and the sample base.
      if (places.length === 1) await at(0).child.ready();
    }
    await Promise.all(places.map(({ child }) => child.ready()));
    nginx = await startNginx([at(0).port, at(1).port]);
  }, 240_000);

  afterAll(async () => {
    for (const { client } of streams) client.close();
    await nginx?.stop();
    for (const { child } of places) child.signal('SIGKILL');
    await Promise.all(places.map(({ child }) => child.ended));
    await database?.drop();
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }, 60_000);

  test('the set-up link of one process works on another, and makes one administrator', async () => {
    const tokens = [at(0), at(1)].map(({ child }) => /\/desk\/setup#token=(\w+)/u.exec(child.output)?.[1]);
    expect(new Set(tokens).size).toBe(2);
    const person = (token: string | undefined, name: string) => ({
      token,
      name,
      email: `${name}@example.com`,
      password: 'a long password',
    });
    const wrong = await post(`${urlOf(at(0))}/api/setup`, person('x', 'mallory'));
    expect(wrong.status).toBe(403);
    const made = await Promise.all([
      post(`${urlOf(at(0))}/api/setup`, person(tokens[1], 'eva')),
      post(`${urlOf(at(1))}/api/setup`, person(tokens[0], 'ana')),
    ]);
    expect(made.map(({ status }) => status).sort()).toEqual([201, 409]);
    cookie = made.find(({ status }) => status === 201)?.cookie ?? '';
    for (const place of [at(0), at(1)]) {
      const session = await fetch(`${urlOf(place)}/api/session`, { headers: { cookie } });
      expect(await session.json()).toMatchObject({ user: { role: 'administrator' }, needsSetup: false });
    }
  });

  test('the streams of a customer and of an agent are on both web processes', async () => {
    for (const path of ['/api/chat/stream', '/api/chat/stream', '/api/desk/stream', '/api/desk/stream']) {
      streams.push({ path, secret, client: await open(path) });
    }
    for (const place of [at(0), at(1)]) {
      const metrics = await (await fetch(`${urlOf(place)}/metrics`)).text();
      expect(metrics).toMatch(/^relevo_http_streams 2$/mu);
    }
  });

  test('what anybody says or does is seen at once on every page, whichever process it is on', async () => {
    // How long the bot takes is not what is looked at here: it has just been started.
    await seen(
      () => says('no me funciona el internet'),
      ...chats().map(
        (chat) => () => shows(chat, ({ from, sources }) => from === 'bot' && (sources ?? []).length > 0),
      ),
    );
    const told = Promise.all(
      chats().map((chat) => shows(chat, ({ from, text }) => from === 'system' && /n\.º \d+/u.test(text))),
    );
    told.catch(() => undefined);
    await says('quiero hablar con una persona');
    for (let asked = 0; asked < 3; asked += 1) {
      const done = await Promise.race([told.then(() => true), pause(2_000).then(() => false)]);
      if (done) break;
      await says('no levanta vuelo');
    }
    number = Number(/n\.º (\d+)/u.exec((await told)[0]?.text ?? '')?.[1]);
    const claimed = await seen(
      async () => expect((await act('claim')).status).toBe(200),
      ...desks().map((desk) => async () => {
        while (((await desk.next('case')).data as { stage: string }).stage !== 'claimed');
      }),
    );
    const replied = await seen(
      () => act('reply', { id: randomUUID(), text: 'Hola, soy Eva.' }),
      ...chats().map((chat) => () => shows(chat, ({ text }) => text === 'Hola, soy Eva.')),
    );
    const wrote = await seen(
      () => says('hola Eva'),
      ...desks().map((desk) => () => desk.next('case')),
      ...chats().map((chat) => () => shows(chat, ({ text }) => text === 'hola Eva')),
    );
    for (const [what, ms] of Object.entries({ claimed, replied, wrote })) {
      expect(ms, what).toBeLessThan(liveWithinMs);
    }
  }, 90_000);

  test('a web process that is killed is missed by nobody: pages come back on the other, and miss nothing', async () => {
    const lastIds = streams.map(({ client }) => [...client.text().matchAll(/^id: (.+)$/gmu)].at(-1)?.[1]);
    const ends = streams.map(({ client }) =>
      client.ended.then(
        () => client,
        () => client,
      ),
    );
    at(0).child.signal('SIGKILL');
    const gone = await Promise.race(ends);
    await at(0).child.ended;
    expect(chats().concat(desks())).toContain(gone);
    await says('¿sigues ahí?');
    expect((await act('reply', { id: randomUUID(), text: 'Aquí sigo.' })).status).toBe(200);
    // Each page connects again where it was, by way of nginx.
    for (const [index, stream] of streams.entries()) {
      stream.client.close();
      stream.client = await open(stream.path, lastIds[index]);
    }
    for (const chat of chats()) {
      expect((await shows(chat, ({ from }) => from === 'customer')).text).toBe('¿sigues ahí?');
      expect((await shows(chat, ({ from }) => from === 'agent')).text).toBe('Aquí sigo.');
    }
    const live = await seen(
      () => says('menos mal'),
      ...chats().map((chat) => () => shows(chat, ({ text }) => text === 'menos mal')),
    );
    expect(live).toBeLessThan(liveWithinMs);
    const place = at(0);
    place.child = await begin(place.role, place.port);
    await place.child.ready();
  }, 120_000);

  test('one after another is stopped and started anew while people write: nothing is lost, nothing twice', async () => {
    const stranger = { ...customer, 'X-Relevo-Visitor': randomUUID() + randomUUID() };
    const said: string[] = [];
    const replied: string[] = [];
    let rolling = true;
    const write = async () => {
      for (let count = 1; rolling; count += 1) {
        const text = `mensaje ${count}`;
        await Promise.all([says(text), says(text, stranger)]);
        said.push(text);
        await pause(300);
      }
    };
    const reply = async () => {
      for (let count = 1; rolling; count += 1) {
        const body = { id: randomUUID(), text: `respuesta ${count}` };
        // What nobody has taken is sent again as it was, as the desk does.
        for (let tries = 1; (await act('reply', body).catch(() => null))?.status !== 200; tries += 1) {
          if (tries > 200) throw new Error(`nobody took ${body.text}`);
          await pause(100);
        }
        replied.push(body.text);
        await pause(500);
      }
    };
    const people = Promise.all([write(), reply()]);
    people.catch(() => undefined);
    const codes: (number | null)[] = [];
    const renew = async (place: Place) => {
      place.child.signal('SIGTERM');
      codes.push(await place.child.ended);
      place.child = await begin(place.role, place.port);
      await place.child.ready();
    };
    try {
      await Promise.all([at(0), at(2)].map(renew));
      await Promise.all([at(1), at(3)].map(renew));
    } finally {
      rolling = false;
    }
    await people;
    expect(codes).toEqual([0, 0, 0, 0]);
    const texts = (messages: readonly Shown[], who: Shown['from'], known: readonly string[]) =>
      messages.filter(({ from, text }) => from === who && known.includes(text)).map(({ text }) => text);
    expect(said.length).toBeGreaterThan(3);
    expect(texts(await history(), 'customer', said)).toEqual(said);
    expect(texts(await history(), 'agent', replied)).toEqual(replied);
    expect(texts(await history(stranger), 'customer', said)).toEqual(said);
    // Who has only a bot was answered by it, after the last of it too.
    const visitor = createVisitor(() => nginx.url);
    await visitor.says('no me funciona el internet');
    await visitor.hears('bot');
  }, 240_000);
});
