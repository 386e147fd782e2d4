import { mkdir } from 'node:fs/promises';
import type { Logger } from 'pino';
import { createApp } from './app.ts';
import type { Config } from './config.ts';
import { systemClock } from './core/clock.ts';
import { randomIds } from './core/ids.ts';
import { startupReport } from './startup-report.ts';
import { startEmbedded } from './store/postgres/embedded.ts';

/**
 * Starts Relevo and runs until it is told to stop (Ctrl-C, SIGTERM); then finishes what runs and stops everything,
 * the embedded database too.
 * @param print writes lines for people
 * @throws RelevoError when an engine cannot be started or reached, or the port is taken
 */
export async function start(
  { config, log, version }: { config: Config; log: Logger; version: string },
  print: (line: string) => void,
): Promise<void> {
  const began = performance.now();
  const told = toldToStop();
  await mkdir(config.dataFolder, { recursive: true });
  const embedded =
    config.databaseUrl === null ? await startEmbedded({ dataFolder: config.dataFolder, log }) : null;
  try {
    const databaseUrl = config.databaseUrl ?? embedded?.url ?? '';
    const app = await createApp({ config, databaseUrl, log, clock: systemClock, ids: randomIds, version });
    try {
      await app.start();
      const address = await app.server.listen({ host: config.host, port: config.port });
      const seconds = (performance.now() - began) / 1_000;
      print(startupReport({ config, app, address, dataFolder: embedded?.folder ?? null, seconds }));
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
