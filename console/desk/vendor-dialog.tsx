import { type FormEvent, useState } from 'react';
import { useIntl } from 'react-intl';
import { Button } from '../parts/button.tsx';
import { useSay } from '../parts/catalogue.tsx';
import { Choices } from '../parts/choices.tsx';
import { Dialog, DialogActions } from '../parts/dialog.tsx';
import { Field } from '../parts/field.tsx';
import type { CaseDialogProps } from './case-dialog.ts';
import { DialogFault } from './dialog-fault.tsx';
import css from './form.module.css';
import { momentOf, type Reminder, reminders } from './reminder.ts';
import { useTextFault } from './text-fault.ts';

const limit = 200;

/** The vendor's number for the case, and when its agent is reminded of them. */
export function VendorDialog({ theCase, fault, busy, onClose, onAct }: CaseDialogProps) {
  const say = useSay();
  const intl = useIntl();
  const textFault = useTextFault();
  const [reference, setReference] = useState(theCase.owner?.reference ?? '');
  const [reminder, setReminder] = useState<Reminder>('tomorrow');
  const [own, setOwn] = useState('');
  const [tried, setTried] = useState(false);
  const at = momentOf(reminder, Date.now(), own);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (busy || at === null || textFault(reference, limit) !== undefined) return;
    onAct({ do: 'vendor', reference: reference.trim(), remindAt: at.toISOString() });
  };
  return (
    <Dialog title={say('vendor.title', { number: theCase.number })} isOpen onClose={onClose}>
      <form className={css.form} onSubmit={submit} noValidate>
        <p>{say('vendor.words')}</p>
        <Field
          label={say('vendor.reference')}
          value={reference}
          onChange={setReference}
          autoFocus
          fault={tried ? textFault(reference, limit) : undefined}
        />
        <Choices
          label={say('vendor.remind')}
          choices={[...reminders, 'own' as const].map((value) => ({ value, label: say(`vendor.${value}`) }))}
          value={reminder}
          onChange={setReminder}
        />
        {reminder === 'own' && (
          <Field
            label={say('vendor.ownTime')}
            type="datetime-local"
            value={own}
            onChange={setOwn}
            fault={tried && at === null ? say('vendor.needsTime') : undefined}
          />
        )}
        {at !== null && (
          <p>
            {say('vendor.reminded', {
              when: intl.formatDate(at, {
                weekday: 'long',
                day: 'numeric',
                month: 'long',
                hour: 'numeric',
                minute: '2-digit',
              }),
            })}
          </p>
        )}
        <DialogFault fault={fault} />
        <DialogActions>
          <Button onPress={onClose}>{say('dialog.cancel')}</Button>
          <Button type="submit" look="primary" isDisabled={busy}>
            {say('vendor.submit')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
