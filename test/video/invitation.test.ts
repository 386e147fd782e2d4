import { expect, test } from 'vitest';
import type { Invitation, InvitationStage } from '../../src/core/invitation.ts';
import { decideInvitation, type InvitationCommand } from '../../src/video/invitation.ts';
import { startMs } from './video-world.ts';

const minuteMs = 60_000;
const invitation: Invitation = {
  id: '1'.repeat(32),
  codeHash: 'c'.repeat(64),
  conversationId: 'k',
  room: '2'.repeat(32),
  role: 'customer',
  name: 'Ana',
  opensAt: startMs,
  closesAt: startMs + 60 * minuteMs,
  stage: { kind: 'issued' },
  version: 1,
};
const ana = 'ana';
const bea = 'bea';
const open: InvitationCommand = { type: 'open', holder: ana };
const enter: InvitationCommand = { type: 'enter', holder: ana, tokenId: 't' };
const opened: InvitationStage = { kind: 'opened', at: startMs };
const used: InvitationStage = { kind: 'used', at: startMs, holder: ana, tokenId: 't', arrivedAt: null };
const arrived: InvitationStage = { ...used, arrivedAt: startMs + 1 };
const cancelled: InvitationStage = { kind: 'cancelled', at: startMs };

test.each<[string, InvitationStage, InvitationCommand, { minutes?: number; caseOpen?: false }, unknown]>([
  ['opened', { kind: 'issued' }, open, {}, opened],
  [
    'opened again, also by a chat that shows what is behind links',
    opened,
    { ...open, holder: bea },
    { minutes: 5 },
    opened,
  ],
  [
    'entered from another browser than the first that looked',
    opened,
    { ...enter, holder: bea },
    {},
    { ...used, holder: bea },
  ],
  ['entered', opened, enter, {}, used],
  ['entered without having been opened', { kind: 'issued' }, enter, {}, used],
  [
    'entered again in the same browser: the same token',
    used,
    { ...enter, tokenId: 'other' },
    { minutes: 9 },
    used,
  ],
  ['looked at again in the same browser', used, open, { minutes: 9 }, used],
  ['entered again in the same browser, late', used, enter, { minutes: 10 }, 'used'],
  ['looked at again, late', used, open, { minutes: 10 }, 'used'],
  ['entered from another browser', used, { ...enter, holder: bea }, {}, 'forwarded'],
  ['looked at from another browser', used, { ...open, holder: bea }, { minutes: 30 }, 'forwarded'],
  ['too early', { kind: 'issued' }, open, { minutes: -1 }, 'too-early'],
  ['entered too early', { kind: 'issued' }, enter, { minutes: -1 }, 'too-early'],
  ['the last minute', opened, enter, { minutes: 59 }, { ...used, at: startMs + 59 * minuteMs }],
  ['expired', opened, enter, { minutes: 60 }, 'expired'],
  ['looked at when expired', { kind: 'issued' }, open, { minutes: 60 }, 'expired'],
  ['cancelled', cancelled, open, {}, 'cancelled'],
  ['entered when cancelled', cancelled, enter, {}, 'cancelled'],
  ['the case is closed', opened, enter, { caseOpen: false }, 'closed'],
  ['the case was closed while the token lasts', used, enter, { caseOpen: false }, 'closed'],
  [
    'the token comes back',
    used,
    { type: 'arrive', tokenId: 't' },
    { minutes: 1 },
    { ...used, arrivedAt: startMs + minuteMs },
  ],
  ['the token comes back twice', arrived, { type: 'arrive', tokenId: 't' }, {}, 'replayed'],
  ['another token comes back', used, { type: 'arrive', tokenId: 'u' }, {}, 'replayed'],
  ['a token comes back that was never made', opened, { type: 'arrive', tokenId: 't' }, {}, 'replayed'],
  [
    'the token comes back after the close',
    used,
    { type: 'arrive', tokenId: 't' },
    { caseOpen: false },
    'closed',
  ],
  [
    'the token comes back after it was cancelled',
    cancelled,
    { type: 'arrive', tokenId: 't' },
    {},
    'cancelled',
  ],
  ['cancelled now', opened, { type: 'cancel' }, {}, cancelled],
  ['cancelled after its use', used, { type: 'cancel' }, {}, cancelled],
  ['cancelled twice', cancelled, { type: 'cancel' }, { minutes: 5 }, cancelled],
])('%s', (_, stage, command, { minutes = 0, caseOpen = true }, expected) => {
  const before = { ...invitation, stage };
  const decided = decideInvitation(before, command, { now: startMs + minutes * minuteMs, caseOpen });
  if (typeof expected === 'string') {
    const opensAt = expected === 'too-early' ? { opensAt: startMs } : {};
    expect(decided).toEqual({ refused: { code: expected, ...opensAt } });
    return;
  }
  const same = JSON.stringify(expected) === JSON.stringify(stage);
  expect(decided).toEqual({ next: { ...before, stage: expected, version: same ? 1 : 2 } });
});

test.each([open, enter, { type: 'arrive', tokenId: 't' }, { type: 'cancel' }] as const)(
  'unknown: $type',
  (command) => {
    expect(decideInvitation(null, command, { now: startMs, caseOpen: true })).toEqual({
      refused: { code: 'unknown' },
    });
  },
);
