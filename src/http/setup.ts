import { timingSafeEqual } from 'node:crypto';
import type { Clock } from '../core/clock.ts';
import type { Ids } from '../core/ids.ts';
import { secretHash } from '../core/ids.ts';
import type { Accounts, User } from '../store/accounts.ts';
import type { Cursors } from '../store/cursors.ts';

/** The one-time right to create the first administrator. */
export interface Setup {
  /** Prints into the link; only its hash is kept here. Null when there are users already. */
  readonly token: string | null;
  /** Creates the first user. */
  complete(token: string, makeUser: () => Promise<User>): Promise<'done' | 'wrong-token' | 'already-set-up'>;
}

/** A link that a process printed; `at` in epoch milliseconds. */
interface Printed {
  readonly hash: string;
  readonly at: number;
}

const cursor = 'setup/links';

/** How long a link is taken by other processes than the one that printed it. */
const goodForMs = 24 * 60 * 60_000;

/** The newest links that are remembered. */
const mostLinks = 16;

/**
 * @param deps.shared where processes tell each other which links they printed: a proxy may bring a link to any of them.
 * Absent: each takes its own alone
 * @returns the setup of this start: its token is dead after use, and as soon as there is a user
 */
export async function createSetup(deps: {
  accounts: Accounts;
  ids: Ids;
  shared?: { cursors: Pick<Cursors, 'get' | 'replace'>; clock: Clock };
}): Promise<Setup> {
  const { accounts, ids, shared } = deps;
  const token = (await accounts.userCount()) === 0 ? `${ids.id()}${ids.id()}` : null;
  const own = token === null ? null : secretHash(token);
  if (own !== null) await tell(own);

  async function printed(): Promise<{ text: string | null; links: readonly Printed[] }> {
    if (shared === undefined) return { text: null, links: [] };
    const text = await shared.cursors.get(cursor);
    const all = text === null ? [] : (JSON.parse(text) as readonly Printed[]);
    return { text, links: all.filter(({ at }) => at > shared.clock.now() - goodForMs) };
  }

  async function tell(hash: string): Promise<void> {
    if (shared === undefined) return;
    for (;;) {
      const { text, links } = await printed();
      const next = [...links, { hash, at: shared.clock.now() }].slice(-mostLinks);
      if (await shared.cursors.replace(cursor, text, JSON.stringify(next))) return;
    }
  }

  return {
    token,
    async complete(offered, makeUser) {
      if ((await accounts.userCount()) > 0) return 'already-set-up';
      const hash = Buffer.from(secretHash(offered));
      const known = [...(own === null ? [] : [own]), ...(await printed()).links.map((link) => link.hash)];
      if (!known.some((one) => timingSafeEqual(Buffer.from(one), hash))) return 'wrong-token';
      return (await accounts.addFirstUser(await makeUser())) ? 'done' : 'already-set-up';
    },
  };
}
