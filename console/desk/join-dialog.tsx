import { useSay } from '../parts/catalogue.tsx';
import type { CaseDialogProps } from './case-dialog.ts';
import { WordsDialog } from './words-dialog.tsx';

/** The same customer's case on another channel, by its number. */
export function JoinDialog({ onAct, ...dialog }: CaseDialogProps) {
  const say = useSay();
  return (
    <WordsDialog
      {...dialog}
      title={say('join.title')}
      words={say('join.words', { number: dialog.theCase.number })}
      label={say('join.number')}
      submit={say('join.submit')}
      limit={20}
      inputMode="numeric"
      faultOf={(text) => (/^\D*\d+$/u.test(text.trim()) ? undefined : say('join.needsNumber'))}
      onWords={(text) => onAct({ do: 'people', case: text.replace(/\D/gu, '') })}
    />
  );
}
