import { type FormEvent, useState } from 'react';
import { Button } from '../parts/button.tsx';
import { useSay } from '../parts/catalogue.tsx';
import { Choices } from '../parts/choices.tsx';
import { Dialog, DialogActions } from '../parts/dialog.tsx';
import { Field } from '../parts/field.tsx';
import type { CaseDialogProps } from './case-dialog.ts';
import { DialogFault } from './dialog-fault.tsx';
import css from './form.module.css';
import { useTextFault } from './text-fault.ts';

const limit = 2000;

/** The three answers that are words, in their order. */
export const assessmentParts = ['missing', 'howLong', 'best'] as const;

/** The four answers of an expert: can it be solved, what is missing, how long, which way is best. */
export function AssessDialog({ theCase, fault, busy, onClose, onAct }: CaseDialogProps) {
  const say = useSay();
  const textFault = useTextFault();
  const known = theCase.assessment;
  const [solvable, setSolvable] = useState<'yes' | 'no' | undefined>(
    known === null ? undefined : known.solvable ? 'yes' : 'no',
  );
  const [words, setWords] = useState({
    missing: known?.missing ?? '',
    howLong: known?.howLong ?? '',
    best: known?.best ?? '',
  });
  const [tried, setTried] = useState(false);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (busy || solvable === undefined) return;
    if (assessmentParts.some((part) => textFault(words[part], limit) !== undefined)) return;
    onAct({ do: 'assess', assessment: { solvable: solvable === 'yes', ...words } });
  };
  return (
    <Dialog title={say('assess.title', { number: theCase.number })} isOpen onClose={onClose}>
      <form className={css.form} onSubmit={submit} noValidate>
        <p>{say(theCase.assessFirst ? 'assess.first' : 'assess.words')}</p>
        <Choices
          label={say('assess.solvable')}
          choices={(['yes', 'no'] as const).map((value) => ({ value, label: say(`assess.${value}`) }))}
          value={solvable}
          onChange={setSolvable}
          fault={tried && solvable === undefined ? say('assess.choose') : undefined}
          autoFocus
        />
        {assessmentParts.map((part) => (
          <Field
            key={part}
            label={say(`assess.${part}`)}
            value={words[part]}
            onChange={(text) => setWords({ ...words, [part]: text })}
            rows={part === 'howLong' ? 1 : 2}
            fault={tried ? textFault(words[part], limit) : undefined}
          />
        ))}
        <DialogFault fault={fault} />
        <DialogActions>
          <Button onPress={onClose}>{say('dialog.cancel')}</Button>
          <Button type="submit" look="primary" isDisabled={busy}>
            {say('assess.submit')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
