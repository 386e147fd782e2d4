import { escaped, plain, quoted, sections } from './mrkdwn.ts';
import { objectsAt, textAt } from './payload.ts';
import { type Pressed, pressValue, readPress } from './press-value.ts';
import type { Words } from './words/words.ts';

/** The button under a question to a tier. */
export const replyAction = 'relevo.desk.reply';

/** A question to the people of a tier. */
export interface Question {
  readonly seen: Pressed;
  readonly number: number;
  readonly agent: string;
  readonly text: string;
}

/** A question as it is posted in the tier's channel; with the answerer's name once it is answered. Pure. */
export function renderQuestion(
  { seen, number, agent, text }: Question,
  words: Words,
  answeredBy: string | null,
) {
  const head = words.asked.question(escaped(agent), number);
  const reply = {
    type: 'button',
    action_id: replyAction,
    text: plain(words.buttons.answer),
    value: pressValue(seen),
  };
  const below =
    answeredBy === null
      ? [{ type: 'actions', elements: [reply] }]
      : sections(`:white_check_mark: ${words.asked.answered(escaped(answeredBy))}`);
  return {
    text: head,
    blocks: [...sections([head, quoted(text)].join('\n')), ...below],
  };
}

/** The question whose button was pressed: the button names the case, the message shows the words. Pure. */
export function readQuestion(payload: unknown): { readonly seen: Pressed; readonly text: string } | null {
  const [action] = objectsAt(payload, 'actions');
  const seen = readPress(textAt(action, 'value'));
  if (seen === null) return null;
  const said = objectsAt(payload, 'message', 'blocks').map((block) => textAt(block, 'text', 'text'));
  const lines = said
    .join('\n')
    .split('\n')
    .filter((line) => /^(?:>|&gt;)/u.test(line));
  const text = lines.map((line) => line.replace(/^(?:>|&gt;)/u, '')).join('\n');
  return { seen, text: text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&') };
}
