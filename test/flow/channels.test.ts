import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { App } from '../../src/app.ts';
import { noMailWorld } from '../channels/email/mail-world.ts';
import { openDatabase, type TestDatabase } from '../postgres-server.ts';
import { createAgent, type DeskAgent } from './agent.ts';
import { startApp } from './app.ts';
import { type ChannelWorld, reached } from './customers/customer.ts';
import {
  emailWorld,
  slackWorld,
  telegramWorld,
  webchatWorld,
  whatsAppWebWorld,
  whatsAppWorld,
} from './customers/worlds.ts';

const noMail = await noMailWorld();

/** The smallest picture there is. */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

const worlds = [
  ['webchat', webchatWorld, null],
  ['telegram', telegramWorld, null],
  ['whatsapp-cloud', whatsAppWorld, null],
  ['whatsapp-web', whatsAppWebWorld, null],
  ['slack', slackWorld, null],
  ['email', emailWorld, noMail],
] as const;

describe.each(worlds)('a customer on %s', (name, open, missing) => {
  if (missing !== null) {
    test.skip(`left out: ${missing}`);
    return;
  }
  let database: TestDatabase;
  let world: ChannelWorld;
  let app: App;
  let url: string;
  let agent: DeskAgent;
  let folder: string;
  let seen = 0;
  let number = 0;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'relevo-flow-'));
    [database, world] = await Promise.all([openDatabase(), open()]);
    const port = await freePort();
    const variables = {
      ...world.variables,
      PORT: String(port),
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      RELEVO_DATA: folder,
    };
    ({ app, url } = await startApp(database.url, {
      variables,
      port,
      channels: world.setup === undefined ? [] : [world.setup],
    }));
    world.connect(url);
    agent = createAgent(() => url);
  }, 120_000);
  afterAll(async () => {
    await app?.stop(1_000);
    await world?.stop();
    await database?.drop();
    await rm(folder, { recursive: true, force: true });
  }, 60_000);

  const hears = async (pattern: RegExp) => {
    const { one, seen: upTo } = await reached(world, seen, ({ text }) => pattern.test(text), String(pattern));
    seen = upTo;
    return one.text;
  };

  test('asks and is answered from the knowledge base', async () => {
    await world.writes('no me funciona el internet');
    await hears(/router|módem/iu);
  }, 90_000);

  test('asks for a person, and is told the number of the case', async () => {
    await world.writes('quiero hablar con una persona');
    for (let asked = 0; asked < 3 && number === 0; asked += 1) {
      const { one, seen: upTo } = await reached(
        world,
        seen,
        ({ text }) => /n\.º \d+|\?/u.test(text),
        'a question or a number',
      );
      seen = upTo;
      number = Number(/n\.º (\d+)/u.exec(one.text)?.[1] ?? 0);
      if (number === 0) await world.writes(asked === 0 ? 'no tengo internet' : 'ya reinicié el router');
    }
    expect(number).toBeGreaterThan(1_000);
    expect((await agent.finds()).number).toBe(number);
    expect((await agent.acts(number, 'claim')).status).toBe(200);
    await hears(/se ocupa de tu caso/u);
  }, 120_000);

  test('sends a photo, which the agent sees as it was sent', async () => {
    await world.sendsPhoto(png);
    const until = Date.now() + 60_000;
    let file: { id: string; state: string; type: string | null } | undefined;
    while (file?.state !== 'kept') {
      if (Date.now() > until) throw new Error('the photo never came to the desk');
      await pause(50);
      const { messages } = await agent.opens(number);
      file = messages.find((message) => message.from === 'customer' && message.file)?.file;
    }
    expect(file.type).toBe('image/png');
    const served = await fetch(`${url}/api/files/${file.id}`);
    expect(Buffer.from(await served.arrayBuffer()).equals(png)).toBe(true);
  }, 90_000);

  test('gets words and a photo from the agent, in their order', async () => {
    const upload = await fetch(`${url}/api/cases/${number}/files?name=router.png`, {
      method: 'POST',
      headers: { 'content-type': 'image/png', origin: url },
      body: new Uint8Array(png),
    });
    const { file } = (await upload.json()) as { file: { id: string } };
    const text = 'Pulse el botón que marco en la foto.';
    expect((await agent.acts(number, 'reply', { text, files: [file.id] })).status).toBe(200);
    await hears(/Pulse el botón que marco/u);
    const photo = await reached(world, seen, (one) => one.file !== null, 'the photo');
    seen = photo.seen;
    if (name === 'webchat' || name === 'email') expect(photo.one.file?.equals(png)).toBe(true);
  }, 90_000);

  test('confirms that it is solved and rates', async () => {
    await world.writes('ya funciona, gracias');
    const part = 'El router estaba apagado.';
    const logbook = { understanding: part, plan: part, execution: part, results: part };
    await expect
      .poll(async () => (await agent.opens(number)).messages.at(-1)?.text, { timeout: 30_000 })
      .toContain('ya funciona');
    expect((await agent.acts(number, 'solve', { logbook })).status).toBe(200);
    await hears(/Quedó resuelto/u);
    await world.chooses('Sí, quedó resuelto', 1);
    await hears(/calificas/u);
    await world.chooses('★★★★★', 5);
    await expect.poll(async () => (await agent.opens(number)).stars, { timeout: 30_000 }).toBe(5);
    expect(await agent.opens(number)).toMatchObject({ stage: 'closed' });
  }, 120_000);

  test('got everything once', async () => {
    const texts = (await world.got()).map(({ text }) => text).filter((text) => text.trim() !== '');
    expect(texts.length).toBeGreaterThan(5);
    expect(texts.filter((text) => text.includes('Pulse el botón'))).toHaveLength(1);
    expect(texts.filter((text) => text.includes('Quedó resuelto'))).toHaveLength(1);
  });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
