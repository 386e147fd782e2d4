import ms from 'ms';
import { isNode, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { languages } from './core/language.ts';
import type { Limits, Tier } from './core/rules.ts';

/** Twice the time the bot may take and then some: below it, a slow turn would be taken for a crashed one. */
const crashFactor = 4;

const duration = (byDefault: string) =>
  z
    .string()
    .default(byDefault)
    .transform((text, context) => {
      const value = /^\d+(\.\d+)? ?(s|m|h|d)$/u.test(text) ? ms(text as ms.StringValue) : Number.NaN;
      if (value > 0) return value;
      context.addIssue({
        code: 'custom',
        message: `"${text}" is no duration: write it like 30s, 15m, 4h or 7d`,
      });
      return z.NEVER;
    });

const tier = z.strictObject({
  level: z.int().min(1).max(99),
  name: z.string().min(1).max(60),
  acceptWithin: duration('10m'),
  solveWithin: duration('4h'),
});

const defaultTiers = ['Primera atención', 'Especialistas', 'Expertos'].map((name, below) => ({
  level: below + 1,
  name,
}));

const file = z.strictObject({
  tiers: z
    .array(tier)
    .min(1, 'at least one tier is needed')
    .default(() => defaultTiers.map((one) => tier.parse(one)))
    .superRefine((tiers, context) => {
      tiers.forEach(({ level }, place) => {
        const below = tiers[place - 1];
        if (below === undefined || level > below.level) return;
        context.addIssue({
          code: 'custom',
          path: [place, 'level'],
          message: `level ${level} comes after level ${below.level}: each tier's level must be above the one before`,
        });
      });
    }),
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
    })
    .prefault({}),
  language: z.enum(languages).default('es'),
});

/** What `relevo.yaml` says, in milliseconds where it is about time. */
export interface Ladder {
  readonly tiers: readonly [Tier, ...Tier[]];
  readonly limits: Limits;
  /** How long one bot turn may take. */
  readonly botAnswerMs: number;
  readonly language: (typeof languages)[number];
}

/**
 * Reads the text of `relevo.yaml`. Pure.
 * @param text empty for all defaults
 * @param name what the file is called in a fault
 * @returns the ladder, or every fault at once, each with its line and what would be right
 */
export function parseLadder(text: string, name: string): { ladder: Ladder } | { faults: string[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  if (document.errors.length > 0) {
    const faults = document.errors.map(({ message, pos }) => {
      return `${name} line ${lines.linePos(pos[0]).line}: ${message.split('\n')[0]}`;
    });
    return { faults };
  }
  const parsed = file.safeParse(document.toJS() ?? {});
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }) => {
      return `${name}${lineOf(path)}: ${path.join('.') || 'the file'}: ${message}`;
    });
    return { faults };
  }

  const { tiers, limits, language } = parsed.data;
  const [first, ...rest] = tiers.map(
    ({ level, name: tierName, acceptWithin, solveWithin }): Tier => ({
      level,
      name: tierName,
      acceptWithinMs: acceptWithin,
      solveWithinMs: solveWithin,
    }),
  );
  if (first === undefined) return { faults: [`${name}: at least one tier is needed`] };
  return {
    ladder: {
      tiers: [first, ...rest],
      limits: {
        turnMs: limits.botAnswer * crashFactor,
        turnAttempts: 2,
        idleMs: limits.idle,
        leaseMs: limits.lease,
        confirmMs: limits.confirm,
        rateMs: limits.rate,
        remindMs: limits.remind,
        reminders: limits.reminders,
        reopenMs: limits.reopen,
      },
      botAnswerMs: limits.botAnswer,
      language,
    },
  };

  function lineOf(path: readonly PropertyKey[]): string {
    for (let depth = path.length; depth > 0; depth -= 1) {
      const node = document.getIn(path.slice(0, depth), true);
      if (isNode(node) && node.range) return ` line ${lines.linePos(node.range[0]).line}`;
    }
    return '';
  }
}
