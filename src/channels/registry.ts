import type { Channel } from './channel.ts';
import { createWebChat, type WebChat } from './webchat/index.ts';

/** What channels may be made of. */
export type ChannelDeps = Parameters<typeof createWebChat>[0];

/** Every channel of this installation, by name, and the web chat by itself: the pages are served from it. */
export interface Channels {
  readonly all: ReadonlyMap<string, Channel>;
  readonly webchat: Channel & WebChat;
}

/** Makes the channels that are switched on. A new channel is one line here. */
export function createChannels(deps: ChannelDeps): Channels {
  const webchat = createWebChat(deps);
  const channels: readonly Channel[] = [webchat];
  return { all: new Map(channels.map((channel) => [channel.name, channel])), webchat };
}
