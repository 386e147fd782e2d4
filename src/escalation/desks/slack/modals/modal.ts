import type { SlackObject } from '../../../../slack/slack-app.ts';
import { context, plain, shortened } from '../mrkdwn.ts';
import { at, isObject, textAt } from '../payload.ts';
import { type Pressed, pressValue, readPress } from '../press-value.ts';
import type { Words } from '../words/words.ts';

/** Characters that one field of a modal takes. */
export const maxField = 3_000;

/** What the desk's modals are called. */
export const modals = {
  answer: 'relevo.desk.answer',
  note: 'relevo.desk.note',
  ask: 'relevo.desk.ask',
  reply: 'relevo.desk.reply',
  escalate: 'relevo.desk.escalate',
  solve: 'relevo.desk.solve',
  assess: 'relevo.desk.assess',
  vendor: 'relevo.desk.vendor',
  vendorAnswer: 'relevo.desk.vendor-answer',
  plan: 'relevo.desk.plan',
  call: 'relevo.desk.call',
  callReport: 'relevo.desk.call-report',
} as const;

/** Where a modal was opened from: its case as it was seen, and the thread to speak in. */
export interface ModalPlace {
  readonly seen: Pressed;
  /** The Slack channel of the card. */
  readonly channel: string;
  /** The card's own message; empty where the modal was not opened from one. */
  readonly ts: string;
  /** What else the modal must remember, at most some hundred characters. */
  readonly more?: string;
}

/** A modal with its fields. Pure. @param title cut to the 24 characters that Slack takes */
export function modal(
  callback: string,
  place: ModalPlace,
  { title, submit, internal }: { title: string; submit: string; internal: boolean },
  fields: readonly object[],
  words: Words,
): SlackObject {
  return {
    type: 'modal',
    callback_id: callback,
    private_metadata: [pressValue(place.seen), place.channel, place.ts, place.more ?? ''].join('\n'),
    title: plain(shortened(title, 24)),
    submit: plain(shortened(submit, 24)),
    close: plain(words.buttons.cancel),
    blocks: [...(internal ? [context(`:lock: ${words.modal.internal}`)] : []), ...fields],
  };
}

/** Where a submitted modal was opened from; null when it is none of ours. Pure. */
export function placeOfModal(view: unknown): ModalPlace | null {
  const [value, channel = '', ts = '', ...more] = textAt(view, 'private_metadata').split('\n');
  const seen = readPress(value);
  return seen === null ? null : { seen, channel, ts, more: more.join('\n') };
}

/** A field for text. Pure. @param block its name, by which it is read back */
export function textField(
  block: string,
  label: string,
  {
    text = '',
    lines = true,
    optional = false,
    max = maxField,
  }: { text?: string; lines?: boolean; optional?: boolean; max?: number } = {},
): object {
  return {
    type: 'input',
    block_id: block,
    label: plain(label),
    optional,
    element: {
      type: 'plain_text_input',
      action_id: 'value',
      multiline: lines,
      max_length: max,
      ...(text === '' ? {} : { initial_value: shortened(text, max) }),
    },
  };
}

/** A field to choose one of some. Pure. @param chosen the first one unless said otherwise; null: none */
export function choiceField(
  block: string,
  label: string,
  options: readonly { readonly value: string; readonly label: string }[],
  { chosen }: { readonly chosen?: string | null } = {},
): object {
  const shown = options
    .slice(0, 100)
    .map((option) => ({ text: plain(shortened(option.label, 75)), value: option.value }));
  const initial = chosen === undefined ? shown[0] : shown.find(({ value }) => value === chosen);
  return {
    type: 'input',
    block_id: block,
    label: plain(label),
    element: {
      type: 'static_select',
      action_id: 'value',
      options: shown,
      ...(initial === undefined ? {} : { initial_option: initial }),
    },
  };
}

/** What stands in a field for text, trimmed. @param block its name, or what its name begins with. Pure. */
export function fieldText(view: unknown, block: string): string {
  return textAt(fieldOf(view, block), 'value').trim();
}

/** What was chosen in a field. Pure. */
export function fieldChoice(view: unknown, block: string): string {
  return textAt(fieldOf(view, block), 'selected_option', 'value');
}

/** A field as Slack gives it back; undefined where there is none. Pure. */
export function fieldOf(view: unknown, block: string): unknown {
  const values = at(view, 'state', 'values');
  if (!isObject(values)) return undefined;
  const name = nameOf(values, block);
  return name === undefined ? undefined : at(values, name, 'value');
}

/** The full name of the field whose name begins so. Pure. */
export function fieldName(view: unknown, block: string): string {
  const values = at(view, 'state', 'values');
  return (isObject(values) ? nameOf(values, block) : undefined) ?? block;
}

function nameOf(values: SlackObject, block: string): string | undefined {
  return Object.keys(values).find((name) => name === block || name.startsWith(`${block}.`));
}

/** What makes the modal stay open with a fault under each of these fields. Pure. */
export function fieldFaults(faults: Readonly<Record<string, string>>): SlackObject {
  return { response_action: 'errors', errors: faults };
}

/** The faults of required texts: empty, or longer than a field takes; null when there are none. Pure. */
export function faultsOfTexts(
  texts: Readonly<Record<string, string>>,
  words: Words,
  max: number = maxField,
): Record<string, string> | null {
  const faults = Object.entries(texts).flatMap(([block, text]) => {
    if (text === '') return [[block, words.modal.empty] as const];
    return Array.from(text).length > max ? [[block, words.modal.tooLong(max)] as const] : [];
  });
  return faults.length === 0 ? null : Object.fromEntries(faults);
}
