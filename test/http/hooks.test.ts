import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createMovableClock, type StormApp, startStormApp } from '../channels/storm-app.ts';
import { type HookWorld, slackHook, telegramHook, whatsAppHook } from './hook-worlds.ts';

/** A call that did not come from the platform. `null`: the class is none on this platform. */
type Forgery = (
  world: HookWorld,
  others: readonly HookWorld[],
) => {
  readonly path?: string;
  readonly method?: string;
  readonly body?: string | Buffer;
  readonly headers: Readonly<Record<string, string | string[]>>;
};

const minuteMs = 60_000;

/** The proof with one header changed. */
const changed = (world: HookWorld, change: (value: string) => string | string[]) => {
  const proof = world.prove(world.body);
  return { headers: { ...proof, [world.header]: change(proof[world.header] ?? '') } };
};

/** Where a class is about what a platform does not sign, the nearest one that is a forgery there. */
const forgeries: Readonly<Record<string, Forgery>> = {
  'no proof at all': () => ({ headers: {} }),
  'an empty proof': (world) => changed(world, () => ''),
  'a proof with another secret': (world) => ({
    headers: world.prove(world.body, { secret: 'another-secret_0123456789' }),
  }),
  'a body changed after it was signed': (world) =>
    world.coversBody
      ? { headers: world.prove(world.body), body: world.body.replace(/.$/u, ' }') }
      : changed(world, (value) => value.replace(/.$/u, 'x')),
  'a proof cut short': (world) => changed(world, (value) => value.slice(0, -1)),
  'a proof with something behind it': (world) => changed(world, (value) => `${value}0`),
  'a proof in another case': (world) => changed(world, (value) => value.toUpperCase()),
  'the proof twice, once wrong': (world) =>
    changed(world, (value) => [value.replace(/.$/u, (last) => (last === '0' ? '1' : '0')), value]),
  'the proofs of all other platforms': (_world, others) => ({
    headers: Object.assign({}, ...others.map((other) => other.prove(other.body))),
  }),
  'the proof in the address': (world) => ({
    path: `/hooks/${world.name}?${new URLSearchParams(world.prove(world.body))}`,
    headers: {},
  }),
  'a proof of six minutes ago': (world) =>
    world.coversTime
      ? { headers: world.prove(world.body, { atMs: Date.now() - 6 * minuteMs }) }
      : changed(world, (value) => `${value};t=${Date.now() - 6 * minuteMs}`),
  'a proof of six minutes from now': (world) =>
    world.coversTime
      ? { headers: world.prove(world.body, { atMs: Date.now() + 6 * minuteMs }) }
      : changed(world, (value) => ` ${value} ,`),
  'a compressed body under the proof of the plain one': (world) => ({
    headers: { ...world.prove(world.body), 'content-encoding': 'gzip' },
    body: gzipSync(world.body),
  }),
  'a body of five megabytes': (world) => ({
    headers: world.prove(world.body, { secret: 'another-secret_0123456789' }),
    body: Buffer.alloc(5 * 1024 * 1024, 'x'),
  }),
  'another method': (world) => ({ method: 'PUT', headers: world.prove(world.body) }),
  'a question instead of a call': (world) => ({
    method: 'GET',
    path: `/hooks/${world.name}?hub.mode=subscribe&hub.verify_token=guess&hub.challenge=1`,
    headers: {},
  }),
};

const suite = join(process.env.RELEVO_SHARED ?? '../shared', 'corpora/json-test-suite/test_parsing');

let worlds: readonly HookWorld[];
let it: StormApp;

beforeAll(async () => {
  worlds = await Promise.all([telegramHook(), whatsAppHook(), slackHook()]);
  const variables = Object.assign({}, ...worlds.map((world) => world.variables));
  it = await startStormApp(variables, { clock: createMovableClock() });
  await vi.waitFor(() => expect(it.app.channelStates().map(({ state }) => state)).not.toContain('starting'));
  expect(it.app.channelStates().filter(({ state }) => state !== 'on')).toEqual([]);
}, 120_000);
afterAll(async () => {
  await it?.stop();
  await Promise.all((worlds ?? []).map((world) => world.stop()));
}, 60_000);

/** Calls as it is said, repeated headers too. @returns the status */
function call(
  path: string,
  {
    method = 'POST',
    headers,
    body,
  }: {
    method?: string;
    headers: Readonly<Record<string, string | string[]>>;
    body: string | Buffer | null;
  },
): Promise<number> {
  return new Promise((resolve, reject) => {
    const outgoing = request(`${it.url}${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
    });
    let answered = false;
    outgoing.on('response', (response) => {
      answered = true;
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    // A body that is not read to its end breaks the pipe after the answer.
    outgoing.on('error', (error) => (answered ? undefined : reject(error)));
    outgoing.end(body ?? undefined);
  });
}

/** What calls have left; what the bot says to a right one comes in its own time. */
const rows = () =>
  it.count(`select (select count(*) from relevo.commits where body->'by'->>'kind' = 'customer')
    + (select count(*) from relevo.quarantine) + (select count(*) from relevo.files)`);
const named = (name: string): HookWorld => {
  const world = worlds.find((one) => one.name === name);
  if (world === undefined) throw new Error(`no ${name}`);
  return world;
};
const quiet = async (world: HookWorld): Promise<number> => {
  for (let before = -1; before !== world.calls(); ) {
    before = world.calls();
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  return world.calls();
};

describe.each(['telegram', 'whatsapp-cloud', 'slack'])('calls of %s through the web server', (name) => {
  test(`${Object.keys(forgeries).length} classes of forged ones are refused: nothing stored, nobody called`, async () => {
    const world = named(name);
    const called = await quiet(world);
    const stored = await rows();
    const answers: Record<string, number> = {};
    for (const [what, forge] of Object.entries(forgeries)) {
      const forged = forge(
        world,
        worlds.filter((other) => other !== world),
      );
      const { method = 'POST', headers, path = `/hooks/${name}`, body = world.body } = forged;
      answers[what] = await call(path, { method, headers, body: method === 'GET' ? null : body });
    }
    expect(Object.entries(answers).filter(([, status]) => status < 400 || status >= 500)).toEqual([]);
    expect(await rows()).toBe(stored);
    expect(await quiet(world)).toBe(called);
  }, 60_000);

  test('a right one is stored, and a replay of it changes nothing', async () => {
    const world = named(name);
    const commits = () =>
      it.count(`select count(*) from relevo.commits where body->'by'->>'kind' = 'customer'`);
    const before = await commits();
    for (let time = 0; time < 3; time += 1) {
      const headers = world.prove(world.body);
      expect(await call(`/hooks/${name}`, { headers, body: world.body })).toBe(200);
    }
    expect(await commits()).toBe(before + 1);
  }, 60_000);

  test('a proof is good at its own address only', async () => {
    const world = named(name);
    const stored = await rows();
    for (const other of worlds.filter((one) => one !== world)) {
      const headers = world.prove(world.body);
      expect(await call(`/hooks/${other.name}`, { headers, body: world.body })).toBe(401);
    }
    expect(await call('/hooks/nobody', { headers: world.prove(world.body), body: world.body })).toBe(404);
    expect(await rows()).toBe(stored);
  });

  test.skipIf(!existsSync(suite))(
    `any text with a right proof is acknowledged, and kept where nobody can read it${existsSync(suite) ? '' : ` (${suite} is missing)`}`,
    async () => {
      const world = named(name);
      const files = readdirSync(suite).filter((file) => file.endsWith('.json'));
      expect(files.length).toBeGreaterThan(300);
      const customers = () =>
        it.count(`select count(*) from relevo.commits where body->'by'->>'kind' = 'customer'`);
      const kept = () => it.count('select count(*) from relevo.quarantine where channel = $1', [name]);
      const [before, aside] = [await customers(), await kept()];
      const wrong: string[] = [];
      for (const file of files) {
        const body = readFileSync(join(suite, file));
        const status = await call(`/hooks/${name}`, { headers: world.prove(body), body });
        if (status !== 200) wrong.push(`${file}: ${status}`);
      }
      expect(wrong).toEqual([]);
      expect(await customers()).toBe(before);
      // Some files differ only in bytes that no text has; the others are each kept once.
      expect((await kept()) - aside).toBeGreaterThan(300);
    },
    180_000,
  );
});
