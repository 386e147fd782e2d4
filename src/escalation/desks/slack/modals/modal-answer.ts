import type { Article } from '../../../../core/article.ts';
import type { SlackObject } from '../../../../slack/slack-app.ts';
import { context, escaped, plain, shortened } from '../mrkdwn.ts';
import { objectsAt, textAt } from '../payload.ts';
import type { Words } from '../words/words.ts';
import {
  faultsOfTexts,
  fieldFaults,
  fieldName,
  fieldOf,
  fieldText,
  type ModalPlace,
  modal,
  modals,
  textField,
} from './modal.ts';

/** Which list of the answer's modal puts an article's text into it. */
export const cannedAction = 'relevo.desk.canned';

/** What the modal starts with. */
export interface AnswerStart {
  /** What stands in the field already. */
  readonly text: string;
  /** Titles of the articles that the text was taken from. */
  readonly sources: readonly string[];
  /** Articles that can be put in, best first. */
  readonly canned: readonly Pick<Article, 'id' | 'title'>[];
  /** Counts up as another text is put in: Slack keeps what a field of the same name holds. */
  readonly draft: number;
}

/** The modal to answer the customer. Pure. */
export function renderAnswer(place: ModalPlace, start: AnswerStart, words: Words): SlackObject {
  const { canned, sources, text, draft } = start;
  const options = canned
    .filter(({ id }) => id.length <= 150)
    .slice(0, 100)
    .map(({ id, title }) => ({ text: plain(shortened(title, 75)), value: id }));
  const list = {
    type: 'actions',
    block_id: 'canned',
    elements: [
      {
        type: 'static_select',
        action_id: cannedAction,
        placeholder: plain(shortened(words.modal.canned, 75)),
        options,
      },
    ],
  };
  const files = {
    type: 'input',
    block_id: 'files',
    optional: true,
    label: plain(words.modal.files),
    element: { type: 'file_input', action_id: 'value', max_files: 5 },
  };
  const from = escaped(sources.map((title) => shortened(title, 100)).join(', '));
  return modal(
    modals.answer,
    { ...place, more: String(draft) },
    { title: words.modal.answer, submit: words.buttons.send, internal: false },
    [
      ...(options.length === 0 ? [] : [list]),
      textField(`text.${draft}`, words.modal.text, { text, optional: true }),
      ...(sources.length === 0 ? [] : [context(`${words.modal.draftFrom}: ${from}`)]),
      files,
    ],
    words,
  );
}

/** A file of Slack's that goes with an answer. */
export interface SlackFile {
  /** Slack's id. */
  readonly id: string;
  readonly name: string;
}

/** What was submitted: the answer, or what is wrong with it. Pure. */
export function readAnswer(
  view: unknown,
  words: Words,
): { readonly text: string; readonly files: readonly SlackFile[] } | { readonly faults: SlackObject } {
  const text = fieldText(view, 'text');
  const files = filesOf(fieldOf(view, 'files'), 'files');
  if (text === '' && files.length > 0) return { text, files };
  const faults = faultsOfTexts({ [fieldName(view, 'text')]: text }, words);
  return faults === null ? { text, files } : { faults: fieldFaults(faults) };
}

/** The files in a list of a payload. Pure. */
export function filesOf(holder: unknown, member: string): SlackFile[] {
  return objectsAt(holder, member).flatMap((file) => {
    const id = textAt(file, 'id');
    return id === '' ? [] : [{ id, name: textAt(file, 'name') || id }];
  });
}
