import type { z } from 'zod';
import type { FaultDetail } from '../core/errors.ts';

/** All that can be wrong with what people write for the knowledge base. */
export const wrongCodes = [
  'article_twice',
  'at_least',
  'at_most',
  'below_front_matter',
  'cells',
  'column_twice',
  'control_character',
  'empty',
  'expected_list',
  'expected_number',
  'expected_text',
  'file_too_large',
  'half_character',
  'heading',
  'html',
  'hyphens',
  'link_scheme',
  'missing',
  'missing_column',
  'missing_value',
  'more',
  'no_brands',
  'no_front_matter',
  'no_keys',
  'no_such_word',
  'not_csv',
  'not_json',
  'not_utf8',
  'not_yaml',
  'one_of',
  'open_front_matter',
  'phrase_unreadable',
  'phrase_unsayable',
  'question_twice',
  'say_or_choose',
  'section_twice',
  'synonym_language',
  'synonym_twice',
  'synonym_words',
  'too_few',
  'too_long',
  'too_many',
  'unexpected',
  'unknown_brand',
  'unknown_column',
  'unknown_key',
  'unknown_phrase',
  'unknown_value',
  'yaml_aliases',
] as const;

/** One of them. */
export type WrongCode = (typeof wrongCodes)[number];

/** What is wrong: by name with what it mentions, and for people in English. */
export interface Wrong {
  readonly code: WrongCode;
  readonly about: FaultDetail['about'];
  /** What is wrong and what is expected. */
  readonly message: string;
}

/** Something wrong in a file that is imported. */
export interface Fault extends Wrong {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** Where in what the line begins, as `showPath` has it; absent: as a whole. */
  readonly path?: string;
}

/** Says what is wrong. */
export function wrong(code: WrongCode, message: string, about: Wrong['about'] = {}): Wrong {
  return { code, about, message };
}

/** A fault as a person reads it: `kb/es/x.md line 7: …`. */
export function showFault({ file, line, path = '', message }: Fault): string {
  return `${file} line ${line}: ${path === '' ? '' : `${path}: `}${message}`;
}

/** Faults as they are told to programs: so many of them, and how many more there are. */
export function detailsOf(faults: readonly Fault[], most: number): FaultDetail[] {
  const told = faults.slice(0, most).map(({ path = '', ...fault }) => ({ ...fault, path }));
  const count = faults.length - told.length;
  return count === 0 ? told : [...told, { path: '', ...wrong('more', `and ${count} more`, { count }) }];
}

/** Where a fault is, in words: `examples 3`; empty for the whole. */
export function showPath(path: readonly PropertyKey[]): string {
  return path.map((part) => (typeof part === 'number' ? String(part + 1) : String(part))).join(' ');
}

/** What a check of ours may say of its own fault: `params` of the issue. */
export type IssueParams = Pick<Wrong, 'code' | 'about'>;

/** What is wrong by a schema. @param issue of a parse with `reportInput` */
export function wrongOf(issue: z.core.$ZodIssue): Wrong {
  return { ...namedIn(issue), message: issue.message };
}

function namedIn(issue: z.core.$ZodIssue): IssueParams {
  const none = {};
  switch (issue.code) {
    case 'custom':
      return (issue.params as IssueParams | undefined) ?? { code: 'unexpected', about: none };
    case 'unrecognized_keys':
      return { code: 'unknown_key', about: { name: issue.keys.join(', ') } };
    case 'too_big': {
      const about = { most: Number(issue.maximum) };
      if (issue.origin === 'string') return { code: 'too_long', about };
      return { code: issue.origin === 'array' ? 'too_many' : 'at_most', about };
    }
    case 'too_small':
      if (issue.origin === 'string') return { code: 'empty', about: none };
      return {
        code: issue.origin === 'array' ? 'too_few' : 'at_least',
        about: { least: Number(issue.minimum) },
      };
    case 'invalid_value':
      if (issue.input === undefined) return { code: 'missing', about: none };
      return { code: 'one_of', about: { known: issue.values.map(String).join(', ') } };
    case 'invalid_format':
      return { code: 'hyphens', about: none };
    case 'invalid_type':
      if (issue.input === undefined) return { code: 'missing', about: none };
      return { code: expectedTypes[issue.expected] ?? 'unexpected', about: none };
    case 'invalid_union':
      return { code: 'say_or_choose', about: none };
    default:
      return { code: 'unexpected', about: none };
  }
}

const expectedTypes: Readonly<Record<string, WrongCode>> = {
  string: 'expected_text',
  array: 'expected_list',
  number: 'expected_number',
  int: 'expected_number',
};
