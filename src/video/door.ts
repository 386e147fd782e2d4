import type { CallChecks } from '../core/call-checks.ts';
import type { Clock } from '../core/clock.ts';
import { secretHash } from '../core/ids.ts';
import type { Invitation, VideoRole } from '../core/invitation.ts';
import type { CallDescription, CallStage, WithoutVideoReason } from './call-stage.ts';
import { type ClockNotice, clockNotice } from './clock-notice.ts';
import type { Invitations, TurnedAway, Visit } from './invitations.ts';

/** Where calls are held, for people: what a link there is worth. */
export interface CallPlace {
  /** The server's name. */
  readonly host: string;
  /** Each link is signed for one person; otherwise whoever has the link gets in. */
  readonly signs: boolean;
  /** Each call has a room of its own. */
  readonly ownRooms: boolean;
}

/** Why the door stays shut. */
export type ShutReason = TurnedAway['refused']['code'] | 'not-set-up';

/** What somebody whose link does not let them in is told: nothing of the case but how to get on. */
export interface Shut {
  readonly kind: 'shut';
  readonly reason: ShutReason;
  /** Too early: when it opens; too many tries: when to try again. Epoch milliseconds; null: never. */
  readonly until: number | null;
  /** Of our own clock, in epoch milliseconds: the device's may be wrong. */
  readonly now: number;
  readonly role: VideoRole | null;
  /** Null: nobody knows whose link it was. */
  readonly call: Pick<
    CallDescription,
    'language' | 'chatUrl' | 'deskUrl' | 'phone' | 'timeZone' | 'startsAt'
  > | null;
}

/** What somebody sees before they go in. */
export interface Waiting {
  readonly kind: 'waiting';
  readonly role: VideoRole;
  readonly call: CallDescription;
  readonly place: CallPlace;
  /** They went in with this link before, in this browser, and may again. */
  readonly entered: boolean;
  readonly now: number;
  /** The device's clock is wrong; null: it is right, or hardly off. */
  readonly clock: ClockNotice | null;
}

/** What the door is made of. */
export interface DoorDeps {
  readonly invitations: Invitations;
  readonly stage: CallStage;
  readonly place: CallPlace;
  readonly clock: Clock;
}

/** How far a device's clock may be off before it is said. */
const deviceToleranceMs = 2 * 60_000;

/** Between a link and the call: the waiting page's own view of invitations and the case. */
export function createDoor({ invitations, stage, place, clock }: DoorDeps) {
  async function shut(visit: Visit, { refused }: TurnedAway): Promise<Shut> {
    const now = clock.now();
    const { code: reason } = refused;
    const nobodys = reason === 'unknown' || reason === 'too-many-tries';
    const found = nobodys ? null : await invitations.find(visit);
    const told = found === null ? null : await stage.describe(found.conversationId);
    const until =
      reason === 'too-early' ? refused.opensAt : reason === 'too-many-tries' ? now + refused.waitMs : null;
    if (found === null || told === null)
      return { kind: 'shut', reason, until, now, role: found?.role ?? null, call: null };
    const { language, chatUrl, deskUrl, phone, timeZone, startsAt } = told;
    const call = { language, chatUrl, deskUrl, phone, timeZone, startsAt };
    return { kind: 'shut', reason, until, now, role: found.role, call };
  }

  /** Whoever may go in now, or may go in again. */
  async function admitted(visit: Visit): Promise<Invitation | Shut> {
    const opened = await invitations.open(visit);
    return 'refused' in opened ? await shut(visit, opened) : opened.next;
  }

  return {
    /**
     * What the page shows. It uses nothing up and tells the case nothing: chats look at links too.
     * @param deviceNow what the device's clock shows, in epoch milliseconds; null: unknown
     */
    async open(visit: Visit, deviceNow: number | null): Promise<Waiting | Shut> {
      const invitation = await admitted(visit);
      if ('kind' in invitation) return invitation;
      const call = await stage.describe(invitation.conversationId);
      if (call === null) return await shut(visit, { refused: { code: 'closed' } });
      const now = clock.now();
      return {
        kind: 'waiting',
        role: invitation.role,
        call,
        place,
        entered: invitation.stage.kind === 'used',
        now,
        clock: deviceNow === null ? null : clockNotice(deviceNow, now, deviceToleranceMs),
      };
    },

    /** Somebody is on the page, with what it found of their device so far. */
    async waiting(visit: Visit, checks: CallChecks | null): Promise<Shut | null> {
      const invitation = await admitted(visit);
      if ('kind' in invitation) return invitation;
      await stage.waiting(invitation.conversationId, invitation.role, checks);
      return null;
    },

    /**
     * The click that uses the link.
     * @param camera false: the call begins with it off
     * @returns where to go
     */
    async enter(
      visit: Visit,
      camera: boolean,
    ): Promise<{ readonly kind: 'go'; readonly url: string } | Shut> {
      const entered = await invitations.enter(visit, camera);
      if ('refused' in entered) return await shut(visit, entered);
      const { invitation, link } = entered;
      await stage.entered(invitation.conversationId, invitation.role);
      return { kind: 'go', url: link.url };
    },

    /** The customer goes on without video. @returns null when that is noted */
    async withoutVideo(visit: Visit, wish: 'chat' | 'phone', why: WithoutVideoReason): Promise<Shut | null> {
      const invitation = await admitted(visit);
      if ('kind' in invitation) return invitation;
      if (invitation.role === 'customer') await stage.declined(invitation.conversationId, wish, why);
      return null;
    },

    /** Somebody left the page, or says that they left the call. Whose link it is not changes nothing. */
    async left(visit: Visit): Promise<void> {
      const found = await invitations.find(visit);
      if (found === null) return;
      const { stage: at } = found;
      if (at.kind === 'used' ? at.holder !== secretHash(visit.browser) : at.kind !== 'opened') return;
      await stage.left(found.conversationId, found.role);
    },

    /** Whether somebody may measure their connection with us. */
    async mayMeasure(visit: Visit): Promise<boolean> {
      return 'next' in (await invitations.open(visit));
    },

    /** The appointment of a link as an .ics file; null: there is none. */
    async calendar(visit: Pick<Visit, 'code' | 'from'>): Promise<string | null> {
      const found = await invitations.find(visit);
      return found === null ? null : await stage.calendar(found.conversationId, found.role);
    },
  };
}

/** Between a link and the call. */
export type Door = ReturnType<typeof createDoor>;
