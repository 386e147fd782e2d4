import { RelevoError } from '../core/errors.ts';

/** One call to a model's endpoint. */
export interface JsonPost {
  readonly url: string;
  /** Sent as a bearer token; null: none. */
  readonly apiKey: string | null;
  readonly body: object;
  /** From the first byte sent to the last one read, in milliseconds. */
  readonly timeoutMs: number;
  /** A longer answer is given up as it comes in. */
  readonly maxBytes: number;
  /** Ends the call earlier. */
  readonly signal?: AbortSignal;
}

/** An endpoint did not give what was asked of it. */
export class ModelError extends RelevoError {
  /** How long the endpoint asked to be left alone, in milliseconds; undefined when it did not say. */
  readonly retryAfterMs: number | undefined;

  /** @param code one of `model_unreachable`, `model_timeout`, `model_refused`, `model_too_long`, `model_unreadable` */
  constructor(
    code: string,
    message: string,
    more: { hint?: string; cause?: unknown; retryAfterMs?: number } = {},
  ) {
    super(code, message, more);
    this.name = 'ModelError';
    this.retryAfterMs = more.retryAfterMs;
  }
}

/**
 * Posts JSON and reads JSON. Redirects are not followed: they would carry the key and the words elsewhere.
 * @returns the body, not yet checked for its shape
 * @throws ModelError without anything of what was sent or read in its message
 */
export async function postJson({
  url,
  apiKey,
  body,
  timeoutMs,
  maxBytes,
  signal,
}: JsonPost): Promise<unknown> {
  const timeout = AbortSignal.timeout(timeoutMs);
  const ended = signal === undefined ? timeout : AbortSignal.any([timeout, signal]);
  try {
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        ...(apiKey === null ? {} : { authorization: `Bearer ${apiKey}` }),
      },
      body: JSON.stringify(body),
      signal: ended,
    });
    if (!response.ok) {
      await response.body?.cancel();
      throw refused(response);
    }
    return parsed(await readText(response, maxBytes));
  } catch (cause) {
    if (cause instanceof ModelError) throw cause;
    if (timeout.aborted)
      throw new ModelError('model_timeout', `the model's endpoint took longer than ${timeoutMs} ms`, {
        cause,
      });
    throw new ModelError('model_unreachable', "the model's endpoint cannot be reached", {
      hint: 'Is it running, and is the address right?',
      cause,
    });
  }
}

function refused(response: Response): ModelError {
  const { status } = response;
  const hint =
    status === 401 || status === 403
      ? 'Is the key right?'
      : status === 404
        ? 'Are the address and the name of the model right?'
        : status === 429
          ? 'Its limit is reached; it is left alone for a while.'
          : status >= 300 && status < 400
            ? 'It answers elsewhere: set the address it redirects to.'
            : undefined;
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return new ModelError('model_refused', `the model's endpoint answered ${status}`, {
    ...(hint === undefined ? {} : { hint }),
    ...(Number.isFinite(seconds) && seconds >= 0 ? { retryAfterMs: seconds * 1000 } : {}),
  });
}

async function readText(response: Response, maxBytes: number): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  // Leaving the loop by an error cancels the rest of the body.
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes)
      throw new ModelError('model_too_long', `the model's endpoint answered more than ${maxBytes} bytes`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The cause would quote what was read.
    throw new ModelError('model_unreadable', "the model's endpoint answered something that is no JSON", {
      hint: 'Does the address end where the OpenAI-compatible interface begins, such as /v1?',
    });
  }
}
