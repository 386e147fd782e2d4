import type { Hours } from '../core/hours.ts';
import type { Named, Routing, Rules, Tier, Tiers, Who } from '../core/rules.ts';
import { createHours } from '../escalation/calendar.ts';
import type { LadderText } from './schema.ts';

type TierText = LadderText['tiers'][number];
type PlanText = LadderText['plans'][number];
type BrandText = LadderText['brands'][number];

/** What depends on somebody's plan and brand. */
export type TiersOf = Pick<Rules, 'tiers' | 'nameZone'> &
  Required<Pick<Rules, 'ladderOf' | 'planOf' | 'channelsOf' | 'videoMinutesOf'>>;

/**
 * Builds the ladders: a plan's hours go before a brand's, and a brand's before the tier's own.
 * @throws Error when the file names a calendar or tier that is not in it: it must be checked before
 */
export function buildTiers(file: LadderText): TiersOf {
  const calendars = new Map(
    Object.entries(file.calendars).map(([name, { timeZone = file.timeZone, shifts, holidays }]) => {
      return [name, createHours({ timeZone, shifts, holidays })];
    }),
  );
  const ladders = new Map<BrandText | undefined, Map<PlanText | undefined, Tiers>>();
  for (const brand of [undefined, ...file.brands]) {
    const byPlan = new Map<PlanText | undefined, Tiers>();
    for (const plan of [undefined, ...file.plans]) {
      byPlan.set(plan, nonEmpty(ladder(file.tiers, brand, plan, calendars)));
    }
    ladders.set(brand, byPlan);
  }
  const standard = file.plans[0];
  const tiers = ladderNamed(undefined, standard);

  function ladderNamed(brand: BrandText | undefined, plan: PlanText | undefined): Tiers {
    const found = ladders.get(brand)?.get(plan);
    if (found === undefined) throw new Error('a plan and a brand without a ladder');
    return found;
  }

  /** Whoever had a plan that is no more has the first one. */
  function planOf({ plan }: Pick<Who, 'plan'>): PlanText | undefined {
    return file.plans.find(({ name }) => name === plan) ?? standard;
  }

  return {
    tiers,
    ladderOf: (who) =>
      ladderNamed(
        file.brands.find(({ name }) => name === who.brand),
        planOf(who),
      ),
    planOf(who) {
      const plan = planOf(who);
      return plan === undefined ? null : titled(plan);
    },
    channelsOf: (who) => planOf(who)?.channels ?? null,
    videoMinutesOf: (who) => planOf(who)?.videoMinutes ?? null,
    nameZone: new Set([...calendars.values()].map(({ timeZone }) => timeZone)).size > 1,
  };
}

/** A name and what people call it: the same where the file has nothing else. */
export function titled({ name, title = name }: { name: string; title?: string | undefined }): Named {
  return { name, title };
}

/** How cases find their people. */
export function buildRouting({ skills, agents, limits }: LadderText): Routing {
  return {
    skills,
    agents: Object.fromEntries(agents.map(({ user, skills: theirs }) => [user, theirs])),
    preferSkillMs: limits.preferSkill,
    preferAgentMs: limits.preferAgent,
  };
}

function ladder(
  tiers: readonly TierText[],
  brand: BrandText | undefined,
  plan: PlanText | undefined,
  calendars: ReadonlyMap<string, Hours>,
): Tier[] {
  const ours = tiers.filter(
    ({ level }) => (brand?.tiers?.includes(level) ?? true) && (plan?.tiers?.includes(level) ?? true),
  );
  return ours.map((tier) => {
    const due = plan?.deadlines.find((one) => one.tier === tier.level);
    const calendar = due?.calendar ?? plan?.calendar ?? brand?.calendar ?? tier.calendar;
    const hours = calendar === undefined ? undefined : calendars.get(calendar);
    if (calendar !== undefined && hours === undefined) throw new Error(`no calendar ${calendar}`);
    const { level, name, members, capacity, skills, assess } = tier;
    return {
      level,
      name,
      acceptWithinMs: due?.acceptWithin ?? tier.acceptWithin,
      solveWithinMs: due?.solveWithin ?? tier.solveWithin,
      ...(hours === undefined ? {} : { hours }),
      ...(members === undefined ? {} : { members }),
      ...(capacity === undefined ? {} : { capacity }),
      ...(skills === undefined ? {} : { skills }),
      ...(assess ? { assess } : {}),
    };
  });
}

function nonEmpty([first, ...rest]: readonly Tier[]): Tiers {
  if (first === undefined) throw new Error('a plan and a brand without a tier in common');
  return [first, ...rest];
}
