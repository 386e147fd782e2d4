import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Channel } from '../../../src/channels/channel.ts';
import type { ChannelDeps } from '../../../src/channels/channel-kind.ts';
import { createWhatsAppWeb, type WhatsAppWebSettings } from '../../../src/channels/whatsapp-web/index.ts';
import { systemClock } from '../../../src/core/clock.ts';
import { RelevoError } from '../../../src/core/errors.ts';
import { randomIds } from '../../../src/core/ids.ts';
import { silentLog } from '../../log.ts';

/** Impatient: what takes minutes with a phone takes moments in a test. */
export const moments = {
  pingEveryMs: 20,
  silentMs: 200,
  comeUpMs: 5_000,
  firstWaitMs: 10,
  longestWaitMs: 80,
  steadyMs: 60_000,
  textMs: 300,
  fileMs: 300,
  closeMs: 200,
};

/** A channel before a browser's process of the test's own. Any program is a browser to it. */
export function buildWhatsAppWeb(
  settings: Partial<WhatsAppWebSettings>,
  change: Partial<ChannelDeps> = {},
): Channel {
  return createWhatsAppWeb(
    { chromium: process.execPath, times: moments, ...settings },
    {
      clock: systemClock,
      ids: randomIds,
      log: silentLog,
      say: (_language, key) => key,
      media: async (id) => {
        throw new RelevoError('no_such_media', `There is no file ${id}.`);
      },
      folder: () => mkdtemp(join(tmpdir(), 'relevo-wweb-')),
      publicUrl: null,
      ...change,
    },
  );
}

/** Resolves once it is so. */
export async function until(condition: () => boolean, withinMs = 5_000): Promise<void> {
  const end = performance.now() + withinMs;
  while (!condition()) {
    if (performance.now() > end) throw new Error('it never came to be');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
