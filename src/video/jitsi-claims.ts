import { displayName } from './display-name.ts';
import { checkedRoom } from './room.ts';
import type { JitsiSettings } from './settings.ts';
import type { VideoEntry } from './video.ts';

/** How long after asking a person may still go in. Who is in stays in. */
export const enterMs = 10 * 60_000;

/** How far back a token begins: the server's clock may be a little behind, and it forgives nothing. */
export const backSeconds = 10;

/** Whom Jitsi's tokens are for. */
export const audience = 'jitsi';

/** All that costs money or keeps what was said. A feature that a token names is denied or allowed by it alone. */
const denied = ['recording', 'livestreaming', 'transcription', 'outbound-call'];
const deniedByHosted = [
  'sip-inbound-call',
  'sip-outbound-call',
  'inbound-call',
  'file-upload',
  'list-visitors',
];

/**
 * What a token says. Pure. Yes and no are words, as Jitsi compares them so. Beside the name there is nothing personal:
 * the token travels in an address and servers log what they refuse.
 * @throws RelevoError `bad_room`
 */
export function jitsiClaims(entry: VideoEntry, { subject, jaas }: JitsiSettings, issuer: string) {
  const at = Math.floor(entry.askedAt / 1_000);
  const moderates = entry.role === 'agent';
  const shown = displayName(entry.name);
  return {
    iss: issuer,
    aud: audience,
    sub: subject,
    room: checkedRoom(entry.room),
    iat: at,
    nbf: at - backSeconds,
    exp: at + enterMs / 1_000,
    jti: entry.tokenId,
    context: {
      user: {
        id: entry.invitationId,
        ...(shown !== null && { name: shown }),
        moderator: word(moderates),
        affiliation: moderates ? 'owner' : 'member',
        ...(jaas && { 'hidden-from-recorder': word(false) }),
      },
      room: { regex: false },
      features: {
        ...Object.fromEntries(
          [...denied, ...(jaas ? deniedByHosted : [])].map((name) => [name, word(false)]),
        ),
        // What the call is for: some pages take a feature that is not named for denied.
        'screen-sharing': word(true),
      },
    },
  };
}

function word(yes: boolean): 'true' | 'false' {
  return yes ? 'true' : 'false';
}
