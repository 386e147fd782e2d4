import type { Language } from '../../parts/preferences.ts';
import { useTitles } from '../decided.ts';
import { useTell } from '../words.ts';
import type { Gap } from './gap.ts';

/** Says what could close a gap, in a sentence. */
export function useProposalWords(): (gap: Gap) => string {
  const tell = useTell();
  const titleOf = useTitles();
  return ({ proposal: { kind, article, by }, wordings }) => {
    const language: Language = wordings[0]?.language ?? 'es';
    const title = article === undefined ? '' : titleOf(article, language);
    if (kind === 'example')
      return tell(by === 'agent' ? 'gaps.propose.agent' : 'gaps.propose.example', { title });
    return tell(`gaps.propose.${kind}`, { title });
  };
}
