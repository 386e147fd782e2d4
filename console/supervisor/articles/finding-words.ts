import { useTell, type WordId } from '../words.ts';
import type { Finding } from './article.ts';

const known: Readonly<Record<string, WordId>> = {
  'unknown-brand': 'lint.unknown-brand',
  'same-example': 'lint.same-example',
  duplicate: 'lint.duplicate',
  contradiction: 'lint.contradiction',
  'no-examples': 'lint.no-examples',
  'missing-translation': 'lint.missing-translation',
  'bad-link': 'lint.bad-link',
  'long-answer': 'lint.long-answer',
};

/** Says a finding in the reader's words; one that has none yet as the server says it. */
export function useFindingWords(): (finding: Finding) => string {
  const tell = useTell();
  return ({ rule, about = {}, message }) => {
    const id = known[rule];
    return id === undefined ? message : tell(id, about);
  };
}

/** Under which field a finding is shown. */
export function fieldOf({ rule, about }: Finding): 'examples' | 'answer' | 'article' {
  if (rule === 'no-examples' || about?.example !== undefined) return 'examples';
  return rule === 'bad-link' || rule === 'long-answer' ? 'answer' : 'article';
}
