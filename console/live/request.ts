import { ApiError, type FaultDetail, type Holder } from './api-error.ts';

const usualTimeoutMs = 15_000;

interface Problem {
  readonly code?: string;
  readonly title?: string;
  readonly detail?: string;
  readonly holder?: Holder;
  readonly members?: readonly string[];
  readonly errors?: readonly FaultDetail[];
}

/** Sends one request to the server and gives its JSON back. What takes the server longer says how long. */
export type Request = <T>(
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  body?: object,
  timeoutMs?: number,
) => Promise<T>;

/**
 * Sends one request to Relevo's own server.
 * @param body is sent as JSON
 * @returns the JSON of the answer; undefined when it has none
 * @throws ApiError when the server refuses, fails, takes too long (15 s, unless told) or cannot be reached
 */
export const request: Request = async <T>(
  method: string,
  path: string,
  body?: object,
  timeoutMs = usualTimeoutMs,
): Promise<T> => {
  const init: RequestInit = { method, signal: AbortSignal.timeout(timeoutMs) };
  if (body !== undefined) {
    init.headers = { 'content-type': 'application/json' };
    init.body = JSON.stringify(body);
  }
  let response: Response;
  let text: string;
  try {
    response = await fetch(path, init);
    text = await response.text();
  } catch (cause) {
    throw new ApiError('unreachable', 0, 'The server did not answer.', { cause });
  }
  if (response.ok) return parsed<T>(text) as T;
  throw refusal(response.status, text, response.headers.get('retry-after'));
};

/** What the server said when it refused. @param retryAfter the header, in seconds */
export function refusal(status: number, text: string, retryAfter: string | null): ApiError {
  const { code = `http_${status}`, title, detail, holder, members, errors } = parsed<Problem>(text) ?? {};
  const seconds = Number(retryAfter ?? Number.NaN);
  const retryAfterMs = Number.isFinite(seconds) ? seconds * 1000 : undefined;
  const more = { retryAfterMs, holder, members, details: errors };
  return new ApiError(code, status, detail ?? title ?? `HTTP ${status}`, more);
}

/** The JSON of an answer; undefined when it is none. */
export function parsed<T>(text: string): T | undefined {
  try {
    return JSON.parse(text) as T;
  } catch {
    return undefined;
  }
}
