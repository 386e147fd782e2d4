/** One of several things that are wrong, told so that it can be said in other languages too. */
export interface FaultDetail {
  /** Where, in what was given: keys and places from 1; empty: as a whole. */
  readonly path: string;
  /** In which file, and on which line of it from 1, where it was one. */
  readonly file?: string;
  readonly line?: number;
  /** Stable, lower-case words joined by underscores. */
  readonly code: string;
  /** What the message mentions, by its names. */
  readonly about: Readonly<Record<string, string | number>>;
  /** For people, in English. */
  readonly message: string;
}

/** What went wrong, in a form that people and programs can both act on. */
export class RelevoError extends Error {
  /** Stable, lower-case words joined by underscores: what a program checks. */
  readonly code: string;
  /** What the reader can do about it. */
  readonly hint: string | undefined;
  /** Each thing that is wrong, where it is known so exactly. */
  readonly details: readonly FaultDetail[];

  /**
   * @param code stable name of the fault, such as `store_unreachable`
   * @param message what happened and why, without secrets or personal data
   * @param more the hint (what to do), the error that caused this one, and each thing that is wrong
   */
  constructor(
    code: string,
    message: string,
    more: { hint?: string; cause?: unknown; details?: readonly FaultDetail[] } = {},
  ) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.name = 'RelevoError';
    this.code = code;
    this.hint = more.hint;
    this.details = more.details ?? [];
  }
}

/** A channel refused or failed a send. */
export class SendError extends RelevoError {
  /** How long the platform asked us to wait, in milliseconds; undefined when it did not say. */
  readonly retryAfterMs: number | undefined;
  /** Whether trying again can ever help. */
  readonly permanent: boolean;
  /** Whether it may have gone out all the same: we did not hear how it ended. */
  readonly unknown: boolean;
  /** What the platform wants us to pause: sends to this customer, or all of the account's. */
  readonly scope: 'user' | 'account';

  /**
   * @param more `permanent: true` when no retry can help; `retryAfterMs` as the platform said, for this customer unless
   *   `scope` is `account`; `unknown: true` when it may have gone out
   */
  constructor(
    code: string,
    message: string,
    more: {
      hint?: string;
      cause?: unknown;
      retryAfterMs?: number;
      permanent?: boolean;
      unknown?: boolean;
      scope?: 'user' | 'account';
    } = {},
  ) {
    super(code, message, more);
    this.name = 'SendError';
    this.retryAfterMs = more.retryAfterMs;
    this.permanent = more.permanent ?? false;
    this.unknown = more.unknown ?? false;
    this.scope = more.scope ?? 'user';
  }
}
