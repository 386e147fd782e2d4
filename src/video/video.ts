import type { VideoRole } from '../core/invitation.ts';

/** What a provider's links can do. */
export interface VideoAbilities {
  /** Each link carries a token of ours: it opens one room, for one person in one role, for a short time. */
  readonly signs: boolean;
  /** Every call has a room of its own. Without it whoever has the link meets whoever else uses it. */
  readonly ownRooms: boolean;
}

/** One person's way into one call. */
export interface VideoEntry {
  /** As `newRoom` draws them: 32 hexadecimal digits. Never what somebody typed. */
  readonly room: string;
  readonly role: VideoRole;
  /** What the person is called in the call; null: nothing. Only what of it may be shown leaves. */
  readonly name: string | null;
  /** Names the person's invitation, not the person: it is in the token. */
  readonly invitationId: string;
  /** Names the token, so that it can be told when it comes back. */
  readonly tokenId: string;
  /** When the person asked to go in, in epoch milliseconds. The same entry always gives the same link. */
  readonly askedAt: number;
  /** False: the call begins with the camera off, where the provider can. */
  readonly camera?: boolean;
}

/** Where a person goes to be in the call. */
export interface VideoLink {
  readonly url: string;
  /** Until when the link lets somebody in, in epoch milliseconds; null: the provider decides, not we. */
  readonly enterBy: number | null;
}

/** Where calls are held. */
export interface VideoProvider {
  readonly name: string;
  readonly can: VideoAbilities;
  /**
   * The link for one person, made when they ask to go in and not before.
   * @throws RelevoError `bad_room` for a room that was not drawn by `newRoom`
   */
  link(entry: VideoEntry): Promise<VideoLink>;
}
