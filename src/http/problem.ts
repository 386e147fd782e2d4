import { STATUS_CODES } from 'node:http';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import type { Refusal } from '../core/command.ts';
import { RelevoError } from '../core/errors.ts';
import type { Ids } from '../core/ids.ts';
import type { Problem } from './schemas/problem.ts';

/** A fault that a caller is told about, with the status it is told under. */
export class HttpProblem extends RelevoError {
  readonly status: number;
  readonly more: Pick<Problem, 'errors' | 'holder' | 'members'>;
  readonly headers: Readonly<Record<string, string>>;

  /** @param status 400 to 599 */
  constructor(
    status: number,
    code: string,
    detail: string,
    more: { hint?: string; headers?: Record<string, string> } & Pick<
      Problem,
      'errors' | 'holder' | 'members'
    > = {},
  ) {
    const { hint, headers, ...rest } = more;
    super(code, detail, hint === undefined ? {} : { hint });
    this.name = 'HttpProblem';
    this.status = status;
    this.more = rest;
    this.headers = headers ?? {};
  }
}

/** Faults of Relevo's own parts that a caller can understand. Every other one is a 500 and stays inside. */
export const statuses: Readonly<Record<string, number>> = {
  no_such_media: 404,
  media_too_large: 413,
  invalid_cursor: 400,
  kb_article_changed: 409,
  kb_article_faults: 400,
  kb_article_known: 409,
  kb_article_unknown: 404,
  kb_draft_busy: 409,
  kb_draft_empty: 409,
  kb_engine_failed: 503,
  kb_entry_unknown: 404,
  kb_gap_language: 409,
  kb_gap_unanswered: 409,
  kb_gap_unfit: 409,
  kb_gap_unknown: 404,
  kb_import_empty: 400,
  kb_import_faults: 400,
  kb_nothing_to_publish: 409,
  kb_phrase_changed: 409,
  kb_phrase_fault: 400,
  kb_phrase_unknown: 400,
  kb_case_unfit: 404,
  kb_regression: 409,
  kb_rehearsal_broken: 409,
  kb_rehearsal_changed: 409,
  kb_rehearsal_faults: 400,
  kb_rehearsal_unknown: 404,
  kb_replay_busy: 409,
  kb_synonym_faults: 400,
  kb_synonyms_changed: 409,
  kb_too_large: 409,
  kb_trial_none: 409,
  kb_trial_running: 409,
  kb_trial_same: 409,
  kb_unknown_brand: 409,
  kb_unpublished: 409,
  kb_version_unknown: 404,
  store_unreachable: 503,
  queue_unreachable: 503,
  stopping: 503,
};

const retryAfterSeconds = '2';

const refusals: Readonly<Record<Refusal['code'], string>> = {
  not_found: 'There is no such case.',
  already_claimed: 'Somebody else has the case.',
  not_claimed: 'Nobody has the case: claim it first.',
  not_yours: 'The case is held by somebody else.',
  closed: 'The case is closed.',
  no_such_tier: 'A case can only be escalated to a tier above its own.',
  no_such_plan: 'There is no such plan.',
  no_higher_tier: 'The case is at the highest tier already.',
  not_open_to_people: 'The bot has the conversation: it has not been handed over.',
  assessment_missing: 'This tier records its assessment of a case first.',
  not_with_vendor: 'No vendor owes an answer.',
  no_video: 'Video calls are not set up.',
  no_call: 'The case has no call.',
  no_call_minutes: "The customer's plan has no minutes of video calls left.",
  call_under_way: 'The call is under way.',
  call_in_the_past: 'That time is over.',
  call_overlaps: 'You have another call at that time.',
  no_such_question: 'There is no such question, or it waits for an answer no longer.',
  too_many_questions: 'The case has as many open questions as it may have.',
  not_in_tier: 'Only the people of the tier that was asked answer it.',
  not_a_member: 'This tier has people of its own, and you are none of them.',
  at_capacity: 'You hold as many cases as your tier allows.',
  away: 'You are away: say that you are available first.',
  nothing_waits: 'No case waits for you.',
  superseded: 'The case has moved on meanwhile.',
};

/** A refused command as the caller is told about it: 404 or 409. */
export function refusalProblem({ code, holder, members = [] }: Refusal): HttpProblem {
  const status = code === 'not_found' ? 404 : 409;
  const who = holder === undefined ? '' : ` It is ${holder.name}.`;
  const may = members.length === 0 ? '' : ` It is for ${members.join(', ')}.`;
  const detail = `${refusals[code]}${who}${may}`;
  return new HttpProblem(status, code, detail, {
    ...(holder === undefined ? {} : { holder }),
    ...(members.length === 0 ? {} : { members: [...members] }),
  });
}

/** A case that does not exist. */
export function noSuchCase(): HttpProblem {
  return refusalProblem({ code: 'not_found' });
}

/** Sends a problem. */
export function sendProblem(reply: FastifyReply, fault: HttpProblem, id?: string): FastifyReply {
  return reply
    .code(fault.status)
    .headers(fault.headers)
    .type('application/problem+json')
    .send(JSON.stringify(problemOf(fault, id)));
}

/** The body of a problem. @param id finds it in the log */
export function problemOf(fault: HttpProblem, id?: string): Problem {
  return {
    type: 'about:blank',
    title: STATUS_CODES[fault.status] ?? 'Error',
    status: fault.status,
    detail: fault.message,
    code: fault.code,
    ...(fault.hint === undefined ? {} : { hint: fault.hint }),
    ...fault.more,
    ...(id === undefined ? {} : { id }),
  };
}

/** Answers for every error that a route did not handle; what went wrong inside is logged, never told. */
export function createErrorHandler(deps: { ids: Ids; bodyLimitText: string }) {
  return (error: FastifyError | Error, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const fault = faultOf(error, deps.bodyLimitText);
    if (fault.status < 500) return sendProblem(reply, fault);
    const id = deps.ids.id();
    const where = { problem: id, method: request.method, route: request.routeOptions.url };
    // While an engine is away every request meets it: one line each, without the stack.
    if (fault.status === 503) request.log.warn({ ...where, code: fault.code }, 'request refused');
    else request.log.error({ ...where, err: error }, 'request failed');
    return sendProblem(reply, fault, id);
  };
}

function faultOf(error: FastifyError | Error, bodyLimitText: string): HttpProblem {
  if (error instanceof HttpProblem) return error;
  if (error instanceof RelevoError) {
    const status = statuses[error.code];
    if (status === undefined) return hidden();
    const hint = error.hint === undefined ? {} : { hint: error.hint };
    const errors = error.details.map((one) => ({ ...one, about: { ...one.about } }));
    const more = errors.length === 0 ? hint : { ...hint, errors };
    if (status < 500) return new HttpProblem(status, error.code, error.message, more);
    return new HttpProblem(status, error.code, unavailable[error.code] ?? 'Not available now.', {
      headers: { 'retry-after': retryAfterSeconds },
    });
  }
  if (hasZodFastifySchemaValidationErrors(error)) {
    const errors = error.validation.map(({ instancePath, message }) => ({
      path: instancePath.replace(/^\//u, '').replaceAll('/', '.'),
      message: message ?? 'is not valid',
    }));
    const where = error.validationContext === 'body' ? 'The body' : 'The address';
    const detail = `${where} is not as expected: ${errors.map(({ path, message }) => `${path || 'it'}: ${message}`).join('; ')}`;
    return new HttpProblem(400, 'invalid_request', detail, { errors });
  }
  const { code, statusCode } = error as Partial<FastifyError>;
  const known = code === undefined ? undefined : frameworkFaults[code];
  if (known !== undefined) {
    return new HttpProblem(known.status, known.code, known.detail.replace('{limit}', bodyLimitText));
  }
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return new HttpProblem(statusCode, 'bad_request', 'The request cannot be understood.');
  }
  return hidden();
}

function hidden(): HttpProblem {
  return new HttpProblem(500, 'internal_error', 'Something went wrong here; it has been logged.');
}

const unavailable: Readonly<Record<string, string>> = {
  store_unreachable: 'The database does not answer. Nothing was stored; please try again.',
  queue_unreachable: 'The queue does not answer; please try again.',
  stopping: 'The service is stopping; please try again.',
  kb_engine_failed: 'The engine could not be trained; please try again.',
};

const nothingHere = { status: 404, code: 'not_found', detail: 'There is nothing at this address.' };

const invalidJson = { status: 400, code: 'invalid_json', detail: 'The body is not JSON.' };

const frameworkFaults: Readonly<Record<string, { status: number; code: string; detail: string }>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: {
    status: 413,
    code: 'body_too_large',
    detail: 'The body is larger than {limit}.',
  },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    status: 415,
    code: 'unsupported_media_type',
    detail: 'The body must be JSON, with the content type application/json.',
  },
  FST_ERR_CTP_INVALID_JSON_BODY: invalidJson,
  FST_ERR_CTP_EMPTY_JSON_BODY: { ...invalidJson, detail: 'The body is empty where JSON is expected.' },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: {
    status: 400,
    code: 'invalid_content_length',
    detail: 'The body is not as long as its Content-Length says.',
  },
  FST_ERR_BAD_URL: { status: 400, code: 'invalid_address', detail: 'The address is not a valid one.' },
  FST_ERR_MAX_PARAM_LENGTH: nothingHere,
  FST_STATIC_FORBIDDEN_PATH: nothingHere,
};
