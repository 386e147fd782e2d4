import type { Logger } from 'pino';
import type { Faults } from './app-faults.ts';
import type { Channel } from './channels/channel.ts';
import type { Config } from './config.ts';
import type { Clock } from './core/clock.ts';
import type { Ids } from './core/ids.ts';
import type { Ladder } from './ladder-file.ts';
import { type CollectDeps, createCollect } from './media/collect.ts';
import { createDelivery, type Delivery, type DeliveryDeps } from './outbox/deliver.ts';
import { createPace } from './outbox/pace.ts';
import type { Dispatch } from './queue/dispatch.ts';
import type { Queue } from './queue/queue.ts';
import type { Store } from './store/store.ts';

/** What carrying effects out and bringing files here is made of. */
export interface AppOutboxDeps
  extends Pick<DeliveryDeps, 'stateOf' | 'call'>,
    Pick<CollectDeps, 'folder' | 'maxBytes' | 'changed'> {
  readonly config: Config;
  readonly store: Pick<Store, 'outbox' | 'files'>;
  readonly channel: (name: string) => Channel | undefined;
  readonly faults: Pick<Faults, 'channel'>;
  /** As relevo.yaml says now. */
  readonly ladder: () => Ladder;
  readonly queue: Pick<Queue, 'add'>;
  readonly wake: Dispatch['wake'];
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Logger;
}

/** What leaves, and what is fetched because of it. */
export interface AppOutbox {
  readonly delivery: Delivery;
  /** Brings a conversation's files here. */
  readonly collect: (conversation: string) => Promise<void>;
}

/** Makes both; a conversation's work that is due later wakes itself. */
export function openOutbox(deps: AppOutboxDeps): AppOutbox {
  const { config, store, channel, faults, ladder, queue, wake, clock, ids, log } = deps;
  const delivery = createDelivery({
    outbox: store.outbox,
    channel: (name) => faults.channel(channel(name)),
    ...(config.faults?.leaseMs == null ? {} : { leaseMs: config.faults.leaseMs }),
    stateOf: deps.stateOf,
    expect: async (media, { id, reach }, seq) => {
      await store.files.addRemote({ media, channel: reach.channel, conversation: id, at: clock.now() });
      wake({ kind: 'fetch', conversation: id, seq });
    },
    pace: createPace(),
    sleep: (delayMs) => new Promise((resolve) => setTimeout(resolve, delayMs)),
    unknownPolicy: (name) => ladder().unknownOutcome[name] ?? 'resend',
    offer: (conversation, seq) => queue.add({ kind: 'offer', conversation, seq }),
    call: deps.call,
    wakeAt: (conversation, seq, at) => wake({ kind: 'deliver', conversation, seq }, at - clock.now()),
    clock,
    ids,
    log,
  });
  const collect = createCollect({
    files: store.files,
    folder: deps.folder,
    channel,
    maxBytes: deps.maxBytes,
    clock,
    changed: deps.changed,
    wakeAt: (conversation, at) => wake({ kind: 'fetch', conversation, seq: 0 }, at - clock.now()),
    log,
  });
  return { delivery, collect };
}
