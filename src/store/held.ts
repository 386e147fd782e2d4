import type { HeldCases } from './cases.ts';
import type { Snapshot } from './conversation-log.ts';

/** How many cases wait for each agent, by agent and tier, for stores that cannot look into a state. Pure. */
export function heldIn(claimed: Iterable<Snapshot>): HeldCases[] {
  const counts = new Map<string, HeldCases>();
  for (const { state } of claimed) {
    const { stage } = state;
    if (stage.kind !== 'claimed' || stage.waiting !== null || stage.vendor !== null) continue;
    const { agent, tier } = stage;
    const key = `${tier} ${agent.id}`;
    counts.set(key, { agent: agent.id, tier, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return [...counts.values()].sort((a, b) =>
    a.agent < b.agent ? -1 : a.agent > b.agent ? 1 : a.tier - b.tier,
  );
}
