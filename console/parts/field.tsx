import { useId } from 'react';
import { classNames } from './class-names.ts';
import css from './field.module.css';

/** One thing to fill in. */
export interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Says what is wrong; the field is then marked as such. */
  readonly fault?: string | undefined;
  readonly help?: string;
  readonly type?: 'text' | 'email' | 'password' | 'datetime-local';
  /** It may be left empty. */
  readonly optional?: boolean;
  /** The keyboard that a phone shows. */
  readonly inputMode?: 'numeric';
  readonly autoComplete?: string;
  readonly autoFocus?: boolean;
  /** More than one makes it a text area. */
  readonly rows?: number;
}

/** A labelled field; its help and its fault are read out with it. */
export function Field(props: FieldProps) {
  const { label, value, onChange, fault, help, type = 'text', autoComplete = 'off', rows = 1 } = props;
  const id = useId();
  const same = {
    id,
    value,
    required: props.optional !== true,
    inputMode: props.inputMode,
    autoComplete,
    autoFocus: props.autoFocus ?? false,
    'aria-invalid': fault !== undefined,
    'aria-describedby': classNames(help !== undefined && `${id}-help`, fault !== undefined && `${id}-fault`),
    className: css.input,
  };
  return (
    <div className={css.field}>
      <label className={css.label} htmlFor={id}>
        {label}
      </label>
      {rows > 1 ? (
        <textarea {...same} rows={rows} onChange={(event) => onChange(event.target.value)} />
      ) : (
        <input {...same} type={type} onChange={(event) => onChange(event.target.value)} />
      )}
      {help !== undefined && (
        <span id={`${id}-help`} className={css.help}>
          {help}
        </span>
      )}
      {fault !== undefined && (
        <span id={`${id}-fault`} className={css.fault}>
          {fault}
        </span>
      )}
    </div>
  );
}
