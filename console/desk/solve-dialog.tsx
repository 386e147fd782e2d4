import { type FormEvent, useState } from 'react';
import { Button } from '../parts/button.tsx';
import { useSay } from '../parts/catalogue.tsx';
import { Dialog, DialogActions } from '../parts/dialog.tsx';
import type { CaseDialogProps } from './case-dialog.ts';
import { DialogFault } from './dialog-fault.tsx';
import css from './form.module.css';
import { LogbookFields, logbookParts, maxLogbookPart } from './logbook-fields.tsx';
import { useTextFault } from './text-fault.ts';

/** The four parts of the logbook, drafted from what happened, to be corrected and kept. */
export function SolveDialog({ theCase, fault, busy, onClose, onAct }: CaseDialogProps) {
  const say = useSay();
  const textFault = useTextFault();
  const [logbook, setLogbook] = useState(theCase.draft);
  const [propose, setPropose] = useState(false);
  const [tried, setTried] = useState(false);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (busy || logbookParts.some((part) => textFault(logbook[part], maxLogbookPart) !== undefined)) return;
    onAct({ do: 'solve', logbook, propose });
  };
  return (
    <Dialog title={say('solve.title', { number: theCase.number })} isOpen onClose={onClose}>
      <form className={css.form} onSubmit={submit} noValidate>
        <p>{say('solve.words')}</p>
        <LogbookFields
          logbook={logbook}
          onChange={setLogbook}
          faultOf={(part) => (tried ? textFault(logbook[part], maxLogbookPart) : undefined)}
          rows={3}
          autoFocus
        />
        <label className={css.check}>
          <input type="checkbox" checked={propose} onChange={(event) => setPropose(event.target.checked)} />
          {say('solve.propose')}
        </label>
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
