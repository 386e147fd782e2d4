import { compactVerify, errors } from 'jose';
import type { TokenKey } from './token-key.ts';

/** Why something is no token of ours. */
export type JwsFault =
  | 'too-long'
  | 'malformed'
  | 'not-canonical'
  | 'bad-header'
  | 'wrong-algorithm'
  | 'wrong-key'
  | 'bad-signature';

/** A signed text, verified, or why it is refused. */
export type Jws =
  | { readonly header: JwsHeader; readonly payload: Uint8Array }
  | { readonly refused: JwsFault };

/** All that the header of a token may say. */
export interface JwsHeader {
  readonly alg: string;
  readonly typ?: string;
  readonly kid?: string;
}

/** Ours have some 600 bytes. */
const maxLetters = 8_192;

/**
 * Verifies a signed text in compact form, strictly: one key, its own algorithm, one way to write the same bytes, and
 * nothing in the header that could lead to another key. (jose alone takes spaces, padding and loose last bits in base64.)
 * @param token anything that somebody handed in
 */
export async function verifyJws(token: unknown, key: TokenKey): Promise<Jws> {
  if (typeof token !== 'string') return { refused: 'malformed' };
  if (token.length > maxLetters) return { refused: 'too-long' };
  const parts = token.split('.');
  const [first = '', second = '', third = ''] = parts;
  if (parts.length !== 3 || first === '' || second === '' || third === '') return { refused: 'malformed' };
  if (!parts.every(isCanonicalBase64Url)) return { refused: 'not-canonical' };
  const header = readHeader(first);
  if (header === null) return { refused: 'bad-header' };
  if (header.alg !== key.algorithm) return { refused: 'wrong-algorithm' };
  if ((header.kid ?? null) !== key.keyId) return { refused: 'wrong-key' };
  try {
    const { payload } = await compactVerify(token, key.key, { algorithms: [key.algorithm] });
    return { header, payload };
  } catch (error) {
    if (error instanceof errors.JOSEError) return { refused: 'bad-signature' };
    throw error;
  }
}

/**
 * Reads JSON that is written in the one way `JSON.stringify` writes it: no member twice, no number that is read
 * differently elsewhere.
 * @returns undefined when it is not, or not JSON
 */
export function readCanonicalJson(bytes: Uint8Array): unknown {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    const value: unknown = JSON.parse(text);
    return JSON.stringify(value) === text ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return undefined;
    throw error;
  }
}

function isCanonicalBase64Url(text: string): boolean {
  return /^[\w-]+$/u.test(text) && Buffer.from(text, 'base64url').toString('base64url') === text;
}

function readHeader(part: string): JwsHeader | null {
  const value = readCanonicalJson(Buffer.from(part, 'base64url'));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const members = Object.entries(value);
  const known = members.every(
    ([name, text]) => ['alg', 'typ', 'kid'].includes(name) && typeof text === 'string',
  );
  return known && 'alg' in value ? (value as JwsHeader) : null;
}
