import { ownerOf, type Stage } from '../core/conversation.ts';
import type { HeldCases, Moves } from './cases.ts';
import type { Snapshot } from './conversation-log.ts';

/** The id of the agent for whom a case waits, and not for the customer or the vendor; null: for nobody. Pure. */
export function holderOf(stage: Stage): string | null {
  return stage.kind === 'claimed' && stage.waiting === null && stage.vendor === null ? stage.agent.id : null;
}

/** Whose move it is in a case that an agent holds; null: nobody holds it. Pure. */
export function moveOf(stage: Stage): keyof Moves | null {
  if (stage.kind !== 'claimed') return null;
  const kind = ownerOf(stage)?.kind;
  return kind === 'customer' || kind === 'vendor' ? kind : 'agent';
}

/** How many cases wait for each agent, by agent and tier, for whoever has them in memory. Pure. */
export function heldIn(claimed: Iterable<Snapshot>): HeldCases[] {
  const counts = new Map<string, HeldCases>();
  for (const { state } of claimed) {
    const { stage } = state;
    if (stage.kind !== 'claimed' || holderOf(stage) === null) continue;
    const { agent, tier } = stage;
    const key = `${tier} ${agent.id}`;
    counts.set(key, { agent: agent.id, tier, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return [...counts.values()].sort((a, b) =>
    a.agent < b.agent ? -1 : a.agent > b.agent ? 1 : a.tier - b.tier,
  );
}

/** Counts that are there, with nothing for the others. Pure. */
export function movesOf(counts: readonly { readonly move: keyof Moves; readonly count: number }[]): Moves {
  const none: Moves = { agent: 0, customer: 0, vendor: 0 };
  return { ...none, ...Object.fromEntries(counts.map(({ move, count }) => [move, count])) };
}
