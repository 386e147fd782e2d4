import { styleText } from 'node:util';
import type { Logger } from 'pino';
import { type App, createApp } from './app.ts';
import { channelKinds } from './channels/registry.ts';
import type { Config } from './config.ts';
import { systemClock } from './core/clock.ts';
import { RelevoError } from './core/errors.ts';
import { randomIds } from './core/ids.ts';
import type { Role } from './role.ts';
import { startupReport } from './startup-report.ts';
import { startEmbedded } from './store/postgres/embedded.ts';

/** How Relevo is started. */
export interface Start {
  readonly config: Config;
  readonly log: Logger;
  readonly version: string;
  readonly role: Role;
  /** Called once it works. */
  readonly ready: () => void;
}

/**
 * Starts Relevo and runs until it is told to stop (Ctrl-C, SIGTERM); then finishes what runs and stops everything,
 * the embedded database too.
 * @param print writes lines for people
 * The data folder must be there.
 * @throws RelevoError when an engine cannot be started or reached, or the port cannot be listened on
 */
export async function start(
  { config, log, version, role, ready }: Start,
  print: (line: string) => void,
): Promise<void> {
  if (role !== 'all' && config.databaseUrl === null) {
    throw new RelevoError(
      'database_missing',
      `a process of role ${role} shares its data with others: it needs a database server`,
      {
        hint: 'Set DATABASE_URL, or MONGODB_URL and REDIS_URL; or start it without --role.',
      },
    );
  }
  const began = performance.now();
  const told = toldToStop();
  // Loading Botkit holds up this thread for a second or two, and for many on a busy machine: done later, the database's
  // time limits pass meanwhile. Where it fails, the app says so and goes on without the bot.
  if (role !== 'web') await import('./bot/botkit/engine.ts').catch(() => undefined);
  const embedded =
    config.databaseUrl === null ? await startEmbedded({ dataFolder: config.dataFolder, log }) : null;
  try {
    const databaseUrl = config.databaseUrl ?? embedded?.url ?? '';
    const app = await createApp({
      config,
      databaseUrl,
      log,
      clock: systemClock,
      ids: randomIds,
      version,
      role,
    });
    try {
      await app.start();
      const address = await listen(app, config);
      const seconds = (performance.now() - began) / 1_000;
      print(
        startupReport({
          config,
          app,
          role,
          channels: app.channelStates(),
          kinds: channelKinds,
          address,
          dataFolder: embedded?.folder ?? null,
          seconds,
          ...(process.stdout.isTTY && process.stdout.hasColors()
            ? { strong: (words: string) => styleText('bold', words) }
            : {}),
        }),
      );
      ready();
      await told;
      print('Stopping: finishing what runs …');
    } finally {
      await app.stop();
    }
  } finally {
    await embedded?.stop();
  }
  print('Stopped.');
}

async function listen(app: App, { host, port }: Config): Promise<string> {
  try {
    return await app.server.listen({ host, port });
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    const why = code === 'EADDRINUSE' ? 'somebody listens there already' : String(code ?? cause);
    throw new RelevoError('port_unusable', `nothing can listen on ${host}, port ${port}: ${why}`, {
      hint: 'Stop whoever listens there, or set another PORT (0: any free one) or HOST.',
      cause,
    });
  }
}

/** Resolves at the first Ctrl-C or SIGTERM; the second one is left to end the process at once. */
function toldToStop(): Promise<void> {
  return new Promise((resolve) => {
    const stop = () => {
      process.removeListener('SIGINT', stop);
      process.removeListener('SIGTERM', stop);
      resolve();
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
  });
}
