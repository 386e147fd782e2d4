import { tmpdir } from 'node:os';
import { pino } from 'pino';
import type { Channel } from '../../../src/channels/channel.ts';
import type { ChannelDeps } from '../../../src/channels/channel-kind.ts';
import { telegram } from '../../../src/channels/telegram/settings.ts';
import { systemClock } from '../../../src/core/clock.ts';
import { RelevoError } from '../../../src/core/errors.ts';
import { randomIds } from '../../../src/core/ids.ts';

/** A secret as an administrator would choose one. */
export const webhookSecret = 'a-secret-of-our-own_0123456789';

/** What the channel wrote into its log, as one text. */
export interface LogText {
  text: string;
}

/** The channel made of its variables, as the application makes it. */
export function buildTelegram(
  env: Readonly<Record<string, string>>,
  change: Partial<ChannelDeps> = {},
  logged: LogText = { text: '' },
): Promise<Channel> {
  const setup = telegram.read(env);
  if (setup === null || 'faults' in setup) throw new Error(`bad settings: ${JSON.stringify(setup)}`);
  const write = (line: string): void => {
    logged.text += line;
  };
  const log = pino({ level: 'debug' }, { write });
  return setup.create({
    clock: systemClock,
    ids: randomIds,
    log,
    say: (_language, key) => key,
    media: async (id) => {
      throw new RelevoError('no_such_media', `There is no file ${id}.`);
    },
    folder: async () => tmpdir(),
    publicUrl: null,
    ...change,
  });
}
