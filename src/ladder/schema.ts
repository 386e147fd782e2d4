import ms from 'ms';
import { z } from 'zod';
import { languages } from '../core/language.ts';
import { isTimeZone, type Shift, type Weekday } from '../escalation/calendar.ts';
import { slackDeskSchema } from '../escalation/desks/slack/settings.ts';
import { phrasesSchema } from './phrases.ts';
import { daysOf, isDate, shiftOf } from './week.ts';

/** A text such as `15m`, in milliseconds. */
const time = z.string().transform((text, context) => {
  const value = /^\d+(\.\d+)? ?(s|m|h|d)$/u.test(text) ? ms(text as ms.StringValue) : Number.NaN;
  if (value > 0) return value;
  context.addIssue({ code: 'custom', message: `"${text}" is no duration: write it like 30s, 15m, 4h or 7d` });
  return z.NEVER;
});

const duration = (byDefault: string) => z.string().default(byDefault).pipe(time);

const name = z.string().min(1).max(60);

const timeZone = z.string().refine(isTimeZone, 'is no time zone: write it like Europe/Madrid');

const phone = z
  .string()
  .regex(/^\+?\d(?:[\s().-]*\d){3,18}$/u, 'is no phone number: write it like "+34 900 000 000"');

/** E-mails and names are compared in lower case. */
const user = name.trim().toLowerCase();

const shift = z.string().transform((text, context): Shift => {
  const read = shiftOf(text);
  if (read !== null) return read;
  context.addIssue({ code: 'custom', message: `"${text}" is no shift: write it like 9:00-14:00` });
  return z.NEVER;
});

const holiday = z.string().refine(isDate, 'is no date: write it like 2026-12-25, or 12-25 for every year');

const shifts = z.record(z.string(), z.array(shift)).transform((given, context) => {
  const week: Partial<Record<Weekday, Shift[]>> = {};
  for (const [key, ofDay] of Object.entries(given)) {
    const days = daysOf(key);
    const twice = days?.find((day) => week[day] !== undefined);
    if (days === null || twice !== undefined) {
      const message =
        days === null
          ? `"${key}" names no days: write them like mon, mon-fri or sat, sun`
          : `${twice} has its shifts already`;
      context.addIssue({ code: 'custom', message, path: [key] });
    }
    for (const day of days ?? []) week[day] = ofDay;
  }
  return week;
});

const calendar = z.strictObject({
  timeZone: timeZone.optional(),
  shifts,
  holidays: z.array(holiday).default([]),
});

const tier = z.strictObject({
  level: z.int().min(1).max(99),
  name,
  calendar: z.string().optional(),
  acceptWithin: duration('10m'),
  solveWithin: duration('4h'),
  skills: z.array(z.string()).optional(),
  members: z.array(user).min(1, 'expected somebody, or no members at all: then everybody is one').optional(),
  capacity: z.int().min(1).max(1_000).optional(),
  assess: z.boolean().default(false),
});

const defaultTiers = ['Primera atención', 'Especialistas', 'Expertos'].map((called, below) => ({
  level: below + 1,
  name: called,
}));

const levels = z.array(z.int());

const plan = z.strictObject({
  name,
  title: name.optional(),
  calendar: z.string().optional(),
  tiers: levels.min(1, 'expected the level of at least one tier').optional(),
  deadlines: z
    .array(
      z.strictObject({
        tier: z.int(),
        calendar: z.string().optional(),
        acceptWithin: time.optional(),
        solveWithin: time.optional(),
      }),
    )
    .default([]),
  channels: z
    .array(z.string())
    .min(1, 'expected at least one channel, or none of this: then people answer on all')
    .optional(),
  videoMinutes: z.int().min(0).max(1_000_000).optional(),
});

const brand = z.strictObject({
  name,
  title: name.optional(),
  knowledge: name.optional(),
  phrases: phrasesSchema.default({}),
  channels: z.array(z.string()).min(1, 'expected at least one channel'),
  tiers: levels.min(1, 'expected the level of at least one tier').optional(),
  calendar: z.string().optional(),
});

/** All of `relevo.yaml`, each value with its default; what names another part of the file is checked elsewhere. */
export const ladderSchema = z.strictObject({
  timeZone: timeZone.default('UTC'),
  calendars: z.record(z.string(), calendar).default({}),
  skills: z.record(z.string(), z.array(z.string().min(1).toLowerCase())).default({}),
  agents: z
    .array(
      z.strictObject({
        user,
        skills: z.array(z.string()).default([]),
        brands: z
          .array(z.string())
          .min(1, 'expected at least one brand, or none of this: then they work for all')
          .optional(),
      }),
    )
    .default([]),
  tiers: z
    .array(tier)
    .min(1, 'at least one tier is needed')
    .default(() => defaultTiers.map((one) => tier.parse(one))),
  atTop: z.strictObject({ alarmEvery: time.optional() }).prefault({}),
  plans: z.array(plan).default([]),
  brands: z.array(brand).default([]),
  limits: z
    .strictObject({
      botAnswer: duration('8s'),
      lease: duration('30m'),
      idle: duration('24h'),
      confirm: duration('24h'),
      rate: duration('24h'),
      remind: duration('24h'),
      reminders: z.int().min(0).max(10).default(2),
      reopen: duration('14d'),
      preferSkill: duration('10m'),
      preferAgent: duration('15m'),
    })
    .prefault({}),
  language: z.enum(languages).default('es'),
  bot: z.strictObject({ asks: z.int().min(1).max(99).optional() }).prefault({}),
  video: z.strictObject({ phone: phone.optional(), recorded: z.boolean().default(false) }).prefault({}),
  desk: z.strictObject({ slack: slackDeskSchema.optional() }).prefault({}),
  channels: z
    .record(
      z.string(),
      z.strictObject({
        unknown: z.enum(['resend', 'hold'], 'expected resend or hold').default('resend'),
      }),
    )
    .default({}),
});

/** What `relevo.yaml` says, read. */
export type LadderText = z.output<typeof ladderSchema>;
