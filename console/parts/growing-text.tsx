import type { ComponentPropsWithRef } from 'react';
import { classNames } from './class-names.ts';
import css from './growing-text.module.css';

/** A text area as high as its text, up to a third of the window. */
export function GrowingText({ className, ...rest }: ComponentPropsWithRef<'textarea'>) {
  return (
    <div className={css.grow}>
      <div className={css.measure} aria-hidden="true">
        {`${String(rest.value ?? '')} `}
      </div>
      <textarea rows={1} {...rest} className={classNames(css.text, className)} />
    </div>
  );
}
