import jwt from 'jsonwebtoken';

/** A server of Jitsi as its token plugin is set up. */
export interface Plugin {
  readonly appId: string;
  readonly xmppDomain: string;
  /** The shared secret; or the public halves by their `kid`. */
  readonly keys: string | Readonly<Record<string, string>>;
  readonly nowSeconds: number;
}

/** What the plugin says to whoever logs in with a token and joins a room. */
export type Verdict =
  | { readonly refused: string }
  | { readonly joined: { readonly moderator: boolean; readonly name: string | undefined } };

/**
 * Judges as the plugin of Prosody does when it is set up safely: token required, issuer and audience pinned, domain
 * verification on, one signature algorithm, `mod_token_affiliation`. The signature is checked by jsonwebtoken.
 * @param room `name`, or `[tenant]name`
 */
export function judge(
  token: string | null,
  room: string,
  { appId, xmppDomain, keys, nowSeconds }: Plugin,
): Verdict {
  if (token === null) return { refused: 'token required' };
  const read = jwt.decode(token, { complete: true });
  if (read === null || typeof read.payload === 'string') return { refused: 'Invalid header' };
  const { header, payload } = read;
  if (header.typ !== 'JWT') return { refused: 'Invalid typ' };
  const algorithm = typeof keys === 'string' ? 'HS256' : 'RS256';
  const key = typeof keys === 'string' ? keys : keys[header.kid ?? ''];
  if (header.alg !== algorithm) return { refused: 'Invalid or incorrect alg' };
  if (key === undefined) return { refused: 'could not obtain public key' };
  try {
    jwt.verify(token, key, { algorithms: [algorithm], ignoreExpiration: true, ignoreNotBefore: true });
  } catch {
    return { refused: 'Invalid signature' };
  }
  // Its own rules. No leeway; no exp at all would be taken for ever, which nobody should count on.
  if (payload.exp !== undefined && (typeof payload.exp !== 'number' || payload.exp <= nowSeconds)) {
    return { refused: 'Not acceptable by exp' };
  }
  if (payload.nbf !== undefined && (typeof payload.nbf !== 'number' || payload.nbf > nowSeconds)) {
    return { refused: 'Not acceptable by nbf' };
  }
  if (payload.iss !== appId) return { refused: 'Invalid issuer' };
  if (payload.aud !== 'jitsi') return { refused: 'Invalid audience' };
  const { room: claim, sub, context } = payload;
  if (typeof sub !== 'string' || typeof claim !== 'string') return { refused: 'sub and room are required' };
  // Only the join looks at the room.
  const [, tenant, name = ''] = /^(?:\[([^\]]+)\])?(.*)$/u.exec(room) ?? [];
  if (claim !== '*' && claim.toLowerCase() !== name) return { refused: 'Room and token mismatched' };
  if (tenant !== undefined ? !['*', tenant].includes(sub) : !['*', xmppDomain].includes(sub)) {
    return { refused: 'Room and token mismatched' };
  }
  const { moderator, affiliation, name: shown } = context?.user ?? {};
  const moderates =
    moderator === true || moderator === 'true' || ['owner', 'moderator', 'teacher'].includes(affiliation);
  return { joined: { moderator: moderates, name: shown } };
}
