import type { CustomFetch } from 'openid-client';
import { RelevoError } from '../core/errors.ts';

/** The library's codes of a provider that does not answer in time. */
const away: ReadonlySet<unknown> = new Set(['OAUTH_TIMEOUT', 'OAUTH_ABORT']);

/** Asks the provider; whoever is not there, or is in trouble itself, is told apart from one who answers wrongly. */
export function createReach(fetch: typeof globalThis.fetch): CustomFetch {
  return async (url, { body, signal, ...options }) => {
    let answer: Response;
    try {
      answer = await fetch(url, { ...options, body: body ?? null, signal: signal ?? null });
    } catch (cause) {
      throw unreachable(wordsOf(cause instanceof Error ? (cause.cause ?? cause) : cause), cause);
    }
    if (answer.status >= 500) throw unreachable(`it answers with status ${answer.status}`);
    return answer;
  };
}

/**
 * What went wrong, by who can do something about it.
 * @returns RelevoError `oidc_unreachable`, `oidc_declined`, `oidc_expired`, `oidc_invalid`; its message holds no claims
 */
export function faultOf(error: unknown): RelevoError {
  for (let one = error; one instanceof Error; one = one.cause) {
    if (one instanceof RelevoError) return one;
    if ('code' in one && away.has(one.code)) return unreachable('it does not answer in time', error);
  }
  const said = errorIn(error);
  if (said === 'access_denied')
    return new RelevoError('oidc_declined', 'the provider was told not to let them in', { cause: error });
  // The code was used already, or is too old: beginning anew helps.
  if (said === 'invalid_grant')
    return new RelevoError('oidc_expired', 'the provider takes the code no more', { cause: error });
  return new RelevoError(
    'oidc_invalid',
    `the provider's answer cannot be believed: ${said === null ? wordsOf(error) : `it says ${said}`}`,
    {
      hint: 'Compare OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET and the registered address with the provider, and the clocks.',
      cause: error,
    },
  );
}

function unreachable(why: string, cause?: unknown): RelevoError {
  return new RelevoError('oidc_unreachable', `the sign-in provider cannot be reached: ${why}`, {
    hint: 'Check OIDC_ISSUER and the way out to it; people can sign in by password meanwhile.',
    cause,
  });
}

/** The provider's own name of a fault, such as `invalid_client`. */
function errorIn(error: unknown): string | null {
  if (!(error instanceof Error && 'error' in error && typeof error.error === 'string')) return null;
  return /^\w{1,60}$/u.test(error.error) ? error.error : null;
}

/** Codes and words of the library, which name what does not fit and not what was in it. */
function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const inner = error.cause instanceof Error ? ` (${error.cause.message})` : '';
  const code = 'code' in error ? `${String(error.code)} ` : '';
  return `${code}${error.message}${inner}`;
}
