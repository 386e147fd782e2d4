import type { Conversation, SolvedStage } from './conversation.ts';
import type { Event, HandOverReason } from './event.ts';
import type { Language } from './language.ts';
import type { Option } from './message.ts';
import { choices } from './message.ts';
import { offerWaiting } from './outside-hours.ts';
import { elsewhere, peopleAnswer } from './people-elsewhere.ts';
import type { PhraseKey, PhraseValues } from './phrase.ts';
import type { Rules } from './rules.ts';
import { acceptBy, hoursOf, ladderOf, tierAt } from './rules.ts';

/** Relevo tells the customer something in the conversation's language. */
export function tell(
  rules: Rules,
  language: Language,
  key: PhraseKey,
  values: PhraseValues = {},
  options: readonly Option[] = [],
): Event {
  return { type: 'said', from: 'system', text: rules.say(language, key, values), options, sources: [] };
}

/**
 * The bot gives the case to people, and the customer is told so in their language (law 5). Where nobody answers the
 * customer's plan on their channel they are told that, and the bot keeps the conversation.
 */
export function handOver(
  state: Conversation,
  language: Language,
  reason: HandOverReason,
  rules: Rules,
  now: number,
): Event[] {
  const failed = reason === 'error' || reason === 'timeout' || reason === 'crash' || reason === 'shutdown';
  if (!peopleAnswer(state, rules)) {
    const values = { ...elsewhere(state, rules), failed: failed ? 'yes' : 'no' };
    return [...unanswered(state), tell(rules, language, 'people-elsewhere', values)];
  }
  const tier = tierAt(ladderOf(rules, state), state.lastTier ?? 0);
  return [
    ...unanswered(state),
    { type: 'handed-over', reason, tier: tier.level, acceptBy: acceptBy(tier, now) },
    tell(rules, language, failed ? 'handed-over-failure' : 'handed-over', { number: state.number }),
    ...offerWaiting(language, tier, rules, now),
  ];
}

/** The bot's question ends with its conversation. */
function unanswered({ stage, questions }: Conversation): Event[] {
  const asking = stage.kind === 'bot' ? stage.asking : null;
  const open = questions.find(({ number }) => number === asking?.question);
  return open === undefined ? [] : [{ type: 'question-expired', question: open.number, tier: open.tier }];
}

/** The question whether the solution worked, with its two answers. */
export function askToConfirm(rules: Rules, language: Language): Event {
  return tell(rules, language, 'confirm-solved', {}, [
    { id: choices.solvedYes, label: rules.say(language, 'option-solved-yes') },
    { id: choices.solvedNo, label: rules.say(language, 'option-solved-no') },
  ]);
}

/** The question for a rating, one tap each; of the call as well, where there was one. */
export function askToRate({ language, lastCall }: Conversation, rules: Rules): Event {
  const stars = [1, 2, 3, 4, 5].map((n) => ({ id: `${choices.rate}${n}`, label: '★'.repeat(n) }));
  const key = lastCall?.outcome === 'held' ? 'ask-rating-call' : 'ask-rating';
  return tell(rules, language, key, {}, stars);
}

/** The end of a solved case; where somebody wished it, after the customer was asked some days later. */
export function closeOrFollow(
  state: Conversation,
  stage: SolvedStage,
  confirmed: boolean,
  rules: Rules,
  now: number,
): Event[] {
  const days = state.followUpDays ?? state.shown.findLast((one) => one.followUpDays)?.followUpDays ?? null;
  if (days === null || stage.step === 'followed' || stage.step === 'later') {
    return [{ type: 'closed', outcome: { how: confirmed ? 'confirmed' : 'assumed', by: 'person' } }];
  }
  const tier = tierAt(ladderOf(rules, state), stage.tier);
  const at = hoursOf(tier).opensAt(now + days * dayMs);
  return [{ type: 'follow-up-set', at, confirmed }];
}

/** The question, some days later, whether all is well still. */
export function askIfAllIsWell(rules: Rules, language: Language, now: number): Event[] {
  const options = [
    { id: choices.solvedYes, label: rules.say(language, 'option-all-well') },
    { id: choices.solvedNo, label: rules.say(language, 'option-not-well') },
  ];
  return [
    { type: 'follow-up-asked', until: now + rules.limits.confirmMs },
    tell(rules, language, 'follow-up', {}, options),
  ];
}

const dayMs = 24 * 60 * 60_000;
