import type { Event } from '../core/event.ts';
import { ladderOf, type Rules, tierAt } from '../core/rules.ts';
import type { Workforce } from './desk.ts';
import type { Judged } from './judge.ts';

/** What must be zero of who took which case. */
export interface ClaimVerdict {
  /** Claims by somebody who works in another tier or for another brand. */
  claimsByStrangers: number;
  /** Cases given as the next one to somebody who had let them go. */
  offeredAgain: number;
}

/** With these nobody holds a case any more. */
const ends: ReadonlySet<Event['type']> = new Set([
  'handed-over',
  'escalated',
  'lease-expired',
  'returned-to-bot',
  'solved',
  'closed',
  'reopened',
]);

/** Follows each case's log by a table of its own: who holds it, and who let it go since it was opened. */
export function judgeClaims(all: Iterable<Judged>, { staff, pulled }: Workforce, rules: Rules): ClaimVerdict {
  const verdict: ClaimVerdict = { claimsByStrangers: 0, offeredAgain: 0 };
  const person = new Map(staff.flatMap((who) => who.ids.map((id) => [id, who] as const)));
  for (const { snapshot, commits } of all) {
    let tier = 0;
    let plan: string | null = null;
    let holder: string | null = null;
    let solver: string | null = null;
    let letGo = new Set<string>();
    for (const { conversation, at, events } of commits) {
      for (const event of events) {
        if (event.type === 'plan-set') plan = event.plan;
        if (event.type === 'handed-over' || event.type === 'escalated') tier = event.tier;
        if (event.type === 'handed-over') letGo = new Set();
        if (event.type === 'escalated' && holder !== null) letGo.add(holder);
        if (event.type === 'escalated' && typeof event.by !== 'string') letGo.add(nameOf(event.by.id));
        if (event.type === 'lease-expired') letGo.add(nameOf(event.agent.id));
        if (ends.has(event.type)) holder = null;
        if (event.type === 'solution-refused') holder = solver;
        if (event.type === 'reopened' && event.to === 'tier') {
          tier = event.tier;
          letGo = new Set();
        }
        if (event.type === 'solved') solver = nameOf(event.agent.id);
        if (event.type !== 'claimed') continue;
        holder = nameOf(event.agent.id);
        const who = person.get(event.agent.id);
        const { brand } = snapshot.state;
        const { members } = tierAt(ladderOf(rules, { brand, plan }), tier);
        const works =
          members === undefined || [who?.email, who?.name].some((one) => members.includes(one ?? ''));
        const serves = who?.brands === undefined || (brand !== null && who.brands.includes(brand));
        if (who === undefined || !works || !serves) verdict.claimsByStrangers += 1;
        if (letGo.has(holder) && pulled.has(`${conversation}/${event.agent.id}/${at}`))
          verdict.offeredAgain += 1;
      }
    }
  }
  return verdict;

  function nameOf(agent: string): string {
    return person.get(agent)?.name ?? agent;
  }
}
