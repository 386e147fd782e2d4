import { request } from '../live/request.ts';

/** What trains the draft first takes seconds, on a busy computer a minute. */
const trainingMs = 180_000;

/** Asks for something that waits for the draft's engine. @throws ApiError as `request` does */
export function requestTrained<T>(method: 'GET' | 'POST', path: string, body?: object): Promise<T> {
  return request<T>(method, path, body, trainingMs);
}
