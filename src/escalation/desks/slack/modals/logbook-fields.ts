import type { Logbook } from '../../../../core/logbook.ts';
import type { Words } from '../words/words.ts';
import { faultsOfTexts, fieldText, textField } from './modal.ts';

const parts = ['understanding', 'plan', 'execution', 'results'] as const;

/** The four parts of a logbook as fields, with their draft. Pure. @param required the parts that must be there */
export function logbookFields(
  draft: Logbook,
  required: readonly (keyof Logbook)[],
  words: Words,
): readonly object[] {
  return parts.map((part) =>
    textField(part, words.modal.parts[part], { text: draft[part], optional: !required.includes(part) }),
  );
}

/** The logbook that was submitted, and what is wrong with it by field. Pure. */
export function readLogbook(
  view: unknown,
  required: readonly (keyof Logbook)[],
  words: Words,
): { readonly logbook: Logbook; readonly faults: Readonly<Record<string, string>> } {
  const [understanding = '', plan = '', execution = '', results = ''] = parts.map((part) =>
    fieldText(view, part),
  );
  const logbook = { understanding, plan, execution, results };
  const checked = Object.fromEntries(
    parts
      .filter((part) => logbook[part] !== '' || required.includes(part))
      .map((part) => [part, logbook[part]]),
  );
  return { logbook, faults: faultsOfTexts(checked, words) ?? {} };
}
