import type { Logger } from 'pino';
import type { Capabilities } from './channels/channel.ts';
import type { Clock } from './core/clock.ts';
import type { Ids } from './core/ids.ts';
import type { Duties, Leader, Leadership } from './core/leadership.ts';
import type { Handler, Work } from './queue/queue.ts';
import type { Role } from './role.ts';
import type { Cursors } from './store/cursors.ts';
import { createFencedCursors } from './store/fenced-cursors.ts';
import { createLeader } from './store/leader.ts';
import { createLeadership } from './store/leadership.ts';
import type { Store } from './store/store.ts';

/** What sharing an installation's work between its processes needs. */
export interface AppRolesDeps {
  readonly role: Role;
  readonly store: Pick<Store, 'leases' | 'cursors' | 'signals'>;
  /** What of a channel says whether one process alone may run it; undefined when it is switched off. */
  readonly can: (channel: string) => Pick<Capabilities, 'oneProcess'> | undefined;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Logger;
}

/** Work that another process has to do. */
type Elsewhere = Pick<Work, 'conversation'> & { readonly kind: 'deliver' | 'fetch' };

/** Which process of an installation does what. */
export interface AppRoles {
  /** Whether this process runs turns, deliveries and deadlines. */
  readonly works: boolean;
  /** Whether this process takes what comes over HTTP. */
  readonly serves: boolean;
  /** Who does what only one process may do; a process that does not work never leads. */
  leadershipOf(name: string): Leadership;
  /** Leads with duties where this process may; null where it does not work. */
  leaderOf(name: string, duties: Duties): Leader | null;
  /** Who runs a channel that one process alone may run. */
  channelLeaderOf(channel: string, duties: Duties): Leader | null;
  /** What a channel remembers: with the fence of its process where one alone may run it. */
  cursorsOf(channel: string): Pick<Cursors, 'get' | 'set'>;
  /**
   * Does work of a conversation here only where its channel is run here, else tells the process that runs it.
   * @param runsHere whether this process may send to the conversation's customer
   */
  where(
    kind: Elsewhere['kind'],
    runsHere: (conversation: string) => Promise<boolean>,
    handler: Handler,
  ): Handler;
  /** Hears of work that other processes found and may not do. @returns ends the hearing */
  hear(take: (work: Elsewhere) => void): () => void;
}

const topicOf = ({ kind, conversation }: Elsewhere) => `work/${kind}/${conversation}`;

/** Never leads: for a process that does no work. */
const nobody: Leadership = {
  leads: () => false,
  fence: () => 0,
  claim: async () => false,
  leave: async () => undefined,
  everyMs: 60_000,
};

/** Shares the work of an installation between its processes, by leases and signals of their store. */
export function openRoles({ role, store, can, clock, ids, log }: AppRolesDeps): AppRoles {
  const works = role !== 'web';
  const self = ids.id();
  const leaderships = new Map<string, Leadership>();

  function leadershipOf(name: string): Leadership {
    if (!works) return nobody;
    const known = leaderships.get(name) ?? createLeadership(name, { leases: store.leases, clock, self });
    leaderships.set(name, known);
    return known;
  }

  function leaderOf(name: string, duties: Duties): Leader | null {
    if (!works) return null;
    // A process that does everything is mostly the only one.
    const newsLevel = role === 'all' ? 'debug' : 'info';
    return createLeader({ leadership: leadershipOf(name), duties, name, log, newsLevel });
  }

  const nameOf = (channel: string) => `channel/${channel}`;

  return {
    works,
    serves: role !== 'worker',
    leadershipOf,
    leaderOf,
    channelLeaderOf: (channel, duties) => leaderOf(nameOf(channel), duties),
    cursorsOf(channel) {
      const alone = can(channel)?.oneProcess ?? false;
      return alone ? createFencedCursors(store.cursors, leadershipOf(nameOf(channel))) : store.cursors;
    },
    where: (kind, runsHere, handler) => async (work) => {
      if (await runsHere(work.conversation)) return await handler(work);
      // Where nobody hears it, the sweeper of the process that runs the channel finds the work.
      store.signals.publish(topicOf({ kind, conversation: work.conversation }));
    },
    hear(take) {
      return store.signals.subscribe((topic) => {
        const [, kind, conversation] = /^work\/(deliver|fetch)\/(.+)$/su.exec(topic) ?? [];
        if (conversation === undefined) return;
        if (kind === 'deliver' || kind === 'fetch') take({ kind, conversation });
      });
    },
  };
}
