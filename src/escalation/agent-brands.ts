import type { Clock } from '../core/clock.ts';
import type { Agent } from '../core/conversation.ts';
import type { Colleague, Staff } from './staff.ts';

/** The brands whose cases somebody sees; undefined: all. */
export type BrandsOf = (agent: Agent) => Promise<readonly string[] | undefined>;

/** How long it is remembered for whom somebody works, in milliseconds: open desks hear of many cases a second. */
const freshMs = 2_000;

/** Tells for whom somebody works. */
export function createBrandsOf(staff: Pick<Staff, 'of'>, clock: Clock): BrandsOf {
  const known = new Map<string, { readonly at: number; readonly who: Promise<Colleague> }>();

  return async (agent) => {
    const now = clock.now();
    let found = known.get(agent.id);
    if (found === undefined || now - found.at >= freshMs || now < found.at) {
      found = { at: now, who: staff.of(agent) };
      known.set(agent.id, found);
      // Who could not be looked up now is looked up again.
      found.who.catch(() => known.delete(agent.id));
    }
    return (await found.who).brands;
  };
}

/** Whether somebody of these brands (undefined: of all) sees what is a brand's. */
export function sees(brands: readonly string[] | undefined, brand: string | null | undefined): boolean {
  return brands === undefined || (brand != null && brands.includes(brand));
}
