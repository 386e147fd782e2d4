import { type FormEvent, useState } from 'react';
import { Button } from '../parts/button.tsx';
import { useSay } from '../parts/catalogue.tsx';
import { Dialog, DialogActions } from '../parts/dialog.tsx';
import { Field } from '../parts/field.tsx';
import type { CaseDialogProps } from './case-dialog.ts';
import { DialogFault } from './dialog-fault.tsx';
import css from './solve-dialog.module.css';
import { useTextFault } from './text-fault.ts';

const parts = ['understanding', 'plan', 'execution', 'results'] as const;
const limit = 4000;

/** The four parts of the logbook, drafted from what happened, to be corrected and kept. */
export function SolveDialog({ theCase, fault, busy, onClose, onAct }: CaseDialogProps) {
  const say = useSay();
  const textFault = useTextFault();
  const [logbook, setLogbook] = useState(theCase.draft);
  const [tried, setTried] = useState(false);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (busy || parts.some((part) => textFault(logbook[part], limit) !== undefined)) return;
    onAct({ do: 'solve', logbook });
  };
  return (
    <Dialog title={say('solve.title', { number: theCase.number })} isOpen onClose={onClose}>
      <form className={css.form} onSubmit={submit} noValidate>
        <p>{say('solve.words')}</p>
        {parts.map((part, index) => (
          <Field
            key={part}
            label={say(`logbook.${part}`)}
            value={logbook[part]}
            onChange={(text) => setLogbook({ ...logbook, [part]: text })}
            rows={3}
            autoFocus={index === 0}
            fault={tried ? textFault(logbook[part], limit) : undefined}
          />
        ))}
        <DialogFault fault={fault} />
        <DialogActions>
          <Button onPress={onClose}>{say('dialog.cancel')}</Button>
          <Button type="submit" look="primary" isDisabled={busy}>
            {say('solve.submit')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
