import { type FormEvent, useState } from 'react';
import { Button } from '../parts/button.tsx';
import { useSay } from '../parts/catalogue.tsx';
import { Choices } from '../parts/choices.tsx';
import { Dialog, DialogActions } from '../parts/dialog.tsx';
import { Field } from '../parts/field.tsx';
import type { CaseDialogProps } from './case-dialog.ts';
import { DialogFault } from './dialog-fault.tsx';
import css from './form.module.css';

const limit = 4000;
const follow = ['none', '3', '7', '14'] as const;

/** What the customer keeps of a call: what was seen and done, what is advised, and whether they are asked some days later. */
export function EndCallDialog({ theCase, fault, busy, onClose, onAct }: CaseDialogProps) {
  const say = useSay();
  const [summary, setSummary] = useState('');
  const [advice, setAdvice] = useState('');
  const [days, setDays] = useState<(typeof follow)[number]>('none');
  const tooLong = (text: string) =>
    text.trim().length > limit ? say('field.tooLong', { count: text.trim().length - limit }) : undefined;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (busy || tooLong(summary) !== undefined || tooLong(advice) !== undefined) return;
    const followUpDays = days === 'none' ? null : Number(days);
    onAct({ do: 'call-end', summary: summary.trim(), advice: advice.trim(), followUpDays });
  };
  return (
    <Dialog title={say('endCall.title', { number: theCase.number })} isOpen onClose={onClose}>
      <form className={css.form} onSubmit={submit} noValidate>
        <p>{say('endCall.words')}</p>
        <Field
          label={say('endCall.summary')}
          value={summary}
          onChange={setSummary}
          rows={3}
          autoFocus
          fault={tooLong(summary)}
        />
        <Field
          label={say('endCall.advice')}
          value={advice}
          onChange={setAdvice}
          rows={3}
          fault={tooLong(advice)}
        />
        <Choices
          label={say('endCall.follow')}
          choices={follow.map((value) => ({
            value,
            label:
              value === 'none'
                ? say('endCall.followNone')
                : say('endCall.followDays', { count: Number(value) }),
          }))}
          value={days}
          onChange={setDays}
        />
        <DialogFault fault={fault} />
        <DialogActions>
          <Button onPress={onClose}>{say('dialog.cancel')}</Button>
          <Button type="submit" look="primary" isDisabled={busy}>
            {say('endCall.submit')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
