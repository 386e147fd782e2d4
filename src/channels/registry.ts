import type { Channel } from './channel.ts';
import type { ChannelDeps, ChannelKind, ChannelSetup } from './channel-kind.ts';
import type { ChannelPreview } from './channel-preview.ts';
import { email } from './email/settings.ts';
import { slack } from './slack/settings.ts';
import { telegram } from './telegram/settings.ts';
import { createWebChat, type WebChat } from './webchat/index.ts';
import { preview as webChatPreview } from './webchat/preview.ts';
import { whatsAppCloud } from './whatsapp-cloud/settings.ts';
import { whatsAppWeb } from './whatsapp-web/settings.ts';

/** Every kind of channel that can be switched on by its variables. A new channel is one line here. */
export const channelKinds: readonly ChannelKind[] = [email, telegram, whatsAppCloud, slack, whatsAppWeb];

/** What every channel that there can be is called. */
export const channelNames: readonly string[] = ['webchat', ...channelKinds.map(({ name }) => name)];

/** What each of them makes of a message, whether it is switched on here or not. */
export const channelPreviews: readonly ChannelPreview[] = [
  webChatPreview,
  ...channelKinds.flatMap(({ preview }) => preview ?? []),
];

/** Every channel of this installation, by name, and the web chat by itself: the pages are served from it. */
export interface Channels {
  readonly all: ReadonlyMap<string, Channel>;
  readonly webchat: Channel & WebChat;
}

/**
 * Makes the channels that are switched on, and the web chat, which always is.
 * @param setups as the settings describe them
 * @param depsOf what a channel is made of, by its name
 */
export async function createChannels(
  webchatDeps: Parameters<typeof createWebChat>[0],
  setups: readonly ChannelSetup[],
  depsOf: (name: string) => ChannelDeps,
): Promise<Channels> {
  const webchat = createWebChat(webchatDeps);
  const others = await Promise.all(setups.map((setup) => setup.create(depsOf(setup.name))));
  const channels: readonly Channel[] = [webchat, ...others];
  return { all: new Map(channels.map((channel) => [channel.name, channel])), webchat };
}
