import type { Logger } from 'pino';
import { type ChannelStates, openChannelStates } from './app-channel-states.ts';
import type { Faults } from './app-faults.ts';
import type { AppRoles } from './app-roles.ts';
import type { Channel } from './channels/channel.ts';
import { createListening, type Listening } from './channels/listening.ts';
import type { Address } from './core/message.ts';
import { createInlet, type InletDeps } from './inbox/inlet.ts';
import { createJoining } from './inbox/joining.ts';
import { createReadReaction } from './inbox/read-reaction.ts';
import type { Ladder } from './ladder-file.ts';
import type { Store } from './store/store.ts';

/** What taking in what platforms bring is made of. */
export interface AppInboxDeps
  extends Pick<InletDeps, 'conversations' | 'keepBytes' | 'changed' | 'clock' | 'ids'> {
  readonly store: Store;
  readonly channels: readonly Channel[];
  readonly roles: Pick<AppRoles, 'channelLeaderOf' | 'cursorsOf'>;
  readonly faults: Pick<Faults, 'inlet'>;
  /** As relevo.yaml says now. */
  readonly ladder: () => Ladder;
  readonly brandOf: (address: Address) => string | null;
  readonly log: Logger;
}

/** Makes the way in of every channel, what starts and stops them, and what tells how they are. */
export function openInbox(deps: AppInboxDeps): Listening & Pick<ChannelStates, 'listed'> {
  const { store, channels, roles, faults, ladder, brandOf, log, ...rest } = deps;
  const { clock, ids } = rest;
  const shared: InletDeps = {
    ...rest,
    store,
    readReaction: createReadReaction(store.outbox, store.log),
    joining: createJoining({
      people: store.people,
      clock,
      ids,
      brandOf,
      otherChannels(than) {
        const others = channels.filter(
          ({ name }) => name !== than.channel && ladder().serves(brandOf(than), name),
        );
        return [...new Set(others.map(({ title }) => title))];
      },
    }),
  };
  const listening = createListening({
    channels,
    inletOf: (name) =>
      faults.inlet(createInlet(name, { ...shared, store: { ...store, cursors: roles.cursorsOf(name) } })),
    leaderOf: roles.channelLeaderOf,
    log,
  });
  const states = openChannelStates({ channels, runs: listening.runs, cursors: store.cursors, clock, log });
  return {
    ...listening,
    listed: states.listed,
    async start() {
      states.start();
      await listening.start();
    },
    async stop() {
      states.stop();
      await listening.stop();
    },
  };
}
