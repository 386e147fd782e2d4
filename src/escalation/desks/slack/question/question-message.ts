import type { CaseDetail, CaseMessage, OpenQuestion } from '../../../case-view.ts';
import { titleOf } from '../card/card.ts';
import { countdown, escaped, plain, quoted, section, sections, shortened } from '../mrkdwn.ts';
import { type Pressed, pressValue, readPress } from '../press-value.ts';
import type { Words } from '../words/words.ts';

/** The button under a question to a tier. */
export const replyAction = 'relevo.desk.reply';

const maxText = 2_500;

/** What became of a question. */
export type QuestionEnd =
  | { readonly kind: 'answered'; readonly agent: string; readonly answer: string }
  /** Nobody answered in time, or it was no longer needed. */
  | { readonly kind: 'over' };

/** What of a question its message shows for good. */
export type AskedQuestion = Pick<OpenQuestion, 'number' | 'by' | 'text' | 'until'>;

/** What a question's button carries: the case, and which of its questions. Pure. */
export function questionValue(seen: Pressed, question: number): string {
  return `${pressValue(seen)}#${question}`;
}

/** Reads it back; null when it is none of ours. Pure. */
export function readQuestionValue(
  value: string,
): { readonly seen: Pressed; readonly question: number } | null {
  const [press, number = ''] = value.split('#');
  const seen = readPress(press);
  return seen === null || !/^\d{1,6}$/u.test(number) ? null : { seen, question: Number(number) };
}

/** A question as it is posted in the tier's channel; how it ended, once it has. Pure. */
export function renderQuestion(
  theCase: Pick<CaseDetail, 'id' | 'version' | 'number' | 'subject' | 'customerName'>,
  { number, by, text, until }: AskedQuestion,
  end: QuestionEnd | null,
  words: Words,
): { readonly text: string; readonly blocks: readonly object[] } {
  const { asked, buttons } = words;
  const title = titleOf(theCase, words);
  const head = by === null ? asked.byBot(title) : asked.question(escaped(by), title);
  const reply = {
    type: 'button',
    action_id: replyAction,
    style: 'primary',
    text: plain(buttons.answer),
    value: questionValue(theCase, number),
  };
  const wait =
    until === null || end !== null ? [] : [`:hourglass_flowing_sand: ${asked.botWaits} ${countdown(until)}`];
  return {
    text: head,
    blocks: [
      ...sections([`:question: ${head}`, quoted(shortened(text, maxText)), ...wait].join('\n')),
      ...(end === null
        ? [{ type: 'actions', elements: [reply] }]
        : sections(endLines(end, words).join('\n'))),
    ],
  };
}

/** The private line to whoever talks under a question instead of answering it. Pure. */
export function renderUseButton(seen: Pressed, question: number, { asked, buttons }: Words) {
  const reply = {
    type: 'button',
    action_id: replyAction,
    text: plain(buttons.answer),
    value: questionValue(seen, question),
  };
  return { blocks: [section(asked.useButton), { type: 'actions', elements: [reply] }] };
}

function endLines(end: QuestionEnd, { asked }: Words): string[] {
  if (end.kind === 'over') return [`:no_entry_sign: ${asked.over}`];
  return [`:white_check_mark: ${asked.answered(escaped(end.agent))}`, quoted(shortened(end.answer, maxText))];
}

/** How a question ended that is open no more, as the case's story tells it. Pure. */
export function endOf(messages: readonly CaseMessage[], question: number): QuestionEnd {
  const found = messages.findLast(
    ({ event }) => event?.type === 'question-answered' && event.question === question,
  )?.event;
  if (found === undefined) return { kind: 'over' };
  return { kind: 'answered', agent: String(found.agent ?? ''), answer: String(found.answer ?? '') };
}
