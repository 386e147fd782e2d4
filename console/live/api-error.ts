/** Who has a case, where that is why a request was refused. */
export interface Holder {
  readonly id: string;
  readonly name: string;
}

/** One of several things that are wrong with what was sent. */
export interface FaultDetail {
  /** Where, in what was sent; empty: as a whole. */
  readonly path: string;
  readonly message: string;
  readonly file?: string;
  readonly line?: number;
  /** Stable; absent where the server has only words. */
  readonly code?: string;
  /** What the message mentions. */
  readonly about?: Readonly<Record<string, string | number>>;
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
  /** Each thing that is wrong, where the server knows it so exactly. */
  readonly details: readonly FaultDetail[];

  /** @param more what else the server said */
  constructor(
    code: string,
    status: number,
    message: string,
    more: {
      retryAfterMs?: number | undefined;
      holder?: Holder | undefined;
      members?: readonly string[] | undefined;
      details?: readonly FaultDetail[] | undefined;
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
    this.details = more.details ?? [];
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
