import { plain, section } from '../mrkdwn.ts';
import { type Pressed, pressValue, readPress } from '../press-value.ts';
import type { Words } from '../words/words.ts';

/** The button that sends what was typed as a note. */
export const sendTypedAction = 'relevo.desk.send-typed';

/** Longer texts get no hint: a button's value takes 2,000 characters. */
const maxText = 1_500;

/** A note that may have been meant for the customer. */
export interface TypedHint {
  readonly seen: Pressed;
  readonly threadTs: string;
  /** Slack's name of the message that was typed. */
  readonly typedTs: string;
  readonly text: string;
}

/** The private line under such a note; null for one too long to be carried. Pure. */
export function renderHint(
  hint: TypedHint,
  words: Words,
): { text: string; blocks: readonly object[] } | null {
  const value = [pressValue(hint.seen), hint.threadTs, hint.typedTs, hint.text].join('\n');
  if (hint.text.length > maxText) return null;
  const send = { type: 'button', action_id: sendTypedAction, text: plain(words.buttons.sendNow), value };
  return {
    text: words.sending.hint,
    blocks: [section(words.sending.hint), { type: 'actions', elements: [send] }],
  };
}

/** Reads the button's value back; null when it is none. Pure. */
export function readHint(value: string): TypedHint | null {
  const [press, threadTs = '', typedTs = '', ...lines] = value.split('\n');
  const seen = readPress(press);
  const text = lines.join('\n');
  return seen === null || text.trim() === '' ? null : { seen, threadTs, typedTs, text };
}
