import type { Clock } from '../core/clock.ts';
import { RelevoError } from '../core/errors.ts';
import { type Ids, secretHash } from '../core/ids.ts';
import type { Invitation, VideoRole } from '../core/invitation.ts';
import type { GuessLock } from './guess-lock.ts';
import { decideInvitation, type InvitationCommand, type InvitationRefusal } from './invitation.ts';
import { checkedRoom } from './room.ts';
import type { VerifyToken } from './verify-token.ts';
import type { VideoLink, VideoProvider } from './video.ts';

/** Where invitations are kept. */
export interface InvitationStore {
  byCode(codeHash: string): Promise<Invitation | null>;
  byId(id: string): Promise<Invitation | null>;
  /** One of a call's, whichever. */
  byRoom(room: string): Promise<Invitation | null>;
  /**
   * Stores a new one (version 1), or the next version of one.
   * @returns false when another version was stored meanwhile: nothing is stored then
   */
  put(invitation: Invitation): Promise<boolean>;
}

/** What invitations need. */
export interface InvitationDeps {
  readonly store: InvitationStore;
  readonly provider: VideoProvider;
  /** Verifies tokens that come back; null where none are signed. */
  readonly verify: VerifyToken | null;
  readonly caseOpen: (conversationId: string) => Promise<boolean>;
  readonly guesses: GuessLock;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** Whom an invitation is for, and when it may be used (epoch milliseconds). */
export interface Invited {
  readonly conversationId: string;
  /** As `newRoom` drew it; everybody in a call has the same. */
  readonly room: string;
  readonly role: VideoRole;
  readonly name: string | null;
  readonly opensAt: number;
  readonly closesAt: number;
}

/** Who stands at the door: the code in their link, their browser's secret, and the network address they come from. */
export interface Visit {
  readonly code: string;
  readonly browser: string;
  readonly from: string;
}

/** Turned away: by what the invitation says, or because of too many wrong links from there. */
export type TurnedAway = {
  readonly refused: InvitationRefusal | { readonly code: 'too-many-tries'; readonly waitMs: number };
};

const codePattern = /^[0-9a-f]{32}$/u;

/** After so many others were quicker, something is wrong with the store. */
const maxTries = 5;

/** Hands out one-time links and lets people in by them, each once. */
export function createInvitations(deps: InvitationDeps) {
  const { store, provider, clock, ids, guesses } = deps;

  /** Decides on what is stored, and again when somebody else was quicker. */
  async function change(
    find: () => Promise<Invitation | null>,
    command: InvitationCommand,
  ): Promise<{ readonly next: Invitation } | { readonly refused: InvitationRefusal }> {
    for (let tries = 0; tries < maxTries; tries += 1) {
      const found = await find();
      const caseOpen = found !== null && (await deps.caseOpen(found.conversationId));
      const decided = decideInvitation(found, command, { now: clock.now(), caseOpen });
      if ('refused' in decided || decided.next === found || (await store.put(decided.next))) return decided;
    }
    throw new RelevoError('invitation_contested', 'an invitation changed again and again while it was used');
  }

  /** A wrong link costs a wait, a right one nothing. While an address waits nothing is looked up for it. */
  async function atTheDoor(
    { code, from }: Visit,
    command: InvitationCommand,
  ): Promise<{ readonly next: Invitation } | TurnedAway> {
    const waitMs = guesses.waitMs(from);
    if (waitMs > 0) return { refused: { code: 'too-many-tries', waitMs } };
    const known = codePattern.test(code);
    const decided = await change(async () => (known ? store.byCode(secretHash(code)) : null), command);
    if ('refused' in decided && decided.refused.code === 'unknown') guesses.missed(from);
    return decided;
  }

  return {
    /**
     * Invites one person.
     * @returns the path of their link, which is shown this once
     * @throws RelevoError `bad_room`
     */
    async issue(invited: Invited): Promise<{ readonly invitation: Invitation; readonly path: string }> {
      const code = ids.id();
      const invitation: Invitation = {
        ...invited,
        room: checkedRoom(invited.room),
        id: ids.id(),
        codeHash: secretHash(code),
        stage: { kind: 'issued' },
        version: 1,
      };
      if (!(await store.put(invitation)))
        throw new RelevoError('invitation_contested', 'an identifier was drawn twice');
      return { invitation, path: `/v/${code}` };
    },

    /** The invitation that a link is for, whatever has become of it; null: there is none, or who asks has to wait. */
    async find({ code, from }: Pick<Visit, 'code' | 'from'>): Promise<Invitation | null> {
      if (guesses.waitMs(from) > 0) return null;
      const found = codePattern.test(code) ? await store.byCode(secretHash(code)) : null;
      if (found === null) guesses.missed(from);
      return found;
    },

    /** Somebody looks at their link: nothing is used up by it. */
    open: (visit: Visit) => atTheDoor(visit, { type: 'open', holder: secretHash(visit.browser) }),

    /**
     * Somebody goes in: only now is there a token. The same browser gets the same one again while it lasts.
     * @param camera false: the call begins with it off
     */
    async enter(
      visit: Visit,
      camera = true,
    ): Promise<{ readonly link: VideoLink; readonly invitation: Invitation } | TurnedAway> {
      const holder = secretHash(visit.browser);
      const decided = await atTheDoor(visit, { type: 'enter', holder, tokenId: ids.id() });
      if ('refused' in decided) return decided;
      const { next: invitation } = decided;
      const { stage, room, role, name, id } = invitation;
      if (stage.kind !== 'used')
        throw new RelevoError('invitation_unused', 'an invitation was entered but is not used');
      const { tokenId, at } = stage;
      const person = { room, role, name, invitationId: id };
      const link = await provider.link({ ...person, tokenId, askedAt: at, camera });
      return { link, invitation };
    },

    /** A token comes back from the call: verified, and taken once. @returns null where nothing is signed */
    async arrive(given: unknown) {
      const verified = await deps.verify?.(given);
      if (verified === undefined) return null;
      if ('refused' in verified) return verified;
      const { invitationId, tokenId } = verified.token;
      return await change(() => store.byId(invitationId), { type: 'arrive', tokenId });
    },

    /** Takes an invitation back; who is in the call stays there. */
    cancel: (id: string) => change(() => store.byId(id), { type: 'cancel' }),
  };
}

/** Hands out one-time links and lets people in by them, each once. */
export type Invitations = ReturnType<typeof createInvitations>;
