/** Who has a case, where that is why a request was refused. */
export interface Holder {
  readonly id: string;
  readonly name: string;
}

/** A request that the server refused, or that never reached it (`code` is then `unreachable`). */
export class ApiError extends Error {
  /** The problem's stable name, such as `already_claimed`. */
  readonly code: string;
  /** The HTTP status; 0 when there was no answer. */
  readonly status: number;
  /** How long the server asked to wait; undefined when it did not say. */
  readonly retryAfterMs: number | undefined;
  readonly holder: Holder | undefined;
  /** Who may, where not everybody may. */
  readonly members: readonly string[];

  /** @param more what else the server said */
  constructor(
    code: string,
    status: number,
    message: string,
    more: {
      retryAfterMs?: number | undefined;
      holder?: Holder | undefined;
      members?: readonly string[] | undefined;
      cause?: unknown;
    } = {},
  ) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.name = 'ApiError';
    this.code = code;
    this.status = status;
    this.retryAfterMs = more.retryAfterMs;
    this.holder = more.holder;
    this.members = more.members ?? [];
  }

  /** Whether the same request may succeed later without a change: also after signing in again. */
  get passing(): boolean {
    return (
      this.status === 0 ||
      this.status === 401 ||
      this.status === 408 ||
      this.status === 429 ||
      this.status >= 500
    );
  }
}
