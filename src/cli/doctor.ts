import { statfs } from 'node:fs/promises';
import type { Command } from 'commander';
import { pino } from 'pino';
import type { Check } from '../channels/channel.ts';
import { type Config, readConfig } from '../config.ts';
import { RelevoError } from '../core/errors.ts';
import { checkedAudit } from './audit.ts';
import { makeDataFolder } from './data-folder.ts';
import { modelLooks } from './doctor-models.ts';
import { signInLooks } from './doctor-sign-in.ts';
import { lookAtVideo } from './doctor-video.ts';

/** One thing looked at: `ok` with what was found, or what is wrong and what to do. */
interface Finding {
  readonly what: string;
  readonly ok: boolean;
  readonly detail: string;
}

const leastFreeBytes = 500_000_000;

/** Whoever waits at a terminal wants to know soon. */
const queueTimeoutMs = 3_000;

/** Adds `relevo doctor`: looks at the settings and at every engine and channel that is set, for real. Exit code 1 when something is wrong. */
export function addDoctor(program: Command, print: (line: string) => void): void {
  program
    .command('doctor')
    .description(
      'Check the settings, the data folder, the database, the queue, the sign-in provider, every channel and the video server, and say what to do.',
    )
    .action(async () => {
      const findings = await examine(({ what, ok, detail }) =>
        print(`${ok ? 'ok   ' : 'WRONG'} ${what}: ${detail}`),
      );
      if (findings.some(({ ok }) => !ok)) process.exitCode = 1;
    });
}

/** @param tell is given each finding as soon as it is there */
async function examine(tell: (finding: Finding) => void): Promise<Finding[]> {
  async function look(what: string, at: () => Promise<string>): Promise<Finding> {
    const finding = await find(what, at);
    tell(finding);
    return finding;
  }
  let config: Config | undefined;
  const settings = await look('settings', async () => {
    config = readConfig();
    const tiers = config.ladder.tiers.map(({ level, name }) => `${level} ${name}`).join(', ');
    return `all understood; tiers: ${tiers}`;
  });
  if (config === undefined) return [settings];
  const { dataFolder, databaseUrl, redisUrl } = config;
  const known = config;
  const folder = await look('data folder', async () => {
    await makeDataFolder(dataFolder);
    const { bavail, bsize } = await statfs(dataFolder);
    if (bavail * bsize > leastFreeBytes) return `${dataFolder} can be written`;
    throw new RelevoError('disk_full', `less than 500 MB is free in ${dataFolder}`, {
      hint: 'Make room, or set RELEVO_DATA.',
    });
  });
  const log = pino({ level: 'silent' });
  let installation: string | undefined;
  const store = await look('store', async () => {
    const { withStore } = await import('./with-store.ts');
    return withStore(known, log, async (open) => {
      await open.check();
      ({ installation } = open);
      const audited = await checkedAudit(open.audit);
      const users = await open.accounts.userCount();
      const base = await open.bases.current();
      const kb =
        base === null
          ? 'no base published'
          : `base version ${base.version}, ${base.articles.length} articles`;
      return `${open.description}; ${kb}; ${users === 0 ? 'no users yet (demo mode)' : `${users} user(s)`}; ${audited}`;
    });
  });
  const queue = await look('queue', async () => {
    const queueUrl = redisUrl ?? databaseUrl;
    if (queueUrl === null) {
      if (store.ok) return 'on the embedded database';
      throw new RelevoError(
        'queue_unknown',
        'it is on the embedded database, which cannot be used (see the store)',
      );
    }
    const { createBullQueue } = await import('../queue/bullmq.ts');
    const open = await createBullQueue({
      url: queueUrl,
      log,
      timeoutMs: queueTimeoutMs,
      volatile: known.redisVolatile,
      ...(installation === undefined ? {} : { installation }),
    });
    try {
      await open.check();
      const { waiting, delayed, active, failed } = await open.counts();
      return `${open.description}; ${waiting} waiting, ${delayed} delayed, ${active} running, ${failed} failed`;
    } finally {
      await open.stop(0);
    }
  });
  const models: Finding[] = [];
  for (const { what, at } of [...modelLooks(known), ...signInLooks(known)]) models.push(await look(what, at));
  const channels: Finding[] = [];
  if (known.channels.length > 0) {
    const { checkChannels } = await import('./doctor-channels.ts');
    for (const { name, checks } of await checkChannels(known, log))
      channels.push(...findingsOf(name, checks));
  }
  channels.push(...findingsOf('video', await lookAtVideo(known)));
  channels.forEach(tell);
  return [settings, folder, store, queue, ...models, ...channels];
}

function findingsOf(what: string, checks: readonly Check[]): Finding[] {
  return checks.map(({ ok, line, hint }) => {
    const detail = hint === undefined ? line : `${line}\n      ${ok ? 'Note' : 'To do'}: ${hint}`;
    return { what, ok, detail };
  });
}

async function find(what: string, at: () => Promise<string>): Promise<Finding> {
  try {
    return { what, ok: true, detail: await at() };
  } catch (error) {
    if (!(error instanceof RelevoError)) throw error;
    const { message, hint } = error;
    return { what, ok: false, detail: hint === undefined ? message : `${message}\n      To do: ${hint}` };
  }
}
