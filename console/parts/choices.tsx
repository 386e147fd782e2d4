import { useId } from 'react';
import css from './choices.module.css';

/** One of a few, all in sight. */
export interface ChoicesProps<Value extends string | number> {
  readonly label: string;
  readonly choices: readonly { readonly value: Value; readonly label: string }[];
  readonly value: Value | undefined;
  readonly onChange: (value: Value) => void;
  /** Says what is wrong. */
  readonly fault?: string | undefined;
  readonly autoFocus?: boolean;
}

/** Radio buttons in a row that wraps. */
export function Choices<Value extends string | number>(props: ChoicesProps<Value>) {
  const { label, choices, value, onChange, fault } = props;
  const id = useId();
  const first = value ?? choices[0]?.value;
  return (
    <fieldset className={css.choices} aria-describedby={fault === undefined ? undefined : `${id}-fault`}>
      <legend>{label}</legend>
      {choices.map((each) => (
        <label key={each.value} className={css.choice}>
          <input
            type="radio"
            name={id}
            checked={each.value === value}
            onChange={() => onChange(each.value)}
            // biome-ignore lint/a11y/noAutofocus: a dialog moves the focus to where its work begins
            autoFocus={props.autoFocus === true && each.value === first}
          />
          {each.label}
        </label>
      ))}
      {fault !== undefined && (
        <span id={`${id}-fault`} className={css.fault}>
          {fault}
        </span>
      )}
    </fieldset>
  );
}
