import type { Agent, Conversation, QueuedStage } from '../core/conversation.ts';
import { deadlineOf } from '../core/conversation.ts';
import { hoursOf, ladderOf, type Routing, type Rules, type Tier, tierAt } from '../core/rules.ts';

/** Somebody who asks for their next case. */
export interface Seeker {
  readonly agent: Agent;
  /** As they sign in; null where they have none. */
  readonly email: string | null;
  /** The cases they hold. */
  readonly holds: readonly Conversation[];
}

/** What there is for somebody: cases, the first to be tried first, or why there is none. */
export type Offered =
  | { readonly cases: readonly Conversation[] }
  | { readonly none: 'at_capacity' | 'nothing_waits' };

/**
 * The cases that somebody may take, best first: their own that came back, then by the nearest deadline. Never one that
 * they let go; one that asks for a skill, or that was another's, only after those had their time. Pure.
 * @param queue cases that wait, in any order
 */
export function offerTo(seeker: Seeker, queue: readonly Conversation[], rules: Rules, now: number): Offered {
  let full = false;
  const found: { readonly state: Conversation; readonly own: boolean; readonly at: number }[] = [];
  for (const state of queue) {
    const { stage } = state;
    if (stage.kind !== 'queued') continue;
    const tier = tierAt(ladderOf(rules, state), stage.tier);
    if (!isMember(seeker, tier) || stage.letGoBy.includes(seeker.agent.id)) continue;
    if (isKept(seeker, state, stage, tier, rules.routing, now)) continue;
    if (isFull(seeker, tier)) full = true;
    else {
      const own = state.reopenings > 0 && state.lastAgent?.id === seeker.agent.id;
      found.push({ state, own, at: deadlineOf(stage)?.at ?? now });
    }
  }
  if (found.length === 0) return { none: full ? 'at_capacity' : 'nothing_waits' };
  found.sort((a, b) => Number(b.own) - Number(a.own) || a.at - b.at);
  return { cases: found.map(({ state }) => state) };
}

/** The skills that a case asks for, by its own words. */
export function skillsOf({ subject, intake }: Conversation, { skills }: Routing): string[] {
  const text = ` ${folded(`${subject ?? ''} ${intake?.problem ?? ''}`)} `;
  return Object.entries(skills).flatMap(([skill, words]) =>
    words.some((word) => text.includes(` ${folded(word).trim()} `)) ? [skill] : [],
  );
}

function isMember({ agent, email }: Seeker, { members }: Tier): boolean {
  if (members === undefined) return true;
  return (
    members.includes(agent.name.trim().toLowerCase()) ||
    (email !== null && members.includes(email.toLowerCase()))
  );
}

function isFull({ holds }: Seeker, { level, capacity }: Tier): boolean {
  if (capacity === undefined) return false;
  return holds.filter(({ stage }) => stage.kind === 'claimed' && stage.tier === level).length >= capacity;
}

/** Whether a case is still kept for somebody else. */
function isKept(
  { agent, email }: Seeker,
  state: Conversation,
  stage: QueuedStage,
  tier: Tier,
  routing: Routing | undefined,
  now: number,
): boolean {
  if (stage.callback?.at != null && stage.callback.at > now) return true;
  if (routing === undefined) return false;
  const waitedMs = hoursOf(tier).between(stage.since, now);
  const last = state.lastAgent;
  const others =
    state.reopenings > 0 && last !== null && last.id !== agent.id && !stage.letGoBy.includes(last.id);
  if (others && waitedMs < routing.preferAgentMs) return true;
  if (waitedMs >= routing.preferSkillMs) return false;
  const theirs = [
    ...(tier.skills ?? []),
    ...(routing.agents[agent.name.trim().toLowerCase()] ?? []),
    ...(routing.agents[email?.toLowerCase() ?? ''] ?? []),
  ];
  return skillsOf(state, routing).some((skill) => !theirs.includes(skill));
}

/** Words in lower case without accents, a blank between each. */
function folded(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ');
}
