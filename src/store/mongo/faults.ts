import { mongo } from 'mongoose';
import { RelevoError } from '../../core/errors.ts';
import { NoAnswer } from '../../core/within.ts';

const reachHint =
  'Check that the MongoDB server runs and that MONGODB_URL is right; Relevo goes on by itself.';

/** Codes of a server that steps down, shuts down, or does not let us in. */
const awayCodes = new Set([6, 7, 13, 18, 89, 91, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436, 8000]);

const duplicateKey = 11_000;
const outOfDisk = 14_031;

/** Whether a write was refused because its `_id` or another unique key is taken, and for no other reason. */
export function isDuplicate(error: unknown): boolean {
  if (error instanceof mongo.MongoBulkWriteError) {
    const each = Array.isArray(error.writeErrors) ? error.writeErrors : [error.writeErrors];
    return each.length > 0 && each.every((one) => one.code === duplicateKey);
  }
  return error instanceof mongo.MongoServerError && error.code === duplicateKey;
}

/** Whether the connection failed: what was under way may have been done or not. */
export function isConnectionFault(error: unknown): boolean {
  // The driver makes a lost connection under several inserts look like the server's refusal, without a code.
  if (error instanceof mongo.MongoBulkWriteError && error.code === undefined) return true;
  if (error instanceof mongo.MongoServerError) return awayCodes.has(Number(error.code));
  if (error instanceof NoAnswer) return true;
  if (error instanceof mongo.MongoNetworkError || error instanceof mongo.MongoServerSelectionError)
    return true;
  if (!(error instanceof Error) || error instanceof RelevoError) return false;
  // A socket's own fault, such as EPIPE, which the driver passes on as it is when the other side has just gone.
  if ('code' in error && typeof error.code === 'string' && /^E[A-Z]+$/u.test(error.code)) return true;
  // What mongoose says of a connection that is lost and not yet made again.
  if (error.name === 'MongooseError' && /before initial connection|force closed/u.test(error.message))
    return true;
  return /^Mongo(?:ose)?(?:Pool|NotConnected|TopologyClosed|ClientClosed|ServerClosed|ServerSelection|ExpiredSession|WaitQueueTimeout|OperationTimeout)/u.test(
    error.name,
  );
}

/**
 * What a caller of the store gets to see in place of the driver's error.
 * @returns RelevoError `store_unreachable` or `store_failed`; a RelevoError as it is
 */
export function storeFault(error: unknown): RelevoError {
  if (error instanceof RelevoError) return error;
  if (isConnectionFault(error)) {
    return new RelevoError('store_unreachable', 'the database does not answer', {
      hint: reachHint,
      cause: error,
    });
  }
  const code = error instanceof mongo.MongoServerError ? Number(error.code) : null;
  return new RelevoError(
    'store_failed',
    code === outOfDisk
      ? 'the database has no room left on its disk'
      : `the database refused a command${code === null ? '' : ` (code ${code})`}`,
    {
      hint:
        code === outOfDisk
          ? 'Make room: nothing is lost, and Relevo goes on by itself.'
          : 'The cause names the rule; the server log has the rest.',
      cause: error,
    },
  );
}
