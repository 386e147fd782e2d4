import type { Command, Decided } from './command.ts';
import type { Conversation } from './conversation.ts';
import { maxQuestions } from './conversation.ts';
import type { Event } from './event.ts';
import type { Language } from './language.ts';
import { choices } from './message.ts';
import { peopleAnswer } from './people-elsewhere.ts';
import type { Rules, Tier } from './rules.ts';
import { acceptBy, hoursOf, ladderOf } from './rules.ts';
import { tell } from './step.ts';

/** Characters of a question to which the bot keeps adding. */
const maxText = 2_000;

/** An agent asks a tier's people: nobody but them hears of it, and the case stays the agent's. */
export function ask(
  state: Conversation,
  { agent, tier, text }: Extract<Command, { type: 'ask' }>,
  rules: Rules,
): Decided {
  if (!ladderOf(rules, state).some(({ level }) => level === tier)) {
    return { refused: { code: 'no_such_tier' } };
  }
  if (state.questions.length >= maxQuestions) return { refused: { code: 'too_many_questions' } };
  const question = state.asked + 1;
  return { events: [{ type: 'question-asked', question, tier, by: agent, text, until: null }] };
}

/**
 * What the bot does instead of handing over a question that it cannot answer: it asks a tier's people once, and adds to
 * that what the customer writes meanwhile.
 * @returns null where it may not
 */
export function botAsks(
  state: Conversation,
  language: Language,
  text: string,
  rules: Rules,
  now: number,
): Event[] | null {
  const { stage, questions } = state;
  const asking = stage.kind === 'bot' ? stage.asking : null;
  const before = questions.find(({ number }) => number === asking?.question);
  if (asking !== null && before !== undefined) {
    const { number, tier } = before;
    const more = `${before.text}\n${text}`.slice(0, maxText);
    return [
      { type: 'question-asked', question: number, tier, by: null, text: more, until: asking.until },
      tell(rules, language, 'question-added'),
    ];
  }
  const tier = tierToAsk(state, rules, now);
  if (tier === null) return null;
  const question = state.asked + 1;
  return [
    {
      type: 'question-asked',
      question,
      tier: tier.level,
      by: null,
      text: text.slice(0, maxText),
      until: acceptBy(tier, now),
    },
    tell(rules, language, 'question-asked'),
  ];
}

/** Whether the bot may ask a tier's people, or add to what it asked, instead of handing over. Pure. */
export function botMayAsk(state: Conversation, rules: Rules, now: number): boolean {
  if (state.stage.kind !== 'bot') return false;
  return state.stage.asking !== null || tierToAsk(state, rules, now) !== null;
}

/** Nobody is kept waiting for a tier that is away: then a person is the honest answer. */
function tierToAsk(state: Conversation, rules: Rules, now: number): Tier | null {
  if (rules.botAsks === undefined || state.botAsked !== null || !peopleAnswer(state, rules)) return null;
  if (state.questions.length >= maxQuestions) return null;
  const tier = ladderOf(rules, state).find(({ level }) => level === rules.botAsks);
  return tier !== undefined && hoursOf(tier).isOpen(now) ? tier : null;
}

/**
 * A private answer. Where the bot had asked and still has the conversation, the bot says it to the customer as the
 * person's own (law 4: whose the conversation is decides here, in the commit that says it).
 */
export function answerQuestion(
  state: Conversation,
  { agent, question, answer }: Extract<Command, { type: 'answer-question' }>,
  rules: Rules,
  now: number,
): Decided {
  const { stage, language } = state;
  if (!state.questions.some(({ number }) => number === question)) {
    return { refused: { code: 'no_such_question' } };
  }
  if (stage.kind !== 'bot' || stage.asking?.question !== question) {
    return { events: [{ type: 'question-answered', question, agent, answer }] };
  }
  const idleAt = now + rules.limits.idleMs;
  return {
    events: [
      { type: 'question-answered', question, agent, answer, idleAt },
      {
        type: 'said',
        from: 'bot',
        text: rules.say(language, 'question-answered', { agent: agent.name, answer }),
        options: [
          { id: choices.helped, label: rules.say(language, 'option-solved-yes') },
          { id: choices.notHelped, label: rules.say(language, 'option-solved-no') },
        ],
        sources: [],
      },
    ],
  };
}
