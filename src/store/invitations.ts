import type { Invitation } from '../core/invitation.ts';

/** One-time links into calls, found by the hash of the code in them. */
export interface Invitations {
  byCode(codeHash: string): Promise<Invitation | null>;
  byId(id: string): Promise<Invitation | null>;
  /** One of a call's, whichever; null: nobody was ever invited there. */
  byRoom(room: string): Promise<Invitation | null>;
  /**
   * Stores a new one (version 1), or the next version of one.
   * @returns false when another version was stored meanwhile, or the code is taken: nothing is stored then
   */
  put(invitation: Invitation): Promise<boolean>;
}
