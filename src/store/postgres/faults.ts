import pg from 'pg';
import { RelevoError } from '../../core/errors.ts';

const reachHint =
  'Check that the database server runs and that DATABASE_URL is right; Relevo goes on by itself.';

const crowdedHint =
  'Raise max_connections of the database server, or run fewer processes; Relevo goes on by itself.';

/** SQLSTATEs of a server that goes away, is full or does not let us in. */
const awayStates = /^(?:08|28|3D000|53300|57P0[1-5])/u;

/** The SQLSTATE of a server that has given out all its connections. */
const crowdedState = '53300';

/** The SQLSTATE of a disk without room: what is stored stays, and the next statement works once there is some. */
const fullState = '53100';

/** SQLSTATEs of a statement that lost to a concurrent one and may simply be run again. */
const againStates = /^(?:40001|40P01)$/u;

/** SQLSTATEs of text that PostgreSQL cannot hold: NUL, lone surrogates, more than an index entry takes. */
const textStates = /^(?:22021|22P02|22P05|54000)$/u;

/** The SQLSTATE of an error that the server reported; null when it came from elsewhere. */
export function sqlStateOf(error: unknown): string | null {
  return error instanceof pg.DatabaseError ? (error.code ?? null) : null;
}

/** Whether the same statement may be run again at once. */
export function isTransient(error: unknown): boolean {
  return againStates.test(sqlStateOf(error) ?? '');
}

/** Whether a statement was refused because somebody else has what is unique. */
export function isTaken(error: unknown): boolean {
  return sqlStateOf(error) === '23505';
}

/** Whether the connection failed: what was under way may have been done or not. */
export function isConnectionFault(error: unknown): boolean {
  const state = sqlStateOf(error);
  if (state !== null) return awayStates.test(state);
  if (!(error instanceof Error) || error instanceof RelevoError) return false;
  if ('syscall' in error || error instanceof AggregateError) return true;
  return /terminated|timeout|not queryable|has ended|closed/iu.test(error.message);
}

/**
 * What a caller of the store gets to see in place of the driver's error.
 * @returns RelevoError `store_unreachable`, `text_not_storable` or `store_failed`; a RelevoError as it is
 */
export function storeFault(error: unknown): RelevoError {
  if (error instanceof RelevoError) return error;
  if (isConnectionFault(error)) {
    const isCrowded = sqlStateOf(error) === crowdedState;
    const message = isCrowded ? 'the database takes no more connections' : 'the database does not answer';
    return new RelevoError('store_unreachable', message, {
      hint: isCrowded ? crowdedHint : reachHint,
      cause: error,
    });
  }
  if (textStates.test(sqlStateOf(error) ?? '')) return unstorable(error);
  const state = sqlStateOf(error);
  if (state === fullState) {
    return new RelevoError('store_failed', 'the database has no room left on its disk', {
      hint: 'Make room: nothing is lost, and Relevo goes on by itself.',
      cause: error,
    });
  }
  return new RelevoError(
    'store_failed',
    `the database refused a statement${state === null ? '' : ` (SQLSTATE ${state})`}`,
    { hint: 'The cause names the table or rule; the server log has the rest.', cause: error },
  );
}

/** The fault of text that holds NUL or half a surrogate pair, or a key longer than an index takes. */
export function unstorable(cause?: unknown): RelevoError {
  return new RelevoError('text_not_storable', 'a text holds characters that the database cannot keep', {
    hint: 'Take NUL characters and lone surrogates out of the text before it is stored, and keep keys below 1,000 characters.',
    cause,
  });
}
