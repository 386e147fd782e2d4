import type { Agent, Conversation, Question } from '../core/conversation.ts';
import { ladderOf, type Rules, type Tier, tierAt } from '../core/rules.ts';
import type { Snapshot } from '../store/conversation-log.ts';
import type { OpenQuestion, TierQuestion } from './case-view.ts';

/** Later than any moment, and yet a number that can be compared. */
const never = Number.MAX_SAFE_INTEGER;

/** A conversation's questions to tiers that nobody has answered, oldest first. Pure. */
export function questionsOf(state: Conversation, rules: Rules): OpenQuestion[] {
  const { stage } = state;
  return state.questions.map((question) => ({
    number: question.number,
    tier: question.tier,
    tierName: tierAsked(state, question, rules).name,
    by: question.by?.name ?? null,
    text: question.text,
    at: question.at,
    until: stage.kind === 'bot' && stage.asking?.question === question.number ? stage.asking.until : null,
  }));
}

/** The tier whose people answer a question. Pure. */
export function tierAsked(state: Conversation, { tier }: Pick<Question, 'tier'>, rules: Rules): Tier {
  return tierAt(ladderOf(rules, state), tier);
}

/**
 * What waits for somebody's answer: the questions to the tiers they work in, those that the bot waits for first, then
 * the oldest. Pure but for asking where somebody works.
 */
export async function questionsFor(
  agent: Agent,
  conversations: readonly Snapshot[],
  rules: Rules,
  inTier: (agent: Agent, tier: Tier) => Promise<boolean>,
): Promise<TierQuestion[]> {
  const found: TierQuestion[] = [];
  for (const { state } of conversations) {
    const open = questionsOf(state, rules);
    for (const [place, asked] of state.questions.entries()) {
      const question = open[place];
      if (question === undefined || !(await inTier(agent, tierAsked(state, asked, rules)))) continue;
      const { id, number, language, subject, reach } = state;
      const mine = asked.by?.id === agent.id;
      found.push({ ...question, mine, case: { id, number, language, subject, channel: reach.channel } });
    }
  }
  return found.sort((a, b) => (a.until ?? never) - (b.until ?? never) || a.at - b.at);
}
