import { z } from 'zod';
import { createHours, isTimeZone, type Shift, type Weekday } from '../escalation/calendar.ts';
import { brandFaults } from './brands.ts';
import { daysOf, shiftOf } from './week.ts';

/** A fault and where in the file it is. */
export interface Fault {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** Everything that can be read of a broken file, so that one fault hides no other. */
const text = z.string().nullable().catch(null);
const texts = z.array(text).catch([]);
const level = z.int().nullable().catch(null);
const levels = z.array(level).nullable().catch(null);
const list = <Item extends z.ZodType>(item: Item) => z.array(item).catch([]);
const record = z.record(z.string(), z.unknown()).catch({});

const tier = z
  .object({ level, calendar: text, skills: texts, members: z.array(text).nullable().catch(null) })
  .nullable()
  .catch(null);
const deadline = z.object({ tier: level, calendar: text }).nullable().catch(null);
const plan = z
  .object({
    name: text,
    calendar: text,
    tiers: levels,
    deadlines: list(deadline),
    channels: z.array(text).nullable().catch(null),
  })
  .nullable()
  .catch(null);
const brand = z.object({ name: text, calendar: text, tiers: levels, channels: texts }).nullable().catch(null);
const agent = z
  .object({ user: text, skills: texts, brands: z.array(text).nullable().catch(null) })
  .nullable()
  .catch(null);

const loose = z.object({
  calendars: record,
  skills: record,
  agents: list(agent),
  tiers: z.array(tier).nullable().catch(null),
  plans: list(plan),
  brands: list(brand),
  bot: z.object({ asks: level }).nullable().catch(null),
});

/** What a file says, as far as it can be read. */
export type Loose = z.output<typeof loose>;

const nothing: Loose = {
  calendars: {},
  skills: {},
  agents: [],
  tiers: null,
  plans: [],
  brands: [],
  bot: null,
};

/** What is wrong among the parts of `relevo.yaml`, whatever else is wrong inside them. Pure. @param content as YAML gave it */
export function faultsAmong(content: unknown): Fault[] {
  const read = loose.safeParse(content);
  const file = read.success ? read.data : nothing;
  return [
    ...misplacedLevels(file),
    ...emptyCalendars(file),
    ...unknownCalendars(file),
    ...unknownSkills(file),
    ...lostAgents(file),
    ...unknownLevels(file),
    ...twice('plan', file.plans, ['plans']),
    ...twice('brand', file.brands, ['brands']),
    ...sharedChannels(file),
    ...brandFaults(file),
  ];
}

/** The defaults are three tiers. */
function levelsOf({ tiers }: Loose): number[] {
  return tiers === null ? [1, 2, 3] : tiers.flatMap((one) => one?.level ?? []);
}

function misplacedLevels({ tiers }: Loose): Fault[] {
  return (tiers ?? []).flatMap((one, place) => {
    const [level, below] = [one?.level ?? null, tiers?.[place - 1]?.level ?? null];
    if (level === null || below === null || level === below + 1) return [];
    const path = ['tiers', place, 'level'];
    if (level <= below) {
      const message = `level ${level} comes after level ${below}: each tier's level must be above the one before`;
      return [{ path, message }];
    }
    const message = `level ${level} comes after level ${below}, which leaves a gap: expected ${below + 1}`;
    return [{ path, message }];
  });
}

/** Only calendars that are right but for having no hour: the rest is told where it is wrong. */
function emptyCalendars({ calendars }: Loose): Fault[] {
  return Object.entries(calendars).flatMap(([name, content]) => {
    const read = z
      .object({
        timeZone: z.string().default('UTC'),
        shifts: z.record(z.string(), z.array(z.string())),
        holidays: texts,
      })
      .safeParse(content);
    if (!read.success || !isTimeZone(read.data.timeZone)) return [];
    const shifts: Partial<Record<Weekday, Shift[]>> = {};
    for (const [key, ofDay] of Object.entries(read.data.shifts)) {
      const parsed = ofDay.map(shiftOf);
      if (parsed.includes(null)) return [];
      for (const day of daysOf(key) ?? []) shifts[day] = parsed.flatMap((shift) => shift ?? []);
    }
    try {
      const holidays = read.data.holidays.flatMap((day) => day ?? []);
      createHours({ timeZone: read.data.timeZone, shifts, holidays });
      return [];
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      const message = 'has no hour: expected a shift on at least one day, such as mon-fri: [9:00-18:00]';
      return [{ path: ['calendars', name], message }];
    }
  });
}

function unknownCalendars({ calendars, tiers, plans, brands }: Loose): Fault[] {
  const known = Object.keys(calendars);
  const check = (name: string | null | undefined, path: readonly PropertyKey[]): Fault[] => {
    if (name == null || known.includes(name)) return [];
    return [
      {
        path: [...path, 'calendar'],
        message: `there is no calendar "${name}": ${among(known, 'calendars')}`,
      },
    ];
  };
  return [
    ...(tiers ?? []).flatMap((one, place) => check(one?.calendar, ['tiers', place])),
    ...plans.flatMap((one, place) => [
      ...check(one?.calendar, ['plans', place]),
      ...(one?.deadlines ?? []).flatMap((due, nth) =>
        check(due?.calendar, ['plans', place, 'deadlines', nth]),
      ),
    ]),
    ...brands.flatMap((one, place) => check(one?.calendar, ['brands', place])),
  ];
}

function unknownSkills({ skills, tiers, agents }: Loose): Fault[] {
  const known = Object.keys(skills);
  const check = (names: readonly (string | null)[], path: readonly PropertyKey[]): Fault[] =>
    names.flatMap((name, nth) => {
      if (name === null || known.includes(name)) return [];
      return [
        { path: [...path, 'skills', nth], message: `there is no skill "${name}": ${among(known, 'skills')}` },
      ];
    });
  return [
    ...(tiers ?? []).flatMap((one, place) => check(one?.skills ?? [], ['tiers', place])),
    ...agents.flatMap((one, place) => check(one?.skills ?? [], ['agents', place])),
  ];
}

function lostAgents({ agents, tiers }: Loose): Fault[] {
  if (agents.length === 0) return [];
  const known = agents.flatMap((one) => one?.user?.trim().toLowerCase() ?? []);
  const memberships = (tiers ?? []).map((one) => one?.members?.map((member) => member?.trim().toLowerCase()));
  const everybody = tiers === null || memberships.includes(undefined);
  const lost = agents.flatMap((one, place): Fault[] => {
    const user = one?.user?.trim().toLowerCase();
    if (user === undefined) return [];
    const path = ['agents', place, 'user'];
    if (known.indexOf(user) < place) return [{ path, message: `${user} is in the list already` }];
    if (everybody || memberships.some((members) => members?.includes(user))) return [];
    return [{ path, message: `${user} is in no tier: expected among the members of at least one` }];
  });
  const strangers = memberships.flatMap((members, place) =>
    (members ?? []).flatMap((member, nth): Fault[] => {
      if (member === undefined || known.includes(member)) return [];
      const message = `there is no agent "${member}": expected one of the agents of this file`;
      return [{ path: ['tiers', place, 'members', nth], message }];
    }),
  );
  return [...lost, ...strangers];
}

function unknownLevels(file: Loose): Fault[] {
  const known = levelsOf(file);
  const check = (level: number | null | undefined, path: readonly PropertyKey[]): Fault[] => {
    if (level == null || known.includes(level)) return [];
    return [{ path, message: `there is no tier of level ${level}: ${among(known.map(String), 'tiers')}` }];
  };
  return [
    ...check(file.bot?.asks, ['bot', 'asks']),
    ...file.plans.flatMap((one, place) => [
      ...(one?.tiers ?? []).flatMap((level, nth) => check(level, ['plans', place, 'tiers', nth])),
      ...(one?.deadlines ?? []).flatMap((due, nth) =>
        check(due?.tier, ['plans', place, 'deadlines', nth, 'tier']),
      ),
    ]),
    ...file.brands.flatMap((one, place) =>
      (one?.tiers ?? []).flatMap((level, nth) => check(level, ['brands', place, 'tiers', nth])),
    ),
    ...file.brands.flatMap((one, place) => nothingLeft(file, one?.tiers ?? null, place)),
  ];
}

/** A plan and a brand that have no tier in common leave a customer nobody. */
function nothingLeft({ plans }: Loose, ofBrand: readonly (number | null)[] | null, place: number): Fault[] {
  if (ofBrand === null) return [];
  return plans.flatMap((one): Fault[] => {
    if (one?.tiers == null || one.tiers.length === 0 || one.tiers.some((level) => ofBrand.includes(level)))
      return [];
    const message = `has no tier in common with the plan ${one.name}: expected one of ${one.tiers.join(', ')}`;
    return [{ path: ['brands', place, 'tiers'], message }];
  });
}

function twice(
  what: string,
  named: readonly ({ readonly name: string | null } | null)[],
  path: readonly PropertyKey[],
): Fault[] {
  const names = named.map((one) => one?.name ?? null);
  return names.flatMap((name, place) => {
    if (name === null || names.indexOf(name) === place) return [];
    return [{ path: [...path, place, 'name'], message: `there is a ${what} "${name}" already` }];
  });
}

/** Nothing crosses between brands: a channel is one's. */
function sharedChannels({ brands }: Loose): Fault[] {
  const taken = new Map<string, string>();
  return brands.flatMap((one, place) =>
    (one?.channels ?? []).flatMap((channel, nth): Fault[] => {
      if (channel === null) return [];
      const by = taken.get(channel);
      taken.set(channel, one?.name ?? '');
      if (by === undefined) return [];
      const message = `${channel} is the channel of ${by} already: expected one that is this brand's alone`;
      return [{ path: ['brands', place, 'channels', nth], message }];
    }),
  );
}

/** What would be right where a name is unknown. */
export function among(known: readonly string[], what: string): string {
  return known.length === 0 ? `the file has no ${what}` : `expected one of ${known.join(', ')}`;
}
