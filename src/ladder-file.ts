import { isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import type { languages } from './core/language.ts';
import type { OwnPhrases } from './core/phrase.ts';
import type { Named, Rules } from './core/rules.ts';
import type { SlackDeskSettings } from './escalation/desks/slack/settings.ts';
import { strangeTiers } from './escalation/desks/slack/settings.ts';
import { brandOfAddress, brandsOfAgents, chatHostsOf, servesOn } from './ladder/brands.ts';
import { type Fault, faultsAmong } from './ladder/references.ts';
import { type LadderText, ladderSchema } from './ladder/schema.ts';
import { buildRouting, buildTiers, titled } from './ladder/tiers.ts';

/** Twice the time the bot may take and then some: below it, a slow turn would be taken for a crashed one. */
const crashFactor = 4;

/** One of several companies that one Relevo serves. */
export interface Brand extends Named {
  /** By which name articles say that they are for it. */
  readonly knowledge: string;
  /** In place of the catalogue's. */
  readonly phrases: OwnPhrases;
}

/** What `relevo.yaml` says, in milliseconds where it is about time. */
export interface Ladder extends Omit<Rules, 'say'> {
  /** How long one bot turn may take. */
  readonly botAnswerMs: number;
  readonly language: (typeof languages)[number];
  /** The IANA zone of calendars that name none, and of the days of reports. */
  readonly timeZone: string;
  /** By channel, what to do with a message of which nobody can say whether it went out; `resend` where nothing is said. */
  readonly unknownOutcome: Readonly<Record<string, 'resend' | 'hold'>>;
  /** The agents' desk in Slack; null: there is none. */
  readonly slackDesk: SlackDeskSettings | null;
  /** Whom customers ring when video does not work, null: nobody; and whether calls are recorded, which they are told. */
  readonly calls: { readonly phone: string | null; readonly recorded: boolean };
  /** The companies served; none: there is one, without a name. */
  readonly brands: readonly Brand[];
  /** Which brands' cases somebody may see, by their e-mail or name in lower case; whoever is not here sees all. */
  readonly agentBrands: Readonly<Record<string, readonly string[]>>;
  /** The hosts, in lower case, by which a brand's own web chat is reached. */
  readonly chatHosts: readonly string[];
  /** Whether a brand's customers (null: those of none) may write on a channel. */
  readonly serves: (brand: string | null, channel: string) => boolean;
  /** All of it as it is written, with the defaults; there are no secrets in it. */
  readonly said: LadderText;
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
  const parsed = ladderSchema.safeParse(content);
  const found = [
    ...(parsed.success ? strangeTiers(parsed.data) : parsed.error.issues.flatMap(faultsOf)),
    ...faultsAmong(content),
  ];
  if (parsed.success && found.length === 0) return { ladder: ladderOf(parsed.data) };
  const faults = found.map(({ path, message }) => {
    return `${name}${lineOf(path)}: ${path.join('.') || 'the file'}: ${message}`;
  });
  return { faults };

  /** The line of a key, or of the nearest thing around it that is in the file. */
  function lineOf(path: readonly PropertyKey[]): string {
    for (let depth = path.length; depth > 0; depth -= 1) {
      const around = depth === 1 ? document.contents : document.getIn(path.slice(0, depth - 1), true);
      const pair = isMap(around)
        ? around.items.find(({ key }) => isScalar(key) && String(key.value) === String(path[depth - 1]))
        : undefined;
      const node = pair?.key ?? document.getIn(path.slice(0, depth), true);
      if (isNode(node) && node.range) return ` line ${lines.linePos(node.range[0]).line}`;
    }
    return '';
  }
}

function ladderOf(file: LadderText): Ladder {
  const { limits, atTop } = file;
  return {
    ...buildTiers(file),
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
    plans: file.plans.map(({ name }) => name),
    routing: buildRouting(file),
    ...(atTop.alarmEvery === undefined ? {} : { alarmEveryMs: atTop.alarmEvery }),
    ...(file.bot.asks === undefined ? {} : { botAsks: file.bot.asks }),
    botAnswerMs: limits.botAnswer,
    language: file.language,
    timeZone: file.timeZone,
    unknownOutcome: Object.fromEntries(
      Object.entries(file.channels).map(([channel, { unknown }]) => [channel, unknown]),
    ),
    brandOf: (address) => brandOfAddress(file.brands, address),
    brands: file.brands.map((brand) => {
      const { name, knowledge = name, phrases } = brand;
      return { ...titled(brand), knowledge, phrases };
    }),
    agentBrands: brandsOfAgents(file.agents),
    chatHosts: chatHostsOf(file.brands),
    serves: (brand, channel) => servesOn(file.brands, brand, channel),
    said: file,
    slackDesk: file.desk.slack ?? null,
    calls: { phone: file.video.phone ?? null, recorded: file.video.recorded },
  };
}

/** One fault for each key that is not known, so that each has its own line. */
function faultsOf(issue: z.core.$ZodIssue): Fault[] {
  if (issue.code !== 'unrecognized_keys') return [{ path: issue.path, message: issue.message }];
  return issue.keys.map((key) => ({ path: [...issue.path, key], message: 'there is no such setting' }));
}
