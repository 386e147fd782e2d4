import type { Store } from '../../src/store/store.ts';
import type { Poison } from './customers.ts';
import type { Evidence } from './evidence.ts';
import { textsIn } from './tokens.ts';

/** What became of what nobody can deal with. */
export interface PoisonVerdict {
  /** Payloads in quarantine. */
  readonly quarantined: number;
  /** Texts at which the bot threw and which people got. */
  readonly givenToPeople: number;
  /** Sends that the platform refused and people are shown. */
  readonly refusedSends: number;
  /** What people cannot see: must be empty. */
  readonly hidden: readonly string[];
}

/** Looks for all poison where people see it. @throws RelevoError when the store cannot be read */
export async function judgePoison(
  { quarantine }: Pick<Store, 'quarantine'>,
  { found }: Pick<Evidence, 'found'>,
  { garbled, throwing, blocked }: Poison,
): Promise<PoisonVerdict> {
  const quarantined = await quarantine.count();
  const all = [...found.values()].flat();
  const given = new Set(
    all
      .filter(({ commits }) =>
        commits.some(({ events }) =>
          events.some((event) => event.type === 'handed-over' || event.type === 'claimed'),
        ),
      )
      .flatMap(({ commits }) => commits.flatMap(textsIn)),
  );
  const rows = blocked.flatMap((customer) => (found.get(customer) ?? []).flatMap((known) => known.rows));
  const refused = rows.filter(({ state, error }) => state === 'failed' && error !== null);
  return {
    quarantined,
    givenToPeople: throwing.filter((text) => given.has(text)).length,
    refusedSends: refused.length,
    hidden: [
      ...(quarantined === garbled ? [] : [`${garbled} payloads, but ${quarantined} in quarantine`]),
      ...throwing.filter((text) => !given.has(text)),
      ...rows.filter((row) => !refused.includes(row)).map(({ name, state }) => `${name} is ${state}`),
      ...blocked.filter((customer) => !(found.get(customer) ?? []).some((known) => known.rows.length > 0)),
    ],
  };
}
