import type { Agent } from '../core/conversation.ts';
import { deadlineOf, maxQuestions, ownerOf } from '../core/conversation.ts';
import { ladderOf, type Named, type Rules, tierAbove, tierAt } from '../core/rules.ts';
import type { Snapshot } from '../store/conversation-log.ts';
import { callAbilitiesOf, callViewOf } from './case-call.ts';
import type { CaseDetail, CaseView, CaseWork } from './case-view.ts';
import { questionsOf } from './questions.ts';

/** One line of a list of cases. Pure. @param replyWindowMs of the case's channel; null: it sets none */
export function summaryOf(
  { state, seq }: Snapshot,
  rules: Rules,
  replyWindowMs: number | null = null,
  offeredTo: CaseView['offeredTo'] = [],
): CaseView {
  const { stage } = state;
  const tier = 'tier' in stage ? stage.tier : state.lastTier;
  return {
    id: state.id,
    number: state.number,
    subject: subjectOf(state),
    customerName: state.customerName,
    language: state.language,
    brand: brandNamed(state, rules),
    plan: rules.planOf?.(state) ?? null,
    channel: state.reach.channel,
    stage: stage.kind,
    tier,
    tierName: ladderOf(rules, state).find(({ level }) => level === tier)?.name ?? null,
    owner: ownerOf(stage),
    deadline: deadlineOf(stage),
    alarms: 'alarms' in stage ? stage.alarms : 0,
    startedAt: state.startedAt,
    reopenings: state.reopenings,
    stars: state.stars,
    outcome: stage.kind === 'closed' ? stage.outcome : null,
    callback: stage.kind === 'queued' ? stage.callback : null,
    offeredTo,
    replyUntil:
      replyWindowMs === null || state.lastWrote === null ? null : state.lastWrote.at + replyWindowMs,
    questions: questionsOf(state, rules),
    call: callViewOf(state),
    version: seq,
  };
}

/** A brand that was taken out of relevo.yaml keeps its name. */
function brandNamed({ brand }: Snapshot['state'], { brands = [] }: Rules): Named | null {
  if (brand === null || brand === undefined) return null;
  const { name, title } = brands.find((one) => one.name === brand) ?? { name: brand, title: brand };
  return { name, title };
}

/** What the case is about: what was wrong last, as the bot took it down; else the customer's first words. */
function subjectOf({ intake, subject }: Snapshot['state']): string | null {
  return intake?.problem.split('\n').findLast((line) => line.trim() !== '') ?? subject;
}

/** What is known of the work on a case. Pure. */
export function workOf({ state }: Snapshot, rules: Rules): CaseWork {
  const { stage, assessment } = state;
  const wants = stage.kind === 'claimed' && tierAt(ladderOf(rules, state), stage.tier).assess === true;
  return {
    solveBy: 'solveBy' in stage ? stage.solveBy : null,
    assessFirst: wants && assessment?.tier !== stage.tier,
    assessment,
    told: stage.kind === 'queued' ? stage.told : null,
  };
}

/** The plans that a case's customer can be said to have, as people call them. Pure. */
export function plansOf(state: Snapshot['state'], { plans = [], planOf }: Rules): Named[] {
  return plans.map((name) => planOf?.({ ...state, plan: name }) ?? { name, title: name });
}

/** What an agent may do to a case now. Pure; the core decides again when it is done. */
export function abilitiesOf({ state }: Snapshot, agent: Agent, rules: Rules): CaseDetail['can'] {
  const { stage } = state;
  const mine = stage.kind === 'claimed' && stage.agent.id === agent.id;
  const tier = stage.kind === 'queued' || stage.kind === 'claimed' ? stage.tier : null;
  const climbs = tier !== null && tierAbove(ladderOf(rules, state), tier) !== undefined;
  return {
    claim: stage.kind === 'queued',
    reply: mine,
    note: true,
    escalate: climbs && (mine || stage.kind === 'queued'),
    assess: mine,
    toVendor: mine,
    vendorAnswered: mine && stage.vendor !== null,
    returnToBot: mine,
    solve: mine,
    ask: mine && state.questions.length < maxQuestions,
    ...callAbilitiesOf(state, agent, rules),
  };
}
