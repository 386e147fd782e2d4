import { useSay } from '../parts/catalogue.tsx';
import type { CaseDialogProps } from './case-dialog.ts';
import { WordsDialog } from './words-dialog.tsx';

/** What the vendor answered: with it the case is its agent's again. */
export function VendorAnswerDialog({ onAct, ...dialog }: CaseDialogProps) {
  const say = useSay();
  const { number, owner } = dialog.theCase;
  return (
    <WordsDialog
      {...dialog}
      title={say('vendorAnswer.title', { number })}
      words={say('vendorAnswer.words', { reference: owner?.reference ?? '' })}
      label={say('vendorAnswer.answer')}
      submit={say('vendorAnswer.submit')}
      limit={4000}
      rows={5}
      onWords={(answer) => onAct({ do: 'vendor-answered', answer })}
    />
  );
}
