import { type FormEvent, useState } from 'react';
import { Button } from '../parts/button.tsx';
import { useSay } from '../parts/catalogue.tsx';
import { Dialog, DialogActions } from '../parts/dialog.tsx';
import { Field } from '../parts/field.tsx';
import type { CaseDialogProps } from './case-dialog.ts';
import { DialogFault } from './dialog-fault.tsx';
import css from './form.module.css';
import { useTextFault } from './text-fault.ts';

/** What a dialog that asks for one thing in words says. */
export interface WordsDialogProps extends Pick<CaseDialogProps, 'fault' | 'busy' | 'onClose'> {
  readonly title: string;
  readonly words: string;
  readonly label: string;
  readonly submit: string;
  /** Characters. */
  readonly limit: number;
  /** More than one makes it a text area. */
  readonly rows?: number;
  readonly inputMode?: 'numeric';
  /** Says what else is wrong with the words. */
  readonly faultOf?: (text: string) => string | undefined;
  readonly onWords: (text: string) => void;
}

/** Asks for one thing in words. */
export function WordsDialog({ fault, busy, onClose, onWords, limit, ...props }: WordsDialogProps) {
  const say = useSay();
  const textFault = useTextFault();
  const [text, setText] = useState('');
  const [tried, setTried] = useState(false);
  const wrong = textFault(text, limit) ?? props.faultOf?.(text);
  const { rows, inputMode } = props;
  return (
    <Dialog title={props.title} isOpen onClose={onClose}>
      <form
        className={css.form}
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          setTried(true);
          if (wrong === undefined && !busy) onWords(text.trim());
        }}
        noValidate
      >
        <p>{props.words}</p>
        <Field
          label={props.label}
          value={text}
          onChange={setText}
          autoFocus
          fault={tried ? wrong : undefined}
          {...(rows === undefined ? {} : { rows })}
          {...(inputMode === undefined ? {} : { inputMode })}
        />
        <DialogFault fault={fault} />
        <DialogActions>
          <Button onPress={onClose}>{say('dialog.cancel')}</Button>
          <Button type="submit" look="primary" isDisabled={busy}>
            {props.submit}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
