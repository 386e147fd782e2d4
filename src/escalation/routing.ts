import type { Refusal } from '../core/command.ts';
import type { Conversation, QueuedStage } from '../core/conversation.ts';
import { deadlineOf } from '../core/conversation.ts';
import { hoursOf, ladderOf, type Routing, type Rules, type Tier, tierAt } from '../core/rules.ts';
import type { HeldCases } from '../store/cases.ts';
import { sees } from './agent-brands.ts';
import { type Colleague, demoId } from './staff.ts';

/** Who works at the desks now, and how much they have. */
export interface Floor {
  /** Everybody who may act. */
  readonly staff: readonly Colleague[];
  /** Those of them who take cases now. */
  readonly present: readonly Colleague[];
  readonly held: readonly HeldCases[];
}

/** What there is for somebody: cases, the first to be tried first, or why there is none. */
export type Offered =
  | { readonly cases: readonly Conversation[] }
  | { readonly none: 'at_capacity' | 'nothing_waits' };

/**
 * The cases that somebody may take next, best first: their own that came back, then by the nearest deadline. Never one
 * that they let go; one that is kept for others only after those had their time. Pure.
 * @param queue cases that wait, in any order
 */
export function offerTo(
  who: Colleague,
  queue: readonly Conversation[],
  floor: Floor,
  rules: Rules,
  now: number,
): Offered {
  let full = false;
  const found: { readonly state: Conversation; readonly own: boolean; readonly at: number }[] = [];
  for (const state of queue) {
    const wait = waitOf(state, rules, now);
    if (wait === null || !isOfferable(who, wait, floor, rules)) continue;
    if (isFull(who, wait.tier, floor.held)) full = true;
    else found.push({ state, own: isOwn(who, wait), at: deadlineOf(wait.stage)?.at ?? now });
  }
  if (found.length === 0) return { none: full ? 'at_capacity' : 'nothing_waits' };
  found.sort((a, b) => Number(b.own) - Number(a.own) || a.at - b.at);
  return { cases: found.map(({ state }) => state) };
}

/**
 * Whom a waiting case is for first: of those who may take it next, whoever holds fewest cases; once half of the time to
 * accept it has passed, all of them. Nobody else is refused it. Pure.
 * @returns nobody where the case does not wait, or nobody is there
 */
export function firstFor(state: Conversation, floor: Floor, rules: Rules, now: number): readonly Colleague[] {
  const wait = waitOf(state, rules, now);
  if (wait === null) return [];
  const may = workers(floor.present, wait.tier).filter(
    (who) => isOfferable(who, wait, floor, rules) && !isFull(who, wait.tier, floor.held),
  );
  if (wait.waitedMs >= wait.patienceMs) return may;
  const own = may.filter((who) => isOwn(who, wait));
  if (own.length > 0) return own;
  const loads = may.map(({ ids }) => count(floor.held.filter(({ agent }) => ids.includes(agent))));
  const least = Math.min(...loads);
  return may.filter((_, place) => loads[place] === least);
}

/**
 * Why somebody may not take a waiting case by hand; null: they may. What is kept for others, and who let a case go, decides
 * what is offered and forbids nothing. Pure.
 */
export function claimRefusal(
  who: Colleague,
  state: Conversation,
  { staff, held }: Pick<Floor, 'staff' | 'held'>,
  rules: Rules,
): Refusal | null {
  if (state.stage.kind !== 'queued') return null;
  if (!sees(who.brands, state.brand)) return { code: 'not_found' };
  const tier = tierAt(ladderOf(rules, state), state.stage.tier);
  if (!isMember(who, tier) && !answersForAll(who)) {
    const theirs = staff.filter((one) => isMember(one, tier) && sees(one.brands, state.brand));
    const members = theirs.map(({ name }) => name);
    return { code: 'not_a_member', members: members.length > 0 ? members : (tier.members ?? []) };
  }
  return isFull(who, tier, held) ? { code: 'at_capacity' } : null;
}

/** What states ask for, which never change: whoever looks for work looks at a whole queue. */
const skillsAsked = new WeakMap<
  Conversation,
  { readonly skills: Routing['skills']; readonly asked: string[] }
>();

/** The skills that a case asks for, by its own words. */
export function skillsOf(state: Conversation, { skills }: Routing): readonly string[] {
  const known = skillsAsked.get(state);
  if (known?.skills === skills) return known.asked;
  const { subject, intake } = state;
  const text = ` ${folded(`${subject ?? ''} ${intake?.problem ?? ''}`)} `;
  const asked = Object.entries(skills).flatMap(([skill, words]) =>
    words.some((word) => text.includes(` ${folded(word).trim()} `)) ? [skill] : [],
  );
  skillsAsked.set(state, { skills, asked });
  return asked;
}

/** A case that waits, and for how long. */
interface Wait {
  readonly state: Conversation;
  readonly stage: QueuedStage;
  readonly tier: Tier;
  /** Since it entered the tier's queue, in milliseconds of the tier's hours. */
  readonly waitedMs: number;
  /** Half of the time to accept it: nothing is kept for anybody for longer. */
  readonly patienceMs: number;
  readonly skills: readonly string[];
}

/** Null where it does not wait, or is to be called back later. */
function waitOf(state: Conversation, rules: Rules, now: number): Wait | null {
  const { stage } = state;
  if (stage.kind !== 'queued' || (stage.callback?.at ?? 0) > now) return null;
  const tier = tierAt(ladderOf(rules, state), stage.tier);
  const hours = hoursOf(tier);
  return {
    state,
    stage,
    tier,
    waitedMs: hours.between(stage.since, now),
    patienceMs: tier.acceptWithinMs / 2,
    skills: rules.routing === undefined ? [] : skillsOf(state, rules.routing),
  };
}

/** Whether somebody works in a tier: by their name, or by their e-mail. */
export function isMember({ name, email }: Colleague, { members }: Tier): boolean {
  if (members === undefined) return true;
  return members.includes(name.trim().toLowerCase()) || (email !== null && members.includes(email));
}

/** Who takes any case by hand: else nobody could where a tier has nobody left. */
function answersForAll({ role, ids }: Colleague): boolean {
  return role === 'supervisor' || role === 'administrator' || ids.includes(demoId);
}

/** Where a tier names nobody, those who do nothing but answer come first: others hold few cases for other reasons. */
function workers(present: readonly Colleague[], { members }: Tier): readonly Colleague[] {
  if (members !== undefined) return present;
  const agents = present.filter(({ role }) => role === 'agent');
  return agents.length > 0 ? agents : present;
}

function isOfferable(who: Colleague, wait: Wait, floor: Floor, rules: Rules): boolean {
  if (!sees(who.brands, wait.state.brand)) return false;
  if (!isMember(who, wait.tier) || hasLetGo(who, wait)) return false;
  const { routing } = rules;
  if (routing === undefined || isOwn(who, wait)) return true;
  return !isKeptForLast(wait, floor, routing) && !isKeptForSkill(who, wait, floor, routing);
}

function hasLetGo({ ids }: Colleague, { stage }: Wait): boolean {
  return stage.letGoBy.some((id) => ids.includes(id));
}

function isOwn({ ids }: Colleague, { state: { lastAgent } }: Wait): boolean {
  return lastAgent !== null && ids.includes(lastAgent.id);
}

/** For whoever had it last, as long as they are there and could take it. */
function isKeptForLast(wait: Wait, { present, held }: Floor, { preferAgentMs }: Routing): boolean {
  if (wait.waitedMs >= Math.min(preferAgentMs, wait.patienceMs)) return false;
  return present.some(
    (one) =>
      isOwn(one, wait) && isMember(one, wait.tier) && !hasLetGo(one, wait) && !isFull(one, wait.tier, held),
  );
}

/** For those who have its skills, as long as one of them is there. */
function isKeptForSkill(who: Colleague, wait: Wait, { present }: Floor, routing: Routing): boolean {
  if (wait.waitedMs >= Math.min(routing.preferSkillMs, wait.patienceMs)) return false;
  const can = (one: Colleague): boolean => {
    const theirs = [
      ...(wait.tier.skills ?? []),
      ...(routing.agents[one.name.trim().toLowerCase()] ?? []),
      ...(routing.agents[one.email ?? ''] ?? []),
    ];
    return wait.skills.every((skill) => theirs.includes(skill));
  };
  if (can(who)) return false;
  return present.some((one) => isMember(one, wait.tier) && !hasLetGo(one, wait) && can(one));
}

function isFull({ ids }: Colleague, { level, capacity }: Tier, held: readonly HeldCases[]): boolean {
  if (capacity === undefined) return false;
  return count(held.filter(({ agent, tier }) => tier === level && ids.includes(agent))) >= capacity;
}

function count(held: readonly HeldCases[]): number {
  return held.reduce((sum, one) => sum + one.count, 0);
}

/** Words in lower case without accents, a blank between each. */
function folded(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ');
}
