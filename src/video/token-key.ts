import { createPrivateKey, createPublicKey, createSecretKey, type KeyObject } from 'node:crypto';
import { RelevoError } from '../core/errors.ts';
import { isWeakModulus } from './weak-modulus.ts';

/** The only algorithms Jitsi's servers and Relevo agree on: a shared secret, or a key pair. */
export type TokenAlgorithm = 'HS256' | 'RS256';

/** A key that was found sound. Its algorithm is its own and never taken from a token. */
export interface TokenKey {
  readonly algorithm: TokenAlgorithm;
  readonly key: KeyObject;
  /** The `kid` that the token's header names; null: it names none. */
  readonly keyId: string | null;
}

const leastSecretBytes = 32;
const leastModulusBits = 2_048;

/**
 * A shared secret, for HS256.
 * @throws RelevoError `weak_key` when it is shorter than 256 bits
 */
export function secretKey(secret: string | Uint8Array): TokenKey {
  const bytes = Buffer.from(secret);
  if (bytes.byteLength >= leastSecretBytes)
    return { algorithm: 'HS256', key: createSecretKey(bytes), keyId: null };
  throw new RelevoError(
    'weak_key',
    'the shared secret is shorter than 256 bits (32 letters): it can be guessed from any token',
    { hint: 'Make one with: openssl rand -hex 32' },
  );
}

/**
 * A private key in PEM, for RS256; line breaks may be written as \n.
 * @throws RelevoError `weak_key`, `bad_key`
 */
export function privateKey(pem: string, keyId: string): TokenKey {
  return { algorithm: 'RS256', key: checkedRsa(readPrivateKey(pem.replaceAll('\\n', '\n'))), keyId };
}

/** The public half of a private key, which can only verify; a shared secret is given back as it is. */
export function verificationKey(key: TokenKey): TokenKey {
  return key.key.type === 'private' ? { ...key, key: createPublicKey(key.key) } : key;
}

/**
 * @returns the key, when it is an RSA key that nobody can break today
 * @throws RelevoError `weak_key`, `bad_key`
 */
export function checkedRsa(key: KeyObject): KeyObject {
  const publicHalf = key.type === 'private' ? createPublicKey(key) : key;
  const { n = '', e = '' } = key.asymmetricKeyType === 'rsa' ? publicHalf.export({ format: 'jwk' }) : {};
  if (n === '')
    throw new RelevoError('bad_key', 'the key is not an RSA key', { hint: 'RS256 needs one of 2048 bits.' });
  const hint = 'Make one with: openssl genrsa 2048';
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (bits < leastModulusBits)
    throw new RelevoError('weak_key', `the RSA key has ${bits} bits, fewer than 2048`, { hint });
  const exponent = BigInt(`0x0${Buffer.from(e, 'base64url').toString('hex')}`);
  if (exponent < 3n || exponent % 2n === 0n)
    throw new RelevoError('weak_key', 'the RSA key has a bad exponent', { hint });
  if (isWeakModulus(Buffer.from(n, 'base64url')))
    throw new RelevoError('weak_key', 'the RSA key was made by a faulty chip and can be factored (ROCA)', {
      hint,
    });
  return key;
}

function readPrivateKey(pem: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch {
    // The cause may quote the key.
    throw new RelevoError('bad_key', 'the private key cannot be read', {
      hint: 'It is a PEM without a pass phrase: -----BEGIN PRIVATE KEY-----, its line breaks may be written as \\n.',
    });
  }
}
