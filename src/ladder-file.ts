import ms from 'ms';
import { isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml';
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
    .default(() => defaultTiers.map((one) => tier.parse(one))),
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
  channels: z
    .record(
      z.string(),
      z.strictObject({
        unknown: z.enum(['resend', 'hold'], 'expected resend or hold').default('resend'),
      }),
    )
    .default({}),
});

/** The levels alone, so that their order is checked whatever else is wrong with the tiers. */
const levels = z
  .object({ tiers: z.array(z.object({ level: z.int() }).nullable().catch(null)) })
  .catch({ tiers: [] });

/** A fault and where in the file it is. */
interface Fault {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** What `relevo.yaml` says, in milliseconds where it is about time. */
export interface Ladder {
  readonly tiers: readonly [Tier, ...Tier[]];
  readonly limits: Limits;
  /** How long one bot turn may take. */
  readonly botAnswerMs: number;
  readonly language: (typeof languages)[number];
  /** By channel, what to do with a message of which nobody can say whether it went out; `resend` where nothing is said. */
  readonly unknownOutcome: Readonly<Record<string, 'resend' | 'hold'>>;
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
  const content: unknown = document.toJS() ?? {};
  const parsed = file.safeParse(content);
  const found = [
    ...(parsed.success ? [] : parsed.error.issues.flatMap(faultsOf)),
    ...misplacedLevels(content),
  ];
  if (!parsed.success || found.length > 0) {
    const faults = found.map(({ path, message }) => {
      return `${name}${lineOf(path)}: ${path.join('.') || 'the file'}: ${message}`;
    });
    return { faults };
  }

  const { tiers, limits, language, channels } = parsed.data;
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
      unknownOutcome: Object.fromEntries(
        Object.entries(channels).map(([channel, { unknown }]) => [channel, unknown]),
      ),
    },
  };

  /** The line of a key, or of the nearest thing around it that is in the file. */
  function lineOf(path: readonly PropertyKey[]): string {
    for (let depth = path.length; depth > 0; depth -= 1) {
      const around = depth === 1 ? document.contents : document.getIn(path.slice(0, depth - 1), true);
      const pair = isMap(around)
        ? around.items.find(({ key }) => isScalar(key) && key.value === path[depth - 1])
        : undefined;
      const node = pair?.key ?? document.getIn(path.slice(0, depth), true);
      if (isNode(node) && node.range) return ` line ${lines.linePos(node.range[0]).line}`;
    }
    return '';
  }
}

/** One fault for each key that is not known, so that each has its own line. */
function faultsOf(issue: z.core.$ZodIssue): Fault[] {
  if (issue.code !== 'unrecognized_keys') return [{ path: issue.path, message: issue.message }];
  return issue.keys.map((key) => ({ path: [...issue.path, key], message: 'there is no such setting' }));
}

function misplacedLevels(content: unknown): Fault[] {
  const { tiers } = levels.parse(content);
  return tiers.flatMap((one, place) => {
    const below = tiers[place - 1];
    if (!one || !below || one.level > below.level) return [];
    const message = `level ${one.level} comes after level ${below.level}: each tier's level must be above the one before`;
    return [{ path: ['tiers', place, 'level'], message }];
  });
}
