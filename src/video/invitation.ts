import type { Invitation, InvitationStage } from '../core/invitation.ts';
import { enterMs } from './jitsi-claims.ts';

/** What somebody does with an invitation. */
export type InvitationCommand =
  | { readonly type: 'open'; readonly holder: string }
  /** `tokenId` is the new token's, should there be one. */
  | { readonly type: 'enter'; readonly holder: string; readonly tokenId: string }
  /** The token came back from the call. */
  | { readonly type: 'arrive'; readonly tokenId: string }
  | { readonly type: 'cancel' };

/** Why somebody is turned away: each has words of its own, and a way back to the chat. */
export type InvitationRefusal =
  | { readonly code: 'unknown' | 'cancelled' | 'closed' | 'expired' }
  /** It was used in this browser, and the time to go in is over. */
  | { readonly code: 'used' }
  /** It was used in another browser. */
  | { readonly code: 'forwarded' }
  | { readonly code: 'too-early'; readonly opensAt: number }
  /** The token came back before, or is not this invitation's. */
  | { readonly code: 'replayed' };

/** The invitation as it is afterwards (the same object when nothing changed), or why not. */
export type InvitationDecided = { readonly next: Invitation } | { readonly refused: InvitationRefusal };

/**
 * What a command makes of an invitation. Pure.
 * @param invitation null when there is none with that code or name
 * @param facts the time, in epoch milliseconds, and whether its case is still open
 */
export function decideInvitation(
  invitation: Invitation | null,
  command: InvitationCommand,
  facts: { readonly now: number; readonly caseOpen: boolean },
): InvitationDecided {
  if (invitation === null) return refused('unknown');
  const { stage } = invitation;
  const { now } = facts;
  if (command.type === 'cancel') return cancel(invitation, now);
  if (stage.kind === 'cancelled') return refused('cancelled');
  if (!facts.caseOpen) return refused('closed');
  if (command.type === 'arrive') return arrive(invitation, command.tokenId, now);
  if (stage.kind === 'used') {
    if (stage.holder !== command.holder) return refused('forwarded');
    // The answer may have been lost on its way, or the page loaded again: the same token, which ends when it ends.
    return now < stage.at + enterMs ? { next: invitation } : refused('used');
  }
  if (now < invitation.opensAt) return { refused: { code: 'too-early', opensAt: invitation.opensAt } };
  if (now >= invitation.closesAt) return refused('expired');
  if (command.type === 'open') {
    return stage.kind === 'opened' ? { next: invitation } : changed(invitation, { kind: 'opened', at: now });
  }
  const { holder, tokenId } = command;
  return changed(invitation, { kind: 'used', at: now, holder, tokenId, arrivedAt: null });
}

function arrive(invitation: Invitation, tokenId: string, now: number): InvitationDecided {
  const { stage } = invitation;
  if (stage.kind !== 'used' || stage.tokenId !== tokenId || stage.arrivedAt !== null)
    return refused('replayed');
  return changed(invitation, { ...stage, arrivedAt: now });
}

function cancel(invitation: Invitation, now: number): InvitationDecided {
  if (invitation.stage.kind === 'cancelled') return { next: invitation };
  return changed(invitation, { kind: 'cancelled', at: now });
}

function changed(invitation: Invitation, stage: InvitationStage): InvitationDecided {
  return { next: { ...invitation, stage, version: invitation.version + 1 } };
}

function refused(code: Exclude<InvitationRefusal['code'], 'too-early'>): InvitationDecided {
  return { refused: { code } };
}
