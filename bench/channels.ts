import { createHmac } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import {
  type BenchPlatform,
  emailPlatform,
  slackPlatform,
  telegramPlatform,
  whatsAppPlatform,
} from './channel-platforms.ts';
import { quantile } from './crowd.ts';
import type { Note } from './figure.ts';
import { openLine } from './line.ts';
import { createRelevo } from './relevo.ts';
import { openVisitor } from './visitor.ts';

/** How long all customers of a channel may take to be answered, in milliseconds. */
const patienceMs = 40_000;

/** Between two customers: apart enough that none waits for the work of another. */
const betweenMs = 50;

const question = 'no me funciona el internet';

/** How long it takes on each channel from the platform's call to our call of the platform with the answer. */
export async function measureChannels(
  { quick }: { quick: boolean },
  noteFor: (part: string) => Note,
): Promise<void> {
  const opened = await Promise.all([
    telegramPlatform(),
    whatsAppPlatform(),
    slackPlatform(),
    emailPlatform(),
  ]);
  const platforms = opened.filter((one) => typeof one !== 'string');
  for (const why of opened.filter((one) => typeof one === 'string'))
    console.error(`  email left out: ${why}`);
  const variables = Object.assign({}, ...platforms.map((one) => one.variables));
  // Only its path is used: the platforms here know where Relevo is.
  const relevo = await createRelevo([], { ...variables, PUBLIC_URL: 'http://relevo.test' });
  try {
    const { url } = await relevo.start();
    for (const platform of platforms) platform.connect(url);
    // The first question waits for the bot to load.
    const visitor = await openVisitor(url);
    await visitor.asks(question);
    visitor.close();
    for (const platform of platforms) await measure(platform, quick, noteFor(`channel ${platform.name}`));
    await measureForged(url, platforms, quick, noteFor('forged calls'));
  } finally {
    await relevo.discard();
    await Promise.all(platforms.map((platform) => platform.stop()));
  }
}

async function measure(platform: BenchPlatform, quick: boolean, note: Note): Promise<void> {
  const { customers, pauseMs } = platform;
  const askedAt = new Map<string, number>();
  const count = quick ? Math.ceil(customers / 5) : customers;
  const deliveries: Promise<unknown>[] = [];
  for (let n = 0; n < count; n += 1) {
    const customer = `customer${n}`;
    askedAt.set(customer, Date.now());
    deliveries.push(platform.asks(customer, question));
    await pause(betweenMs);
  }
  await Promise.all(deliveries);
  const until = Date.now() + patienceMs;
  let answered = await platform.answeredAt();
  while ([...askedAt.keys()].some((customer) => !answered.has(customer))) {
    if (Date.now() > until) break;
    await pause(20);
    answered = await platform.answeredAt();
  }
  const tookMs = [...askedAt]
    .map(([customer, at]) => (answered.get(customer) ?? Number.POSITIVE_INFINITY) - at)
    .sort((a, b) => a - b);
  note('customers answered', tookMs.filter(Number.isFinite).length, '');
  note(`payload to outgoing call, p50 (it waits ${pauseMs} ms for more)`, quantile(tookMs, 0.5), 'ms');
  note('payload to outgoing call, p99', quantile(tookMs, 0.99), 'ms');
}

/** A forged call is refused in the same time however much of its proof is right. */
async function measureForged(
  url: string,
  platforms: readonly BenchPlatform[],
  quick: boolean,
  note: Note,
): Promise<void> {
  const line = await openLine(url);
  const body = '{"x":1}';
  const known = Object.assign({}, ...platforms.map((one) => one.variables)) as Record<string, string>;
  const hmac = (key: string | undefined, data: string) =>
    createHmac('sha256', key ?? '')
      .update(data)
      .digest('hex');
  const timestamp = String(Math.floor(Date.now() / 1_000));
  const proofs: readonly (readonly [string, string, string, Record<string, string>])[] = [
    ['telegram', 'X-Telegram-Bot-Api-Secret-Token', known.TELEGRAM_WEBHOOK_SECRET ?? '', {}],
    ['whatsapp-cloud', 'X-Hub-Signature-256', `sha256=${hmac(known.WHATSAPP_CLOUD_APP_SECRET, body)}`, {}],
    [
      'slack',
      'X-Slack-Signature',
      `v0=${hmac(known.SLACK_SIGNING_SECRET, `v0:${timestamp}:${body}`)}`,
      { 'X-Slack-Request-Timestamp': timestamp },
    ],
  ];
  for (const [name, header, proof, more] of proofs) {
    const start = proof.indexOf('=') + 1;
    const flip = (at: number) =>
      `${proof.slice(0, at)}${proof[at] === '0' ? '1' : '0'}${proof.slice(at + 1)}`;
    const timesOf = { first: [] as number[], last: [] as number[] };
    for (let n = 0; n < (quick ? 200 : 1_500); n += 1) {
      for (const which of ['first', 'last'] as const) {
        const forged = flip(which === 'first' ? start : proof.length - 1);
        const began = performance.now();
        const status = await line.post(`/hooks/${name}`, { ...more, [header]: forged }, body);
        timesOf[which].push(performance.now() - began);
        if (status !== 401) throw new Error(`${name}: a forged call was answered ${status}`);
      }
    }
    const median = (times: number[]) =>
      quantile(
        times.sort((a, b) => a - b),
        0.5,
      );
    const difference = (median(timesOf.last) - median(timesOf.first)) * 1_000;
    note(`${name}: wrong in its last byte, slower than in its first, p50`, difference, 'µs', 'noise');
  }
  line.close();
}
