import type { ChannelDeps } from '../../../src/channels/channel-kind.ts';
import {
  createWhatsAppCloud,
  type WhatsAppCloudSettings,
} from '../../../src/channels/whatsapp-cloud/index.ts';
import { RelevoError } from '../../../src/core/errors.ts';
import { randomIds } from '../../../src/core/ids.ts';
import { silentLog } from '../../log.ts';
import type { FakeWhatsApp } from './fake-whatsapp.ts';

/** A file of ours, by its id. */
export const ourFiles = new Map<string, { type: string; bytes: Uint8Array }>();

/** A channel that talks to a fake platform and is called by it. */
export function channelAt(
  fake: FakeWhatsApp,
  change: Partial<WhatsAppCloudSettings> = {},
  deps: Partial<ChannelDeps> = {},
) {
  const { token, phoneId, appSecret, now } = fake.settings;
  const channel = createWhatsAppCloud(
    { token, phoneId, appSecret, verifyToken: 'palabra', apiRoot: fake.url, template: null, ...change },
    {
      clock: { now },
      ids: randomIds,
      log: silentLog,
      say: (_, key) => key,
      async media(id) {
        const file = ourFiles.get(id);
        if (file === undefined) throw new RelevoError('no_such_media', 'no such file');
        return {
          type: file.type,
          bytes: file.bytes.length,
          body: (async function* () {
            yield file.bytes;
          })(),
        };
      },
      folder: async () => '',
      publicUrl: 'https://relevo.test',
      ...deps,
    },
  );
  const { webhook } = channel;
  if (webhook === undefined) throw new Error('no webhook');
  fake.connect(webhook);
  return { channel, webhook };
}
