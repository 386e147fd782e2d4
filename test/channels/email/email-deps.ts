import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import type { ChannelDeps } from '../../../src/channels/channel-kind.ts';
import { systemClock } from '../../../src/core/clock.ts';
import { RelevoError } from '../../../src/core/errors.ts';
import { randomIds } from '../../../src/core/ids.ts';

/** What the email channel is made of in tests. @param files bytes by id */
export function emailDeps(files: ReadonlyMap<string, Uint8Array> = new Map()): ChannelDeps {
  let folder: Promise<string> | undefined;
  return {
    clock: systemClock,
    ids: randomIds,
    log: pino({ level: process.env.EMAIL_TEST_LOG ?? 'silent' }),
    say: (_, key) => key,
    async media(id) {
      const bytes = files.get(id);
      if (bytes === undefined) throw new RelevoError('no_such_media', 'there is no such file');
      const body = (async function* () {
        yield bytes;
      })();
      return { type: 'application/octet-stream', bytes: bytes.length, body };
    },
    folder: () => {
      folder ??= mkdtemp(join(tmpdir(), 'relevo-email-'));
      return folder;
    },
    publicUrl: null,
  };
}
