import { tmpdir } from 'node:os';
import type { Logger } from 'pino';
import { type App, createApp } from '../../src/app.ts';
import type { Bot } from '../../src/bot/bot.ts';
import type { ChannelSetup } from '../../src/channels/channel-kind.ts';
import { readConfig } from '../../src/config.ts';
import { type Clock, systemClock } from '../../src/core/clock.ts';
import type { BotDecision } from '../../src/core/command.ts';
import { randomIds } from '../../src/core/ids.ts';
import type { Role } from '../../src/role.ts';
import { storyEngines } from '../engines.ts';
import { silentLog } from '../log.ts';

/** What a story's app may differ in. */
export interface AppVariant {
  readonly bot?: Bot;
  /** How long one bot turn may take, in milliseconds. */
  readonly botAnswerMs?: number;
  readonly redisUrl?: string;
  /** Variables beside those of every test. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Channels beside those that the variables switch on. */
  readonly channels?: readonly ChannelSetup[];
  /** The system's, unless told. */
  readonly clock?: Clock;
  /** What this process does; all of it when left out. */
  readonly role?: Role;
  /** 0: any free one. */
  readonly port?: number;
  readonly log?: Logger;
}

/** A started Relevo in this process, on a real database, without a port of its own for the pages. */
export async function startApp(
  databaseUrl: string,
  variant: AppVariant = {},
): Promise<{ app: App; url: string }> {
  const read = readConfig({ PORT: '0', RELEVO_DATA: tmpdir(), ...variant.variables });
  const { bot, botAnswerMs = read.ladder.botAnswerMs, log = silentLog } = variant;
  const engines = await storyEngines(databaseUrl);
  const app = await createApp({
    config: {
      ...read,
      redisUrl: variant.redisUrl ?? engines.redisUrl,
      ladder: { ...read.ladder, botAnswerMs },
      channels: [...read.channels, ...(variant.channels ?? [])],
    },
    databaseUrl: engines.databaseUrl,
    log,
    clock: variant.clock ?? systemClock,
    ids: randomIds,
    version: 'test',
    ...(variant.role === undefined ? {} : { role: variant.role }),
    ...(bot === undefined ? {} : { bot: async () => bot }),
  });
  const url = await app.server.listen({ host: '127.0.0.1', port: variant.port ?? 0 });
  await app.start();
  return { app, url };
}

/** A bot that answers everything with the same words. */
export function echoBot(text = 'una respuesta'): Bot {
  const decision: BotDecision = {
    language: 'es',
    say: [{ text, options: [], sources: [] }],
    action: { kind: 'wait' },
    memory: null,
    outcome: { kind: 'answered' },
    intake: null,
  };
  return { take: async () => decision };
}
