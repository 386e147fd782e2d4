import { describe } from 'vitest';
import type { Store } from '../../src/store/store.ts';
import { describeAccounts } from './store-accounts.ts';
import { describeAudit } from './store-audit.ts';
import { describeBases } from './store-bases.ts';
import { describeCases } from './store-cases.ts';
import { describeChannelStores } from './store-channels.ts';
import { describeFacts } from './store-facts.ts';
import { describeGaps } from './store-gaps.ts';
import { describeInvitations } from './store-invitations.ts';
import { describeLeases } from './store-leases.ts';
import { describeLog } from './store-log.ts';
import { describeMissed } from './store-missed.ts';
import { describeOutbox } from './store-outbox.ts';
import { describeRebuild } from './store-rebuild.ts';
import { describeSignals } from './store-signals.ts';
import { describeUndone } from './store-undone.ts';

/** A store on data of its own. */
export interface OpenStore {
  readonly store: Store;
  /** A second process on the same data; stopped by `cleanup`. */
  another(): Promise<Store>;
  /** Stops what was opened and removes the data. */
  cleanup(): Promise<void>;
}

/**
 * What every store promises, whatever its engine.
 * @param open makes an empty store, each time another
 */
export function describeStore(name: string, open: () => Promise<OpenStore>): void {
  describe(`${name} as a store`, () => {
    describeLog(open);
    describeOutbox(open);
    describeUndone(open);
    describeChannelStores(open);
    describeLeases(open);
    describeCases(open);
    describeBases(open);
    describeGaps(open);
    describeAudit(open);
    describeAccounts(open);
    describeInvitations(async () => {
      const { store, another, cleanup } = await open();
      return { one: store.invitations, two: (await another()).invitations, cleanup };
    });
    describeFacts(open);
    describeMissed(open);
    describeSignals(open);
    describeRebuild(open);
  });
}
