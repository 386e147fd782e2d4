import type { ApiError } from '../live/api-error.ts';
import type { MessageId, Say } from '../parts/catalogue.tsx';

const known: Readonly<Record<string, MessageId>> = {
  unreachable: 'error.unreachable',
  store_unreachable: 'error.store_unreachable',
  queue_unreachable: 'error.store_unreachable',
  stopping: 'error.unreachable',
  superseded: 'error.superseded',
  already_claimed: 'error.already_claimed',
  not_claimed: 'error.not_claimed',
  not_yours: 'error.not_yours',
  closed: 'error.closed',
  no_such_tier: 'error.no_such_tier',
  no_higher_tier: 'error.no_higher_tier',
  not_open_to_people: 'error.not_open_to_people',
  assessment_missing: 'error.assessment_missing',
  not_with_vendor: 'error.not_with_vendor',
  no_such_plan: 'error.no_such_plan',
  at_capacity: 'error.at_capacity',
  away: 'error.away',
  nothing_waits: 'error.nothing_waits',
  no_such_question: 'error.no_such_question',
  too_many_questions: 'error.too_many_questions',
  same_person: 'error.same_person',
  no_such_person: 'error.no_such_person',
  wrong_credentials: 'error.wrong_credentials',
  setup_token_invalid: 'error.setup_token_invalid',
  already_set_up: 'error.already_set_up',
  no_such_media: 'error.no_such_media',
  not_failed: 'error.not_failed',
};

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
  return say(id, { holder: fault.holder?.name ?? say('event.someone'), detail: fault.message });
}
