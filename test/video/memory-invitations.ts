import type { Invitation } from '../../src/core/invitation.ts';
import type { InvitationStore } from '../../src/video/invitations.ts';

/** Invitations in memory. */
export function memoryInvitations(): InvitationStore & {
  readonly all: Map<string, Invitation>;
  looked: number;
} {
  const all = new Map<string, Invitation>();
  return {
    all,
    looked: 0,
    async byCode(codeHash) {
      this.looked += 1;
      return [...all.values()].find((one) => one.codeHash === codeHash) ?? null;
    },
    async byId(id) {
      return all.get(id) ?? null;
    },
    async byRoom(room) {
      return [...all.values()].find((one) => one.room === room) ?? null;
    },
    async put(invitation) {
      const twin = [...all.values()].find(({ codeHash }) => codeHash === invitation.codeHash);
      if (twin !== undefined && twin.id !== invitation.id) return false;
      if ((all.get(invitation.id)?.version ?? 0) !== invitation.version - 1) return false;
      all.set(invitation.id, invitation);
      return true;
    },
  };
}
