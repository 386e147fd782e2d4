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
import { momentOf } from './reminder.ts';

const choices = ['now', 'offer', 'own'] as const;

/** A video call: at once, when it suits the customer, or at a time that was agreed on already. */
export function CallDialog({ theCase, fault, busy, onClose, onAct }: CaseDialogProps) {
  const say = useSay();
  const intl = useIntl();
  const [when, setWhen] = useState<(typeof choices)[number]>('now');
  const [own, setOwn] = useState('');
  const [tried, setTried] = useState(false);
  const at = momentOf('own', Date.now(), own);
  const agreed = theCase.call !== null && theCase.call.startsAt !== null;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (busy || (when === 'own' && at === null)) return;
    if (when === 'offer') onAct({ do: 'call-times' });
    else onAct({ do: 'call', at: when === 'own' && at !== null ? at.toISOString() : null });
  };
  return (
    <Dialog title={say('call.title', { number: theCase.number })} isOpen onClose={onClose}>
      <form className={css.form} onSubmit={submit} noValidate>
        <p>{say(agreed ? 'call.moves' : 'call.words')}</p>
        <Choices
          label={say('call.when')}
          choices={choices.map((value) => ({ value, label: say(`call.${value}`) }))}
          value={when}
          onChange={setWhen}
        />
        {when === 'own' && (
          <>
            <Field
              label={say('call.ownTime')}
              type="datetime-local"
              value={own}
              onChange={setOwn}
              fault={tried && at === null ? say('call.needsTime') : undefined}
            />
            {at !== null && (
              <p>
                {say('call.yourTime', {
                  when: intl.formatDate(at, {
                    weekday: 'long',
                    day: 'numeric',
                    month: 'long',
                    hour: 'numeric',
                    minute: '2-digit',
                    timeZoneName: 'shortGeneric',
                  }),
                })}
              </p>
            )}
          </>
        )}
        <DialogFault fault={fault} />
        <DialogActions>
          <Button onPress={onClose}>{say('dialog.cancel')}</Button>
          <Button type="submit" look="primary" isDisabled={busy}>
            {say(`call.submit.${when}`)}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
