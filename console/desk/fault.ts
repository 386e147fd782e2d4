import type { ApiError } from '../live/api-error.ts';
import type { MessageId, Say } from '../parts/catalogue.tsx';
import { faultWords } from './fault-words.ts';

const known: Readonly<Record<string, MessageId>> = faultWords;

const byStatus: Readonly<Record<number, MessageId>> = {
  400: 'error.invalid',
  401: 'error.signed_out',
  403: 'error.forbidden',
  404: 'error.not_found',
  413: 'error.invalid',
  422: 'error.invalid',
  429: 'error.rate_limited',
};

/** Says in the reader's words what happened, why, and what to do. */
export function describeFault(fault: ApiError, say: Say): string {
  const id = known[fault.code] ?? byStatus[fault.status] ?? 'error.unknown';
  return say(id, {
    holder: fault.holder?.name ?? say('event.someone'),
    members: fault.members.join(', '),
    detail: fault.message,
  });
}
