import type { Conversation, Question } from './conversation.ts';
import type { Event } from './event.ts';

type QuestionEvent = Extract<Event, { type: 'question-asked' | 'question-answered' | 'question-expired' }>;

/**
 * The conversation after something happened to a question to a tier. Whose it is does not change by it. Pure.
 * @param at when it happened, epoch milliseconds
 */
export function evolveQuestion(state: Conversation, event: QuestionEvent, at: number): Conversation {
  switch (event.type) {
    case 'question-asked':
      return asked(state, event, at);
    case 'question-answered':
      return ended(state, event.question, 'answered', event.idleAt);
    case 'question-expired':
      return ended(state, event.question, 'unanswered');
  }
}

function asked(
  state: Conversation,
  { question: number, tier, by, text, until }: Extract<QuestionEvent, { type: 'question-asked' }>,
  at: number,
): Conversation {
  const known = state.questions.some((one) => one.number === number);
  const added: Question = { number, tier, by, text, at };
  const questions = known
    ? state.questions.map((one) => (one.number === number ? { ...one, text } : one))
    : [...state.questions, added];
  const after = { ...state, questions, asked: Math.max(state.asked, number) };
  if (until === null) return after;
  if (state.stage.kind !== 'bot') throw new Error(`the bot cannot ask while it is ${state.stage.kind}`);
  return { ...after, botAsked: 'waiting', stage: { ...state.stage, asking: { question: number, until } } };
}

function ended(
  state: Conversation,
  number: number,
  how: 'answered' | 'unanswered',
  idleAt?: number,
): Conversation {
  const after = { ...state, questions: state.questions.filter((one) => one.number !== number) };
  const { stage } = state;
  if (stage.kind !== 'bot' || stage.asking?.question !== number) return after;
  return { ...after, botAsked: how, stage: { ...stage, asking: null, idleAt: idleAt ?? stage.idleAt } };
}
