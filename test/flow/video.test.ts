import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { App } from '../../src/app.ts';
import { createBotkitBot } from '../../src/bot/create-bot.ts';
import type { Clock } from '../../src/core/clock.ts';
import { fakeKnowledge } from '../bot/fake-knowledge.ts';
import { noMailWorld } from '../channels/email/mail-world.ts';
import { botToken, type FakeSlack, signingSecret, startFakeSlack } from '../channels/slack/fake-slack.ts';
import { silentLog } from '../log.ts';
import { openDatabase, type TestDatabase } from '../postgres-server.ts';
import { servers } from '../video/video-world.ts';
import { createAgent, type DeskAgent } from './agent.ts';
import { startApp } from './app.ts';
import { type ChannelWorld, reached } from './customers/customer.ts';
import { emailWorld, telegramWorld, webchatWorld } from './customers/worlds.ts';
import { createSlackHands, members, tierChannels } from './desks/slack-hands.ts';

const noMail = await noMailWorld();
const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** What the desk's interface tells of a call. */
interface WithCall {
  readonly stage: string;
  readonly call: { readonly phase: string; readonly startsAt: string | null } | null;
  readonly callWork: { readonly link: string | null; readonly checks: { readonly browser: string } | null };
  readonly deadline: { readonly kind: string; readonly at: string } | null;
  readonly draft: Readonly<Record<string, string>>;
  readonly stars: number | null;
  readonly outcome: { readonly how: string } | null;
}

describe('a video call, from the wish to the follow-up', () => {
  let database: TestDatabase;
  let telegram: ChannelWorld;
  let webchat: ChannelWorld;
  let email: ChannelWorld | null = null;
  let slack: FakeSlack;
  let app: App;
  let url = '';
  let agent: DeskAgent;
  let folder: string;
  let aheadMs = 0;
  const clock: Clock = { now: () => Date.now() + aheadMs };
  const seen = new Map<ChannelWorld, number>();

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'relevo-flow-'));
    [database, telegram, webchat] = await Promise.all([openDatabase(), telegramWorld(), webchatWorld()]);
    if (noMail === null) email = await emailWorld();
    slack = await startFakeSlack();
    slack.state.channels.set(tierChannels[1] ?? '', { direct: false, messages: [] });
    const config = join(folder, 'relevo.yaml');
    const desk = { tiers: { 1: tierChannels[1] }, agents: [{ slack: members.ana, name: 'Ana' }] };
    await writeFile(config, JSON.stringify({ desk: { slack: desk } }));
    const port = await freePort();
    const variables = {
      ...telegram.variables,
      ...email?.variables,
      ...servers.HS256,
      SLACK_BOT_TOKEN: botToken,
      SLACK_SIGNING_SECRET: signingSecret,
      SLACK_API_URL: slack.url,
      RELEVO_CONFIG: config,
      PORT: String(port),
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      RELEVO_DATA: folder,
    };
    // Its dialogs are the product's own; a base of nothing needs no training.
    const bot = await createBotkitBot({ knowledge: fakeKnowledge([], {}), log: silentLog });
    ({ app, url } = await startApp(database.url, { variables, port, clock, bot }));
    for (const world of [telegram, webchat, email]) world?.connect(url);
    slack.connect(`${url}/hooks/slack`);
    agent = createAgent(() => url);
  }, 120_000);
  afterAll(async () => {
    await app?.stop(1_000);
    await Promise.all([telegram?.stop(), webchat?.stop(), email?.stop(), slack?.stop()]);
    await database?.drop();
    await rm(folder, { recursive: true, force: true });
  }, 120_000);

  async function hears(world: ChannelWorld, pattern: RegExp): Promise<string> {
    const from = seen.get(world) ?? 0;
    const found = await reached(world, from, ({ text }) => pattern.test(text), String(pattern));
    seen.set(world, found.seen);
    return found.one.text;
  }

  /** Says what is wrong until the case has a number. */
  async function handedOver(world: ChannelWorld, wish: string): Promise<number> {
    await world.writes(wish);
    for (let asked = 0; asked < 3; asked += 1) {
      const text = await hears(world, /n\.º \d+|\?/u);
      const number = Number(/n\.º (\d+)/u.exec(text)?.[1] ?? 0);
      if (number !== 0) return number;
      await world.writes(asked === 0 ? 'no abre el programa de facturas' : 'ya lo reinicié');
    }
    throw new Error('nobody was given a number');
  }

  async function opens(number: number): Promise<WithCall> {
    return (await agent.opens(number)) as unknown as WithCall;
  }

  async function acts(number: number, action: string, body: object = {}): Promise<void> {
    const { status, body: answer } = await agent.acts(number, action, body);
    expect(status, JSON.stringify(answer)).toBe(200);
  }

  async function until(number: number, holds: (opened: WithCall) => boolean): Promise<WithCall> {
    const end = Date.now() + 30_000;
    for (;;) {
      const opened = await opens(number);
      if (holds(opened)) return opened;
      if (Date.now() > end) throw new Error(`never: ${JSON.stringify({ ...opened, messages: undefined })}`);
      await pause(50);
    }
  }

  /** Goes in by a link as the waiting page does. @returns where the call is */
  async function enters(link: string): Promise<string> {
    let cookie = '';
    const post = async (what: string, body: object): Promise<Record<string, unknown>> => {
      const answer = await fetch(`${link}/${what}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Origin: url, ...(cookie && { Cookie: cookie }) },
        body: JSON.stringify(body),
      });
      cookie ||= answer.headers.get('set-cookie')?.split(';')[0] ?? '';
      return (await answer.json()) as Record<string, unknown>;
    };
    expect(await post('open', {})).toMatchObject({ kind: 'waiting' });
    const connection = { outcome: 'good', roundTripMs: 40, downKbps: 9_000, upKbps: 3_000 };
    const device = { browser: 'Firefox', system: 'Windows', phone: false, fits: true, canShare: true };
    await post('waiting', { checks: { ...device, camera: 'good', microphone: 'good', connection } });
    const gone = await post('enter', { agreed: true });
    expect(gone).toMatchObject({ kind: 'go' });
    return String(gone.url);
  }

  const linkIn = (text: string) => /http:\/\/127\.0\.0\.1:\d+\/v\/[\da-f]{32}/u.exec(text)?.[0] ?? '';
  let number = 0;
  let link = '';

  // Slack's calls are signed with the real time: this comes before the clock is put forward.
  test('from the desk in Slack: both go in, and the customer keeps what was seen', async () => {
    const customer = await webchatWorld();
    customer.connect(url);
    const hands = createSlackHands(slack);
    const fourth = await handedOver(customer, 'quiero una videollamada');
    await hands.takes('ana', fourth);
    const mine = await hands.invites('ana', fourth);
    const theirs = linkIn(await hears(customer, /te invita a una videollamada ahora/u));
    expect(mine).not.toBe(theirs);
    await enters(theirs);
    await enters(mine);
    await until(fourth, (one) => one.call?.phase === 'live');
    await hands.endsCall('ana', fourth, 'El cable estaba suelto.', 'Revísalo cada mes.');
    expect(await hears(customer, /Lo que vimos/u)).toContain('Revísalo cada mes.');
    await hands.solves('ana', fourth, logbook());
    await hears(customer, /¿Quedó resuelto\?/u);
  }, 120_000);

  test('asked for on Telegram in words, the wish comes with the case', async () => {
    number = await handedOver(telegram, '¿me pueden ver la pantalla?');
    await hears(telegram, /Anotado: prefieres verlo por videollamada/u);
    expect((await opens(number)).call).toMatchObject({ phase: 'requested', by: 'customer' });
    await acts(number, 'claim');
    await hears(telegram, /se ocupa de tu caso/u);
    expect((await opens(number)).call).toMatchObject({ phase: 'requested' });
  }, 120_000);

  test('times are offered as buttons, one is chosen, and the deadline of the case waits', async () => {
    const before = await opens(number);
    expect(before.deadline?.kind).toMatch(/lease|solve/u);
    await acts(number, 'call-times');
    const offered = await hears(telegram, /¿Cuándo te viene bien\?.*las horas son de/su);
    expect(offered).toContain('no sé en qué zona estás');
    await telegram.chooses(await firstTime(), 1);
    const told = await hears(telegram, /quedó para .*calendario/su);
    link = linkIn(told);
    const opened = await until(number, ({ call }) => call?.phase === 'scheduled');
    expect(opened.deadline?.kind).toBe('call');
    expect(opened.callWork.link).toBeNull();
    const calendar = await (await fetch(`${link}/call.ics`)).text();
    expect(calendar).toMatch(/METHOD:REQUEST[\s\S]*SEQUENCE:0/u);
    expect(calendar).not.toContain('facturas');
  }, 120_000);

  test('moved with one tap: the earlier link ends, the appointment is the same one', async () => {
    const first = await (await fetch(`${link}/call.ics`)).text();
    await telegram.chooses('Cambiar la hora', 1);
    await hears(telegram, /¿Cuándo te viene bien\?/u);
    await telegram.chooses(await firstTime(1), 2);
    const old = link;
    link = linkIn(await hears(telegram, /cambiamos la videollamada/u));
    expect(link).not.toBe(old);
    const second = await (await fetch(`${link}/call.ics`)).text();
    expect(second).toContain('SEQUENCE:1');
    const uid = /UID:\S+/u;
    expect(uid.exec(second)?.[0]).toBe(uid.exec(first)?.[0]);
    await expect.poll(async () => (await opened(old)).reason).toBe('cancelled');
    expect((await opened(link)).reason).toBe('too-early');
  }, 120_000);

  test('ten minutes before, both can go in; the agent sees what the customer has', async () => {
    const { call } = await opens(number);
    aheadMs += Date.parse(call?.startsAt ?? '') - clock.now() - 10 * minuteMs;
    expect(linkIn(await hears(telegram, /En diez minutos empieza/u))).toBe(link);
    const invited = await until(number, (one) => one.call?.phase === 'invited');
    const theirs = new URL(await enters(link));
    expect(decodeJwt(theirs.searchParams.get('jwt') ?? '')).toMatchObject({ iss: 'relevo' });
    expect((await opens(number)).callWork.checks).toMatchObject({ browser: 'Firefox' });
    await enters(invited.callWork.link ?? '');
    await until(number, (one) => one.call?.phase === 'live');
  }, 120_000);

  test('afterwards the customer keeps what was seen, and the logbook knows it', async () => {
    aheadMs += 12 * minuteMs;
    const summary = 'La licencia estaba vencida: la renovamos y abre.';
    const advice = 'Activa la renovación automática en Ajustes.';
    await acts(number, 'call-end', { summary, advice, followUpDays: 3 });
    expect(await hears(telegram, /Lo que vimos/u)).toContain(advice);
    const { draft, call, deadline } = await opens(number);
    expect(call).toBeNull();
    expect(deadline?.kind).toMatch(/lease|solve/u);
    expect(draft.execution).toMatch(/Videollamada con .*, 13 min|Videollamada con .*, 12 min/u);
    expect(draft.results).toContain(summary);
    await acts(number, 'solve', { logbook: { ...draft, plan: 'Renovar', understanding: 'No abre' } });
    await hears(telegram, /¿Quedó resuelto\?/u);
    await telegram.chooses('Sí, quedó resuelto', 1);
    await hears(telegram, /videollamada incluida, de 1 a 5/u);
    await telegram.chooses('★★★★★', 5);
    await hears(telegram, /Gracias por tu opinión/u);
  }, 120_000);

  test('three days later they are asked whether all is well, and the case closes', async () => {
    const waiting = await until(number, ({ deadline }) => deadline?.kind === 'follow-up');
    expect(waiting).toMatchObject({ stage: 'solved', stars: 5 });
    aheadMs += 3 * dayMs + minuteMs;
    await hears(telegram, /¿?sigue todo bien/u);
    await telegram.chooses('Sí, todo bien', 1);
    await hears(telegram, /Gracias por contarnos/u);
    expect(await opens(number)).toMatchObject({ stage: 'closed', outcome: { how: 'confirmed' } });
  }, 120_000);

  test('on the web chat: at once, and who does not come is asked what they want instead', async () => {
    const second = await handedOver(webchat, 'quiero una videollamada');
    await acts(second, 'claim');
    await acts(second, 'call', { at: null });
    const invited = linkIn(await hears(webchat, /te invita a una videollamada ahora/u));
    expect((await opened(invited)).kind).toBe('waiting');
    aheadMs += 11 * minuteMs;
    await hears(webchat, /No llegamos a encontrarnos/u);
    await webchat.chooses('Seguir por aquí', 2);
    await hears(webchat, /sin videollamada/u);
    expect((await opened(invited)).kind).toBe('shut');
    await acts(second, 'solve', { logbook: logbook() });
  }, 120_000);

  test.skipIf(noMail !== null)(
    'by e-mail: the appointment comes as a file, and is taken out of the calendar when it is off',
    async () => {
      if (email === null) throw new Error('no mail');
      const third = await handedOver(email, 'hola, quiero una videollamada por favor');
      await acts(third, 'claim');
      await acts(third, 'call', { at: new Date(clock.now() + 2 * dayMs).toISOString() });
      await hears(email, /quedó para/u);
      const file = async (method: RegExp) => {
        const files = (await email?.got()) ?? [];
        return files.some((one) => one.file !== null && method.test(one.file.toString()));
      };
      await expect.poll(() => file(/METHOD:REQUEST/u), { timeout: 20_000 }).toBe(true);
      await acts(third, 'call-cancel');
      await hears(email, /tuvo que cancelar la videollamada/u);
      await expect.poll(() => file(/METHOD:CANCEL/u), { timeout: 20_000 }).toBe(true);
      expect((await opens(third)).call).toBeNull();
    },
    120_000,
  );

  /** The label of one of the times offered last. */
  async function firstTime(at = 0): Promise<string> {
    const { messages } = await agent.opens(number);
    const offered = messages.findLast((one) =>
      (one as { options?: { id: string }[] }).options?.some(({ id }) => id.startsWith('call-at-')),
    ) as { options?: { label: string }[] } | undefined;
    return offered?.options?.[at]?.label ?? '';
  }

  async function opened(at: string): Promise<{ kind: string; reason?: string }> {
    const answer = await fetch(`${at}/open`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Origin: url },
      body: '{}',
    });
    return (await answer.json()) as { kind: string; reason?: string };
  }

  function logbook() {
    return { understanding: 'a', plan: 'b', execution: 'c', results: 'd' };
  }
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
