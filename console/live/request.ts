import { ApiError, type Holder } from './api-error.ts';

const timeoutMs = 15_000;

interface Problem {
  readonly code?: string;
  readonly title?: string;
  readonly detail?: string;
  readonly holder?: Holder;
}

/** Sends one request to the server and gives its JSON back. */
export type Request = <T>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: object) => Promise<T>;

/**
 * Sends one request to Relevo's own server.
 * @param body is sent as JSON
 * @returns the JSON of the answer; undefined when it has none
 * @throws ApiError when the server refuses, fails, takes longer than 15 s or cannot be reached
 */
export const request: Request = async <T>(method: string, path: string, body?: object): Promise<T> => {
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
  const problem = parsed<Problem>(text) ?? {};
  throw new ApiError(
    problem.code ?? `http_${response.status}`,
    response.status,
    problem.detail ?? problem.title ?? response.statusText,
    { retryAfterMs: retryAfterOf(response), holder: problem.holder },
  );
};

function parsed<T>(text: string): T | undefined {
  try {
    return JSON.parse(text) as T;
  } catch {
    return undefined;
  }
}

function retryAfterOf(response: Response): number | undefined {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) ? seconds * 1000 : undefined;
}
