import { type FormEvent, useState } from 'react';
import { Button } from '../parts/button.tsx';
import { useSay } from '../parts/catalogue.tsx';
import { Choices } from '../parts/choices.tsx';
import { Dialog, DialogActions } from '../parts/dialog.tsx';
import { Field } from '../parts/field.tsx';
import type { CaseDialogProps } from './case-dialog.ts';
import { useDesk } from './desk-context.tsx';
import { DialogFault } from './dialog-fault.tsx';
import css from './form.module.css';
import { useTextFault } from './text-fault.ts';

const limit = 2000;

/** A private question to another tier: the case stays where it is. */
export function AskDialog({ theCase, fault, busy, onClose, onAct }: CaseDialogProps) {
  const say = useSay();
  const textFault = useTextFault();
  const { newId } = useDesk();
  const above = theCase.askable.find(({ level }) => level > (theCase.tier ?? 0)) ?? theCase.askable[0];
  const [tier, setTier] = useState(above?.level);
  const [text, setText] = useState('');
  const [tried, setTried] = useState(false);
  // The same for every attempt: a question that arrived is not asked twice.
  const [id] = useState(newId);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (busy || tier === undefined || textFault(text, limit) !== undefined) return;
    onAct({ do: 'ask', id, tier, text: text.trim() });
  };
  return (
    <Dialog title={say('ask.title')} isOpen onClose={onClose}>
      <form className={css.form} onSubmit={submit} noValidate>
        <p>{say('ask.words')}</p>
        <Choices
          label={say('escalate.tier')}
          choices={theCase.askable.map(({ level, name }) => ({
            value: level,
            label: say('case.tierNamed', { tier: level, name }),
          }))}
          value={tier}
          onChange={setTier}
        />
        <Field
          label={say('ask.question')}
          value={text}
          onChange={setText}
          rows={4}
          autoFocus
          fault={tried ? textFault(text, limit) : undefined}
        />
        <DialogFault fault={fault} />
        <DialogActions>
          <Button onPress={onClose}>{say('dialog.cancel')}</Button>
          <Button type="submit" look="primary" isDisabled={busy}>
            {say('ask.submit')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
