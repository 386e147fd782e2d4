import { createHash } from 'node:crypto';
import type { Logger } from 'pino';
import type { Clock } from '../core/clock.ts';
import { RelevoError } from '../core/errors.ts';
import type { Dispatch } from './dispatch.ts';
import { readPayload, textOf } from './payload.ts';
import { isSigned } from './signature.ts';
import type { OddPayload } from './slack-app.ts';

/** Larger than any event; files never come this way. */
const maxBytes = 1_048_576;
/** Slack takes an answer for 3 s: https://docs.slack.dev/apis/events-api */
const maxWaitMs = 3_000;

/** What the webhook is made of. */
export interface WebhookDeps {
  readonly signingSecret: string;
  readonly clock: Clock;
  readonly dispatch: Dispatch;
  readonly odd: (payload: OddPayload) => Promise<void>;
  readonly log: Logger;
}

/**
 * Makes the taker of Slack's HTTP calls. 200 once everything is handled; 401 when it is not Slack; 403 for another
 * workspace; 503 when that takes longer than Slack waits, 500 when it failed: then Slack delivers again.
 */
export function createWebhook({ signingSecret, clock, dispatch, odd, log }: WebhookDeps) {
  return async (request: Request): Promise<Response> => {
    if (request.method !== 'POST') return answer(405);
    // The signature is of the plain bytes, so nothing of Slack's comes compressed.
    if (request.headers.has('content-encoding')) return answer(415);
    if (Number(request.headers.get('content-length') ?? 0) > maxBytes) return answer(413);
    const body = await readBody(request);
    if (body === null) return answer(413);
    if (!isSigned(body, request.headers, signingSecret, clock.now())) return answer(401);

    const text = new TextDecoder().decode(body);
    const payload = readPayload(text, request.headers.get('content-type') ?? '');
    if (payload === null) {
      const id = createHash('sha256').update(body).digest('hex');
      return whenDone(
        odd({ id, reason: 'it is no JSON object and no form', raw: text }).then(() => answer(200)),
      );
    }
    if (payload.ssl_check !== undefined) return answer(200);
    if (payload.type === 'url_verification') return answer(200, textOf(payload, 'challenge') ?? '');

    const handled = dispatch({
      payload,
      retryNum: numberOf(request.headers.get('x-slack-retry-num')),
      retryReason: request.headers.get('x-slack-retry-reason') ?? undefined,
    });
    return whenDone(
      handled.then((outcome) =>
        outcome.kind === 'foreign'
          ? answer(403, '', { 'x-slack-no-retry': '1' })
          : acknowledge(outcome.acknowledgement),
      ),
    );
  };

  /** The answer, or 503 in time; what was begun is finished all the same. */
  async function whenDone(answered: Promise<Response>): Promise<Response> {
    const failed = (error: unknown): Response => {
      const code = error instanceof RelevoError ? error.code : 'unknown';
      log.warn({ code }, 'a Slack call was not acknowledged; Slack will deliver it again');
      return answer(500);
    };
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<Response>((resolve) => {
      timer = setTimeout(() => resolve(answer(503)), maxWaitMs);
    });
    try {
      return await Promise.race([answered.catch(failed), late]);
    } finally {
      clearTimeout(timer);
    }
  }
}

async function readBody(request: Request): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request.body ?? []) {
    bytes += chunk.length;
    if (bytes > maxBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function acknowledge(acknowledgement: unknown): Response {
  if (acknowledgement === undefined || acknowledgement === '') return answer(200);
  if (typeof acknowledgement === 'string') return answer(200, acknowledgement);
  return Response.json(acknowledgement);
}

function answer(status: number, text = '', headers: Record<string, string> = {}): Response {
  return new Response(text, { status, headers: { 'content-type': 'text/plain; charset=utf-8', ...headers } });
}

function numberOf(text: string | null): number | undefined {
  return text !== null && /^\d{1,3}$/u.test(text) ? Number(text) : undefined;
}
