import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

const form = /^sha256=([0-9a-f]{64})$/u;

/**
 * Whether Meta signed this body: `sha256=` and the HMAC-SHA256 of the raw bytes in lower-case hexadecimal. Some say that
 * Meta signs the text with its non-ASCII characters as `\uXXXX`: that is tried second. Pure, in constant time.
 * @param header the `X-Hub-Signature-256` as it came; null when there was none
 */
export function isSigned(body: Uint8Array, header: string | null, appSecret: string): boolean {
  const given = form.exec(header ?? '')?.[1];
  if (given === undefined) return false;
  const wanted = Buffer.from(given, 'hex');
  if (timingSafeEqual(wanted, hmac(body, appSecret))) return true;
  const escaped = escapedForm(body);
  return escaped !== null && timingSafeEqual(wanted, hmac(escaped, appSecret));
}

/** Whether two secrets are the same, in constant time whatever their lengths. Pure. */
export function isSameSecret(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}

function hmac(body: string | Uint8Array, appSecret: string): Buffer {
  return createHmac('sha256', appSecret).update(body).digest();
}

/** @returns null where it would be the body itself */
function escapedForm(body: Uint8Array): string | null {
  if (body.every((byte) => byte < 0x7f)) return null;
  const text = Buffer.from(body).toString('utf8');
  return text.replace(/[^\0-~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
