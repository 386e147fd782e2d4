import { z } from 'zod';
import type { Clock } from '../core/clock.ts';
import type { VideoRole } from '../core/invitation.ts';
import { audience, backSeconds, enterMs } from './jitsi-claims.ts';
import type { JitsiSettings } from './settings.ts';
import { verificationKey } from './token-key.ts';
import { type JwsFault, readCanonicalJson, verifyJws } from './verify-jws.ts';

/** Why a token is refused. */
export type TokenFault =
  | JwsFault
  | 'wrong-type'
  | 'bad-claims'
  | 'not-ours'
  | 'not-yet'
  | 'expired'
  | 'wrong-room';

/** What a token of ours says. */
export interface VideoToken {
  readonly tokenId: string;
  readonly invitationId: string;
  readonly room: string;
  readonly role: VideoRole;
  /** Until when it lets somebody in, in epoch milliseconds. */
  readonly enterBy: number;
}

/** Verifies a token that came back. @param room the only one that is right, where it is known */
export type VerifyToken = (
  token: unknown,
  room?: string,
) => Promise<{ readonly token: VideoToken } | { readonly refused: TokenFault }>;

const id = z.string().regex(/^[0-9a-f]{32}$/u);
const seconds = z.int().min(0).max(99_999_999_999);
const word = z.enum(['true', 'false']);

const claimsSchema = z.strictObject({
  iss: z.string(),
  aud: z.string(),
  sub: z.string(),
  room: id,
  iat: seconds,
  nbf: seconds,
  exp: seconds,
  jti: id,
  context: z.strictObject({
    user: z
      .strictObject({
        id,
        name: z.string().max(240).optional(),
        moderator: word,
        affiliation: z.enum(['owner', 'member']),
        'hidden-from-recorder': word.optional(),
      })
      .refine(({ moderator, affiliation }) => (moderator === 'true') === (affiliation === 'owner')),
    room: z.strictObject({ regex: z.literal(false) }),
    features: z.record(z.string(), word),
  }),
});

/**
 * Makes what verifies the tokens that `createJitsi` signs with the same settings, and refuses every other, also those
 * that a Jitsi server takes. That one was used before is not seen here: see `decideInvitation`.
 * @returns null when nothing is signed
 */
export function createVerifyToken(deps: { settings: JitsiSettings; clock: Clock }): VerifyToken | null {
  const { settings, clock } = deps;
  if (settings.signing === null) return null;
  const { issuer } = settings.signing;
  const key = verificationKey(settings.signing.key);
  return async (given, room) => {
    const jws = await verifyJws(given, key);
    if ('refused' in jws) return jws;
    if (jws.header.typ !== 'JWT') return { refused: 'wrong-type' };
    const parsed = claimsSchema.safeParse(readCanonicalJson(jws.payload));
    if (!parsed.success) return { refused: 'bad-claims' };
    const { iss, aud, sub, nbf, iat, exp, jti, context, ...rest } = parsed.data;
    if (iss !== issuer || aud !== audience || sub !== settings.subject) return { refused: 'not-ours' };
    if (nbf !== iat - backSeconds || exp !== iat + enterMs / 1_000) return { refused: 'bad-claims' };
    const now = clock.now();
    if (now < nbf * 1_000) return { refused: 'not-yet' };
    if (now >= exp * 1_000) return { refused: 'expired' };
    if (room !== undefined && rest.room !== room) return { refused: 'wrong-room' };
    const role = context.user.moderator === 'true' ? 'agent' : 'customer';
    return {
      token: { tokenId: jti, invitationId: context.user.id, room: rest.room, role, enterBy: exp * 1_000 },
    };
  };
}
