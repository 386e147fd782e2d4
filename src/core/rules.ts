import type { Conversation } from './conversation.ts';
import type { Hours } from './hours.ts';
import { always } from './hours.ts';
import type { Address } from './message.ts';
import type { Say } from './phrase.ts';

/** One rung of the support ladder. */
export interface Tier {
  /** 1 is the first people a customer meets; unique, and the ladder is climbed in this order. */
  readonly level: number;
  readonly name: string;
  /** When its people work, and what all its deadlines are counted in; absent: day and night. */
  readonly hours?: Hours;
  /** How long a case may wait in this tier's queue, in milliseconds of its hours. */
  readonly acceptWithinMs: number;
  /**
   * How long the tier has from the claim to the solution, in milliseconds of its hours; waiting for the customer does
   * not count.
   */
  readonly solveWithinMs: number;
  /** Who works in it, by e-mail or name in lower case; absent: everybody. */
  readonly members?: readonly string[];
  /** Cases that may wait for one of its people at a time before they can take no more; absent: any number. */
  readonly capacity?: number;
  /** What its people are asked for first; of `Routing.skills`. */
  readonly skills?: readonly string[];
  /** Whether its people record the four answers of an assessment before they work on a case. */
  readonly assess?: boolean;
}

/** How a case finds its person. */
export interface Routing {
  /** What a case can ask for, each with the words in lower case by which it is told. */
  readonly skills: Readonly<Record<string, readonly string[]>>;
  /** What somebody can, by e-mail or name in lower case. */
  readonly agents: Readonly<Record<string, readonly string[]>>;
  /** How long a case is kept for those who have its skill, in milliseconds of the tier's hours. */
  readonly preferSkillMs: number;
  /** How long a case that came back is kept for who had it last, in milliseconds of the tier's hours. */
  readonly preferAgentMs: number;
}

/** How long each thing may last, in milliseconds unless the name says otherwise. */
export interface Limits {
  /** A bot turn: after this, whoever should have taken it has crashed. */
  readonly turnMs: number;
  /** How often a crashed turn is tried before a person gets the case. */
  readonly turnAttempts: number;
  /** A conversation with the bot in which the customer has gone quiet is closed after this. */
  readonly idleMs: number;
  /** An agent who owes an answer and does nothing for this long, in their tier's hours, loses the case. */
  readonly leaseMs: number;
  /** How long a customer has to confirm a solution before it is assumed. */
  readonly confirmMs: number;
  /** How long a customer has to rate. */
  readonly rateMs: number;
  /** A customer who owes an answer is reminded after this, each time, but only in the tier's hours. */
  readonly remindMs: number;
  /** How many reminders before the polite close. */
  readonly reminders: number;
  /** A message within this time after the close reopens the case; later it opens a new conversation. */
  readonly reopenMs: number;
}

/** The tiers that a case climbs, in rising level; at least one. */
export type Tiers = readonly [Tier, ...Tier[]];

/** What of a conversation decides which ladder it climbs. */
export type Who = Pick<Conversation, 'brand' | 'plan'>;

/** A brand or a plan: its name in `relevo.yaml`, and what people call it. */
export interface Named {
  readonly name: string;
  readonly title: string;
}

/** Everything `decide` needs to know beside the conversation and the command. */
export interface Rules {
  /** In rising level; at least one. */
  readonly tiers: Tiers;
  /** The ladder of a conversation, by its brand and plan; absent: `tiers` for all. Pure. */
  readonly ladderOf?: (who: Who) => Tiers;
  readonly limits: Limits;
  readonly say: Say;
  /** The words of a brand, which may have its own; absent: `say` for all. */
  readonly sayFor?: (brand: string | null) => Say;
  /** The company whose customers write to an address of ours; absent, or null: the only one. Pure. */
  readonly brandOf?: (address: Address) => string | null;
  /** What people call each brand. */
  readonly brands?: readonly Named[];
  /** The plan somebody has, also where nobody said; absent, or null: there are none. Pure. */
  readonly planOf?: (who: Who) => Named | null;
  /** The channels on which people answer somebody of this plan, by their names; absent, or null: all. Pure. */
  readonly channelsOf?: (who: Who) => readonly string[] | null;
  /** What people call a channel; null where it is off, or none of the brand's. Absent: its name. Pure. */
  readonly channelTitle?: (name: string, brand: string | null) => string | null;
  /** Minutes of video that somebody's plan gives; absent, or null: any number. Pure. */
  readonly videoMinutesOf?: (who: Who) => number | null;
  /** The plans a customer can have; the first is that of a customer of whom nothing is known. Absent: none. */
  readonly plans?: readonly string[];
  /** Whether video calls are set up; absent: they are not, and nobody is offered one. */
  readonly video?: boolean;
  /** Absent: nobody is preferred. */
  readonly routing?: Routing;
  /** How often the alarm at the top of the ladder rings, in milliseconds of its hours; absent: as the top tier accepts. */
  readonly alarmEveryMs?: number;
  /** The level of the tier that the bot asks before it hands over because it does not know; absent: it asks nobody. */
  readonly botAsks?: number;
  /** Whether times are told with their zone, because not all calendars have the same. */
  readonly nameZone?: boolean;
}

/** The ladder that a conversation climbs. */
export function ladderOf(rules: Rules, who: Who): Tiers {
  return rules.ladderOf?.(who) ?? rules.tiers;
}

/** The company whose customers write to an address; null: the only one. */
export function brandOf(rules: Rules, address: Address): string | null {
  return rules.brandOf?.(address) ?? null;
}

/** The rules with a brand's own words. */
export function rulesFor(rules: Rules, brand: string | null): Rules {
  return rules.sayFor === undefined ? rules : { ...rules, say: rules.sayFor(brand) };
}

/** When a tier's people work. */
export function hoursOf(tier: Tier): Hours {
  return tier.hours ?? always;
}

/** The tier of a level; when it was taken out of the ladder, the next one above it, or else the top. */
export function tierAt(ladder: Tiers, level: number): Tier {
  return ladder.find((tier) => tier.level >= level) ?? ladder.at(-1) ?? ladder[0];
}

/** The next tier above a level, or undefined at the top. */
export function tierAbove(ladder: Tiers, level: number): Tier | undefined {
  return ladder.find((tier) => tier.level > level);
}

/** By when a case that enters a tier's queue now must be taken. */
export function acceptBy(tier: Tier, now: number): number {
  return hoursOf(tier).after(now, tier.acceptWithinMs);
}

/** By when a case that somebody of a tier begins now must be solved. */
export function solveBy(tier: Tier, now: number): number {
  return hoursOf(tier).after(now, tier.solveWithinMs);
}

/** Until when somebody of a tier who owes an answer from now on may be silent. */
export function leaseUntil(tier: Tier, rules: Rules, now: number): number {
  return hoursOf(tier).after(now, rules.limits.leaseMs);
}

/** When the customer of a tier's case is reminded: never while nobody would hear the answer. */
export function remindAt(tier: Tier, rules: Rules, now: number): number {
  return hoursOf(tier).opensAt(now + rules.limits.remindMs);
}
