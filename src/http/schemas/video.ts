import { z } from 'zod';

const outcome = z.enum(['good', 'denied', 'missing', 'busy', 'silent', 'failed', 'untried']);
const measured = z.int().min(0).max(10_000_000).nullable();

/** A link's code as anybody may write it: what is no code is answered like a wrong one. */
export const code = z.object({ code: z.string().max(300) });

export const opening = z.object({ now: z.number().min(0).max(8.64e15).nullish() });

export const callChecks = z.object({
  browser: z.string().max(60),
  system: z.string().max(60),
  phone: z.boolean(),
  fits: z.boolean(),
  canShare: z.boolean(),
  camera: outcome,
  microphone: outcome,
  connection: z.object({
    outcome: z.enum(['good', 'weak', 'bad', 'untried']),
    roundTripMs: measured,
    downKbps: measured,
    upKbps: measured,
  }),
});

export const presence = z.object({ checks: callChecks.nullable() });

/** A customer agrees to what the agent will see; an agent has nothing to agree to. */
export const entering = z.object({ agreed: z.boolean(), camera: z.boolean().default(true) });

export const withoutVideo = z.object({
  wish: z.enum(['chat', 'phone']),
  why: z.enum(['browser', 'camera', 'microphone', 'connection', 'wish']),
});

const role = z.enum(['agent', 'customer']);
const language = z.enum(['es', 'en', 'pt']);

export const shut = z.object({
  kind: z.literal('shut'),
  reason: z.enum([
    'unknown',
    'cancelled',
    'closed',
    'expired',
    'used',
    'forwarded',
    'too-early',
    'replayed',
    'too-many-tries',
    'not-set-up',
  ]),
  until: z.number().nullable(),
  now: z.number(),
  role: role.nullable(),
  call: z
    .object({
      language,
      chatUrl: z.string().nullable(),
      deskUrl: z.string(),
      phone: z.string().nullable(),
      timeZone: z.string().nullable(),
      startsAt: z.number().nullable(),
    })
    .nullable(),
});

export const waiting = z.object({
  kind: z.literal('waiting'),
  role,
  call: z.object({
    number: z.int(),
    language,
    customer: z.string().nullable(),
    agent: z.string().nullable(),
    chatUrl: z.string().nullable(),
    deskUrl: z.string(),
    phone: z.string().nullable(),
    recorded: z.boolean(),
    startsAt: z.number().nullable(),
    timeZone: z.string().nullable(),
  }),
  place: z.object({ host: z.string(), signs: z.boolean(), ownRooms: z.boolean() }),
  entered: z.boolean(),
  now: z.number(),
  clock: z.object({ offsetMs: z.number(), wholeHours: z.number().nullable() }).nullable(),
});

export const done = z.object({ kind: z.literal('done') });
export const go = z.object({ kind: z.literal('go'), url: z.string() });
