import { createHmac, timingSafeEqual } from 'node:crypto';

/** How far Slack's clock and ours may be apart. https://docs.slack.dev/authentication/verifying-requests-from-slack */
const maxSkewSeconds = 300;

/**
 * Whether a call was signed by Slack with our secret, a short while ago. Pure, in constant time.
 * @param body the bytes as they came
 * @param headers of the call; a doubled header arrives joined by a comma and is refused
 */
export function isSigned(body: Uint8Array, headers: Headers, secret: string, nowMs: number): boolean {
  const timestamp = headers.get('x-slack-request-timestamp') ?? '';
  const given = /^v0=([0-9a-f]{64})$/u.exec(headers.get('x-slack-signature') ?? '')?.[1];
  if (given === undefined || !/^\d{1,12}$/u.test(timestamp)) return false;
  if (Math.abs(nowMs / 1_000 - Number(timestamp)) > maxSkewSeconds) return false;
  const right = createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body).digest();
  return timingSafeEqual(right, Buffer.from(given, 'hex'));
}
