import { type FormEvent, useState } from 'react';
import { Button } from '../parts/button.tsx';
import { useSay } from '../parts/catalogue.tsx';
import { Dialog, DialogActions } from '../parts/dialog.tsx';
import { Field } from '../parts/field.tsx';
import type { CaseDialogProps } from './case-dialog.ts';
import { DialogFault } from './dialog-fault.tsx';
import css from './escalate-dialog.module.css';
import { useTextFault } from './text-fault.ts';

/** Why, and to which tier. */
export function EscalateDialog({ theCase, fault, busy, onClose, onAct }: CaseDialogProps) {
  const say = useSay();
  const textFault = useTextFault();
  const [reason, setReason] = useState('');
  const [tier, setTier] = useState(theCase.tiers[0]?.level);
  const [tried, setTried] = useState(false);
  const wrong = textFault(reason, 2000);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (wrong !== undefined || busy) return;
    onAct({ do: 'escalate', reason: reason.trim(), ...(tier === undefined ? {} : { tier }) });
  };
  return (
    <Dialog title={say('escalate.title', { number: theCase.number })} isOpen onClose={onClose}>
      <form className={css.form} onSubmit={submit} noValidate>
        <p>{say('escalate.words')}</p>
        {theCase.tiers.length > 0 && (
          <fieldset className={css.tiers}>
            <legend>{say('escalate.tier')}</legend>
            {theCase.tiers.map((each) => (
              <label key={each.level} className={css.tier}>
                <input
                  type="radio"
                  name="tier"
                  checked={each.level === tier}
                  onChange={() => setTier(each.level)}
                />
                {say('case.tierNamed', { tier: each.level, name: each.name })}
              </label>
            ))}
          </fieldset>
        )}
        <Field
          label={say('escalate.reason')}
          value={reason}
          onChange={setReason}
          rows={4}
          autoFocus
          fault={tried ? wrong : undefined}
        />
        <DialogFault fault={fault} />
        <DialogActions>
          <Button onPress={onClose}>{say('dialog.cancel')}</Button>
          <Button type="submit" look="primary" isDisabled={busy}>
            {say('action.escalate')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
