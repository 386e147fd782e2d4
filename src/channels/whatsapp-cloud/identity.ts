import { createLanes } from '../../core/lanes.ts';
import type { Inlet } from '../channel.ts';

/** What the platform calls somebody in one webhook: by phone, by a business-scoped user id, or both; never neither. */
export interface Who {
  /** Digits only. */
  readonly phone: string | null;
  readonly userId: string | null;
  /** When it was said, epoch seconds by the platform's clock; 0: unknown. */
  readonly at: number;
}

/** Where messages to somebody go. */
export type Route = Pick<Who, 'phone' | 'userId'>;

type Memory = Pick<Inlet, 'cursor' | 'saveCursor'>;

/** Knows people again, by whichever id the platform shows. */
export interface Identities {
  /** The stable id of whoever wrote; the same whether the phone, the user id or both are shown. */
  userOf(who: Who): Promise<string>;
  /** The same for somebody we may never have heard of; null then. Learns a second id where there are two. */
  knownUserOf(who: Who): Promise<string | null>;
  /** Somebody goes on under another number or user id. */
  renew(before: Who, after: Who): Promise<void>;
  routeOf(user: string): Promise<Route>;
}

/**
 * Makes the memory of who is who. A person's stable id is the first that was seen of them: their user id, else their
 * phone. Every id points at a person (`alias/…`), and a person has one route (`person/…`).
 * @param account the id of our phone number: user ids hold only for it
 */
export function createIdentities(memory: Memory, account: string): Identities {
  const lanes = createLanes();

  /** One after the other for whoever has an id in common: two ids of one newcomer must not become two people. */
  function inTurn<Result>(people: readonly Who[], work: () => Promise<Result>): Promise<Result> {
    const ids = people.flatMap(({ phone, userId }) => [phone, userId]);
    return lanes.runOnAll(
      ids.filter((id) => id !== null),
      work,
    );
  }

  const aliasOf = async (id: string | null) => (id === null ? null : memory.cursor(`alias/${account}/${id}`));

  async function pointAt(id: string | null, user: string, known: string | null): Promise<void> {
    if (id !== null && known !== user) await memory.saveCursor(`alias/${account}/${id}`, user);
  }

  async function personOf(user: string): Promise<Who | null> {
    const kept = await memory.cursor(`person/${account}/${user}`);
    return kept === null ? null : (JSON.parse(kept) as Who);
  }

  const keep = (user: string, { phone, userId, at }: Who) =>
    memory.saveCursor(`person/${account}/${user}`, JSON.stringify({ phone, userId, at }));

  async function find(who: Who, mayBeNew: boolean): Promise<string | null> {
    const [byId, byPhone] = await Promise.all([aliasOf(who.userId), aliasOf(who.phone)]);
    if (byId === null && byPhone === null && !mayBeNew) return null;
    const user = byId ?? (await ownerOf(byPhone, who)) ?? who.userId ?? who.phone ?? '';
    const person = await personOf(user);
    // Webhooks are delivered late and out of order: an older one must not bring back an old number.
    if (person !== null && who.at < person.at) return user;
    await pointAt(who.userId, user, byId);
    if (byPhone !== user) {
      await pointAt(who.phone, user, byPhone);
      await takePhone(byPhone, who);
    }
    const now: Who = {
      // A status may write the number otherwise than its owner's own messages do.
      phone: (mayBeNew ? who.phone : null) ?? person?.phone ?? who.phone,
      userId: who.userId ?? person?.userId ?? null,
      at: who.at,
    };
    if (person?.phone !== now.phone || person?.userId !== now.userId) await keep(user, now);
    return user;
  }

  /** Numbers are given to new owners: the same number with another user id is somebody else. */
  async function ownerOf(byPhone: string | null, who: Who): Promise<string | null> {
    if (byPhone === null || who.userId === null) return byPhone;
    const known = (await personOf(byPhone))?.userId ?? null;
    return known === null || known === who.userId ? byPhone : null;
  }

  /** A number that is somebody else's now leads to nobody else. */
  async function takePhone(from: string | null, { phone, userId, at }: Who): Promise<void> {
    const former = from === null ? null : await personOf(from);
    if (from === null || former === null || former.userId === null || former.phone !== phone) return;
    if (former.userId !== userId) await keep(from, { phone: null, userId: former.userId, at });
  }

  async function move(before: Who, after: Who): Promise<void> {
    const user = (await aliasOf(before.userId)) ?? (await aliasOf(before.phone));
    if (user === null) return;
    const person = await personOf(user);
    if (person !== null && after.at < person.at) return;
    for (const id of [after.userId, after.phone]) {
      const known = await aliasOf(id);
      await pointAt(id, user, known);
      if (id === after.phone && known !== user) await takePhone(known, after);
    }
    // What is not told anew holds no longer: a new number brings a new user id.
    await keep(user, after);
  }

  return {
    userOf: (who) => inTurn([who], async () => (await find(who, true)) ?? ''),
    knownUserOf: (who) => inTurn([who], () => find(who, false)),
    renew: (before, after) => inTurn([before, after], () => move(before, after)),
    async routeOf(user) {
      const { phone = null, userId = null } = (await personOf(user)) ?? {};
      if (phone !== null || userId !== null) return { phone, userId };
      return /^\d+$/u.test(user) ? { phone: user, userId: null } : { phone: null, userId: user };
    },
  };
}
