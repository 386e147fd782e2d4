import { EyeOff } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../parts/button.tsx';
import { Field } from '../../parts/field.tsx';
import page from '../page.module.css';
import { useTell } from '../words.ts';
import css from './decision-form.module.css';

const usual = ['gaps.reason.business', 'gaps.reason.one', 'gaps.reason.spam'] as const;

/** Hides a gap for a reason that is remembered. */
export function DismissForm(props: { readonly busy: boolean; readonly onDismiss: (reason: string) => void }) {
  const tell = useTell();
  const { busy, onDismiss } = props;
  const [reason, setReason] = useState('');
  return (
    <form
      className={css.form}
      aria-label={tell('gaps.dismiss')}
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy && reason.trim() !== '') onDismiss(reason.trim());
      }}
    >
      <p className={page.soft}>{tell('gaps.dismissMeans')}</p>
      <Field label={tell('gaps.reason')} value={reason} onChange={setReason} autoFocus />
      <div className={css.reasons}>
        {usual.map((id) => (
          <Button key={id} size="s" look="chip" onPress={() => setReason(tell(id))}>
            {tell(id)}
          </Button>
        ))}
      </div>
      <div className={page.row}>
        <Button
          type="submit"
          look="primary"
          icon={<EyeOff size={17} aria-hidden="true" />}
          isDisabled={busy || reason.trim() === ''}
        >
          {tell('gaps.dismissIt')}
        </Button>
      </div>
    </form>
  );
}
