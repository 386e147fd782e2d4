import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { createSay } from '../bot/phrases/say.ts';
import type { Check } from '../channels/channel.ts';
import type { ChannelSetup } from '../channels/channel-kind.ts';
import type { Config } from '../config.ts';
import { systemClock } from '../core/clock.ts';
import { RelevoError } from '../core/errors.ts';
import { randomIds } from '../core/ids.ts';
import { createSlackApps } from '../slack/slack-apps.ts';

/** Longer than any of a channel's own time limits, with several calls after one another. */
const withinMs = 45_000;

/**
 * Checks every secret of the channels that are switched on by a real call, all channels at once.
 * @returns for each channel, in the order of the settings, what was found
 */
export async function checkChannels(
  { channels, dataFolder, publicUrl }: Pick<Config, 'channels' | 'dataFolder' | 'publicUrl'>,
  log: Logger,
): Promise<{ readonly name: string; readonly checks: readonly Check[] }[]> {
  const slack = createSlackApps({ clock: systemClock, log, publicUrl });
  const say = createSay();

  async function check(setup: ChannelSetup): Promise<readonly Check[]> {
    const channel = await setup.create({
      clock: systemClock,
      ids: randomIds,
      log,
      say,
      media: async () => {
        throw new RelevoError('no_such_media', 'a check sends no files');
      },
      folder: async () => {
        const own = join(dataFolder, 'channels', setup.name);
        await mkdir(own, { recursive: true, mode: 0o700 });
        return own;
      },
      publicUrl,
      slack,
    });
    try {
      return (await channel.check?.()) ?? [{ ok: true, line: 'has nothing to check' }];
    } finally {
      await channel.stop();
    }
  }

  return Promise.all(
    channels.map(async (setup) => ({
      name: setup.name,
      checks: await inTime(check(setup)).catch((error: unknown) => [faultOf(error)]),
    })),
  );
}

function faultOf(error: unknown): Check {
  const line = error instanceof Error ? error.message : 'it could not be checked';
  const hint = error instanceof RelevoError ? error.hint : undefined;
  return { ok: false, line, ...(hint === undefined ? {} : { hint }) };
}

async function inTime(checks: Promise<readonly Check[]>): Promise<readonly Check[]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<readonly Check[]>((resolve) => {
    const line = `did not answer within ${withinMs / 1_000} s`;
    timer = setTimeout(() => resolve([{ ok: false, line }]), withinMs);
  });
  return Promise.race([checks, late]).finally(() => clearTimeout(timer));
}
