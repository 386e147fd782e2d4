import type { ReactNode } from 'react';
import css from './wide-table.module.css';

/** A table that may be wider than the page: it is scrolled by itself, also with the keyboard. */
export function WideTable(props: {
  readonly label: string;
  readonly className: string | undefined;
  readonly children: ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a keyboard must be able to scroll it
    <section className={css.scroll} aria-label={props.label} tabIndex={0}>
      <table className={props.className}>{props.children}</table>
    </section>
  );
}
