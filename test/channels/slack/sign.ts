import { createHmac } from 'node:crypto';

/** A call of our webhook, signed as Slack does. @param nowMs epoch milliseconds */
export function signedPost(
  body: string,
  secret: string,
  nowMs: number,
  headers: Readonly<Record<string, string>> = {},
): Request {
  const timestamp = String(Math.floor(nowMs / 1_000));
  const digest = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  return new Request('http://relevo.test/hooks/slack', {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': `v0=${digest}`,
      ...headers,
    },
  });
}
