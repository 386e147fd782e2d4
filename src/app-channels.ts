import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { type Channels, createChannels } from './channels/registry.ts';
import type { Config } from './config.ts';
import type { Clock } from './core/clock.ts';
import type { Conversation } from './core/conversation.ts';
import { RelevoError } from './core/errors.ts';
import type { Ids } from './core/ids.ts';
import type { Say } from './core/phrase.ts';
import type { MediaFolder } from './media/media-folder.ts';
import type { SlackApp } from './slack/slack-app.ts';
import { createSlackApps } from './slack/slack-apps.ts';
import type { Store } from './store/store.ts';

/** What the channels are made of. */
export interface AppChannelsDeps {
  readonly config: Config;
  readonly store: Store;
  readonly folder: MediaFolder;
  /** A conversation as it stands, no older than a commit of it. */
  readonly stateOf: (conversation: string, seq: number) => Promise<Conversation>;
  readonly say: Say;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Logger;
}

/** Makes the channels that are switched on, and gives the Slack app that one of them talks through; null when none does. */
export async function openChannels(
  deps: AppChannelsDeps,
): Promise<Channels & { readonly slackApp: SlackApp | null }> {
  const { config, store, folder, say, clock, ids, log } = deps;
  const slackApps = createSlackApps({ clock, log, publicUrl: config.publicUrl });
  let slackApp: SlackApp | null = null;
  const webChat = {
    log: store.log,
    signals: store.signals,
    files: { get: store.files.get, read: folder.read },
    ownerOf: store.people.resolve,
    stateOf: deps.stateOf,
  };
  const channels = await createChannels(webChat, config.channels, (name) => ({
    clock,
    ids,
    log: log.child({ channel: name }),
    say,
    media: async (id) => {
      const file = await store.files.get(id);
      if (!file?.kept) throw new RelevoError('no_such_media', 'there is no such file');
      return { type: file.kept.type, bytes: file.kept.bytes, body: await folder.read(id) };
    },
    folder: async () => {
      const own = join(config.dataFolder, 'channels', name);
      await mkdir(own, { recursive: true, mode: 0o700 });
      return own;
    },
    publicUrl: config.publicUrl,
    slack: async (settings) => {
      slackApp = await slackApps(settings);
      return slackApp;
    },
  }));
  return { ...channels, slackApp };
}
