/**
 * A fresh identifier for something the page sends, so that sending it again changes nothing.
 * @returns 32 hexadecimal digits, 128 random bits; also where `crypto.randomUUID` is missing (plain http)
 */
export function clientId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
