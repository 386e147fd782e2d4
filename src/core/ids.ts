import { createHash, randomBytes } from 'node:crypto';

/** Where unguessable identifiers come from (law 9); a test hands in a seeded one. */
export interface Ids {
  /** 128 random bits as 32 hexadecimal digits. */
  id(): string;
}

/** Identifiers from the system's cryptographic random source. */
export const randomIds: Ids = { id: () => randomBytes(16).toString('hex') };

/**
 * The identifier of an address's nth conversation. Derived, not drawn, so that two processes that both open
 * a new customer's first conversation meet at the same key and only one of them wins.
 * It names a conversation; it never authorises anybody.
 * @param address the address's key, as `addressKey` makes it
 * @param ordinal 1 for the first conversation of that address
 * @returns 32 hexadecimal digits
 */
export function conversationId(address: string, ordinal: number): string {
  return createHash('sha256').update(`${address}\n${ordinal}`).digest('hex').slice(0, 32);
}

/** The SHA-256 of a secret, as 64 hexadecimal digits: what is stored in place of the secret itself. */
export function secretHash(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
