import { type FormEvent, useState } from 'react';
import { Button } from '../parts/button.tsx';
import { useSay } from '../parts/catalogue.tsx';
import { Choices } from '../parts/choices.tsx';
import { Dialog, DialogActions } from '../parts/dialog.tsx';
import { Field } from '../parts/field.tsx';
import type { CaseDialogProps } from './case-dialog.ts';
import { DialogFault } from './dialog-fault.tsx';
import css from './form.module.css';
import { LogbookFields, logbookParts, maxLogbookPart } from './logbook-fields.tsx';
import { useTextFault } from './text-fault.ts';

const maxReason = 2000;

/** Why, to which tier, and the logbook as far as this tier got: the next one begins with it. */
export function EscalateDialog({ theCase, fault, busy, onClose, onAct }: CaseDialogProps) {
  const say = useSay();
  const textFault = useTextFault();
  const [reason, setReason] = useState('');
  const [tier, setTier] = useState(theCase.tiers[0]?.level);
  const [logbook, setLogbook] = useState(theCase.draft);
  const [tried, setTried] = useState(false);
  const wrong = textFault(reason, maxReason);
  const isWrong = (part: keyof typeof logbook) => textFault(logbook[part], maxLogbookPart, 'optional');

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (busy || wrong !== undefined || logbookParts.some((part) => isWrong(part) !== undefined)) return;
    const isEmpty = logbookParts.every((part) => logbook[part].trim() === '');
    onAct({
      do: 'escalate',
      reason: reason.trim(),
      ...(tier === undefined ? {} : { tier }),
      ...(isEmpty ? {} : { logbook }),
    });
  };
  return (
    <Dialog title={say('escalate.title', { number: theCase.number })} isOpen onClose={onClose}>
      <form className={css.form} onSubmit={submit} noValidate>
        <p>{say('escalate.words')}</p>
        {theCase.tiers.length > 0 && (
          <Choices
            label={say('escalate.tier')}
            choices={theCase.tiers.map(({ level, name }) => ({
              value: level,
              label: say('case.tierNamed', { tier: level, name }),
            }))}
            value={tier}
            onChange={setTier}
          />
        )}
        <Field
          label={say('escalate.reason')}
          value={reason}
          onChange={setReason}
          rows={3}
          autoFocus
          fault={tried ? wrong : undefined}
        />
        <fieldset className={css.drafted}>
          <legend>{say('escalate.logbook')}</legend>
          <p>{say('escalate.logbookWords')}</p>
          <LogbookFields logbook={logbook} onChange={setLogbook} faultOf={isWrong} rows={2} optional />
        </fieldset>
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
