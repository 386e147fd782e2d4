import { z } from 'zod';
import { languages } from '../../core/language.ts';
import type { CaseDetail, CaseView, OpenQuestion } from '../../escalation/case-view.ts';
import { option, source } from './chat.ts';
import { clientId, fileId, iso, moment, words } from './text.ts';
import { callChecks } from './video.ts';

const stage = z.enum(['bot', 'queued', 'claimed', 'solved', 'closed']);
const agent = z.object({ id: z.string(), name: z.string() });
const event = z.looseObject({ type: z.string() });
const named = z.object({ name: z.string(), title: z.string() });
const logbook = z.object({
  understanding: z.string(),
  plan: z.string(),
  execution: z.string(),
  results: z.string(),
});

const openQuestion = z.object({
  number: z.int(),
  tier: z.int(),
  tierName: z.string(),
  by: z.string().nullable().describe('Who asks; null: the bot.'),
  text: z.string(),
  at: moment,
  until: moment.nullable().describe('Until when the bot waits for it.'),
});

const presence = z.enum(['away', 'waiting', 'in']);
const call = z.object({
  phase: z.enum(['requested', 'scheduled', 'invited', 'waiting', 'live']),
  by: z.enum(['customer', 'bot', 'agent']),
  startsAt: moment.nullable(),
  agent: presence,
  customer: presence,
  liveAt: moment.nullable(),
});

const callWork = z.object({
  link: z.string().nullable(),
  chosen: moment.nullable(),
  timeZone: z.string().nullable(),
  checks: callChecks.nullable(),
  last: z
    .object({
      outcome: z.enum(['held', 'cancelled', 'declined', 'missed', 'handed-on']),
      at: moment,
      minutes: z.int(),
      reported: z.boolean(),
    })
    .nullable(),
});

const caseShape = {
  id: z.string(),
  number: z.int(),
  subject: z.string().nullable(),
  customerName: z.string().nullable(),
  language: z.enum(languages),
  brand: named.nullable(),
  plan: named.nullable(),
  channel: z.string(),
  stage,
  tier: z.int().nullable(),
  tierName: z.string().nullable(),
  owner: z
    .object({
      kind: z.enum(['bot', 'tier', 'agent', 'vendor', 'customer']),
      reference: z.string().optional(),
      tier: z.int().optional(),
      agent: agent.optional(),
    })
    .nullable(),
  deadline: z.object({ kind: z.string(), at: moment }).nullable(),
  alarms: z.int(),
  startedAt: moment,
  reopenings: z.int(),
  stars: z.int().nullable(),
  outcome: z
    .object({ how: z.enum(['confirmed', 'assumed', 'abandoned']), by: z.enum(['bot', 'person']) })
    .nullable(),
  callback: z.object({ at: moment.nullable(), words: z.string() }).nullable(),
  offeredTo: z
    .array(agent)
    .describe('Whom it is for first while it waits; nobody else of the tier is refused it.'),
  replyUntil: moment.nullable(),
  questions: z.array(openQuestion),
  call: call.nullable(),
  version: z.int(),
};

export const caseFile = z
  .object({
    id: z.string(),
    kind: z.enum(['image', 'audio', 'voice', 'video', 'document', 'sticker']),
    name: z.string().optional(),
    bytes: z.int().optional(),
    type: z.string().nullable(),
    state: z.enum(['remote', 'kept', 'failed']),
  })
  .meta({ id: 'CaseFile' });

export const caseSchema = z.object(caseShape).meta({ id: 'Case' });

export const caseDetailSchema = z
  .object({
    ...caseShape,
    brief: z.object({
      question: z.string().nullable(),
      intake: z.object({ problem: z.string(), tried: z.string().nullable() }).nullable(),
      reason: z.string().nullable(),
      answered: z.array(
        z.object({
          article: z.string(),
          title: z.string(),
          passage: z.string().optional(),
          liked: z.boolean().nullable(),
        }),
      ),
      transitions: z.array(z.looseObject({ type: z.string(), at: moment })),
    }),
    logbook: logbook.nullable(),
    callWork,
    draft: logbook,
    messages: z.array(
      z.object({
        id: z.string(),
        at: moment,
        from: z.enum(['customer', 'bot', 'agent', 'system', 'note', 'event']),
        text: z.string(),
        author: z.string().optional(),
        options: z.array(option).optional(),
        sources: z.array(source).optional(),
        effect: z.enum(['pending', 'sending', 'done', 'failed']).optional(),
        error: z.string().optional(),
        receipt: z.enum(['sent', 'delivered', 'read']).optional(),
        file: caseFile.optional(),
        location: z.object({ latitude: z.number(), longitude: z.number() }).optional(),
        whole: z.string().optional(),
        before: z.array(z.string()).optional(),
        deleted: z.literal(true).optional(),
        reaction: z.string().optional(),
        bystander: z.literal(true).optional(),
        unverified: z.literal(true).optional(),
        event: event.optional(),
      }),
    ),
    people: z.array(z.object({ key: z.string(), channel: z.string(), at: moment, by: z.string() })),
    tiers: z.array(z.object({ level: z.int(), name: z.string() })),
    askable: z.array(z.object({ level: z.int(), name: z.string() })),
    plans: z.array(named),
    solveBy: moment.nullable(),
    assessFirst: z.boolean(),
    assessment: z
      .object({
        solvable: z.boolean(),
        missing: z.string(),
        howLong: z.string(),
        best: z.string(),
        agent,
        tier: z.int(),
      })
      .nullable(),
    told: z
      .object({
        position: z.int(),
        range: z.object({ lowMs: z.number(), highMs: z.number() }).nullable(),
        at: moment,
      })
      .nullable(),
    can: z.object({
      claim: z.boolean(),
      reply: z.boolean(),
      note: z.boolean(),
      escalate: z.boolean(),
      assess: z.boolean(),
      toVendor: z.boolean(),
      vendorAnswered: z.boolean(),
      returnToBot: z.boolean(),
      solve: z.boolean(),
      video: z.boolean(),
      cancelCall: z.boolean(),
      endCall: z.boolean(),
      ask: z.boolean(),
    }),
  })
  .meta({ id: 'CaseDetail' });

export const caseQuery = z.object({
  view: z.enum(['open', 'mine', 'queue', 'closed']).default('open'),
  tier: z.coerce.number().int().min(1).max(99).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const caseList = z.object({
  cases: z.array(caseSchema),
  counts: z.array(z.object({ stage, tier: z.int().nullable(), count: z.int() })),
});

export const caseRef = z.object({ id: z.string().describe("The case's id or its number.") });

const caseReference = /^(?:[1-9]\d{0,8}|[\da-f]{32})$/u;

/** Whether a text can be a case's id or its number. */
export function isCaseRef(text: string): boolean {
  return caseReference.test(text);
}

export const caseAnswer = z.object({ case: caseSchema });

export const agentWords = z.object({ id: clientId, text: words(10_000) });

export const agentReply = z
  .object({
    id: clientId,
    text: words(10_000).optional(),
    files: z.array(fileId).max(10).optional(),
  })
  .refine(({ text, files }) => text !== undefined || (files ?? []).length > 0, {
    error: 'must have text or files',
  });

export const fileRef = z.object({ id: z.string() });

export const fileName = z.object({ name: words(200) });

export const fileAnswer = z.object({ file: caseFile });

export const joining = z.object({
  case: z.string().regex(caseReference, "must be a case's number or id"),
});

export const parting = z.object({ key: words(500) });

export const messageRef = z.object({ id: z.string(), message: z.string() });

/** As far as a tier got: a part may be empty. */
const partialLogbook = z.object({
  understanding: z.string().max(4_000),
  plan: z.string().max(4_000),
  execution: z.string().max(4_000),
  results: z.string().max(4_000),
});

export const escalation = z.object({
  reason: words(2_000),
  tier: z.int().min(1).max(99).nullish(),
  logbook: partialLogbook.optional(),
});

export const assessmentBody = z.object({
  assessment: z.object({
    solvable: z.boolean(),
    missing: words(2_000),
    howLong: words(2_000),
    best: words(2_000),
  }),
});

export const vendorCase = z.object({ reference: words(200), remindAt: z.iso.datetime() });

export const vendorAnswer = z.object({ answer: words(4_000) });

export const questionToTier = z.object({
  id: clientId,
  tier: z.int().min(1).max(99),
  text: words(2_000),
});

export const questionRef = caseRef.extend({ question: z.coerce.number().int().min(1).max(999_999) });

export const privateAnswer = z.object({ id: clientId, answer: words(4_000) });

export const questionList = z.object({
  questions: z.array(
    openQuestion.extend({
      mine: z.boolean(),
      case: z.object({
        id: z.string(),
        number: z.int(),
        subject: z.string().nullable(),
        language: z.enum(languages),
        channel: z.string(),
      }),
    }),
  ),
});

const followUpDays = z
  .int()
  .min(1)
  .max(90)
  .nullish()
  .describe('So many days after the end the customer is asked whether all is well still.');

export const callWish = z.object({ at: z.iso.datetime().nullish().describe('Absent or null: now.') });

export const callReport = z.object({
  summary: z.string().trim().max(4_000).default(''),
  advice: z.string().trim().max(4_000).default(''),
  followUpDays,
});

export const customerPlan = z.object({ plan: words(60) });

export const solution = z.object({
  logbook: z.object({
    understanding: words(4_000),
    plan: words(4_000),
    execution: words(4_000),
    results: words(4_000),
  }),
  propose: z
    .boolean()
    .optional()
    .describe('It should become an article: a supervisor sees it among the proposals.'),
  followUpDays,
});

/** A case as clients read it. */
export function caseJson(view: CaseView): z.output<typeof caseSchema> {
  const { deadline, startedAt, callback, replyUntil, questions, call } = view;
  return {
    ...view,
    deadline: deadline === null ? null : { kind: deadline.kind, at: iso(deadline.at) },
    startedAt: iso(startedAt),
    callback: callback === null ? null : { ...callback, at: isoOrNull(callback.at) },
    offeredTo: [...view.offeredTo],
    replyUntil: isoOrNull(replyUntil),
    questions: questions.map(questionJson),
    call: call && { ...call, startsAt: isoOrNull(call.startsAt), liveAt: isoOrNull(call.liveAt) },
  };
}

/** An open question as clients read it. */
export function questionJson<Asked extends OpenQuestion>(question: Asked) {
  return { ...question, at: iso(question.at), until: isoOrNull(question.until) };
}

/** A case with its story as clients read it. */
export function caseDetailJson(detail: CaseDetail): z.output<typeof caseDetailSchema> {
  const { brief, told, callWork: work } = detail;
  return {
    ...detail,
    ...caseJson(detail),
    brief: {
      ...brief,
      answered: [...brief.answered],
      transitions: brief.transitions.map((one) => ({ ...one, at: iso(one.at) })),
    },
    messages: detail.messages.map(({ options, sources, before, at, ...plain }) => ({
      ...plain,
      ...(before === undefined ? {} : { before: [...before] }),
      ...(options === undefined ? {} : { options: [...options] }),
      ...(sources === undefined ? {} : { sources: [...sources] }),
      at: iso(at),
    })),
    people: detail.people.map((one) => ({ ...one, at: iso(one.at) })),
    tiers: [...detail.tiers],
    askable: [...detail.askable],
    plans: [...detail.plans],
    solveBy: isoOrNull(detail.solveBy),
    told: told === null ? null : { ...told, at: iso(told.at) },
    callWork: {
      ...work,
      chosen: isoOrNull(work.chosen),
      last: work.last && { ...work.last, at: iso(work.last.at) },
    },
  };
}

function isoOrNull(at: number | null): string | null {
  return at === null ? null : iso(at);
}
