import type { ReactNode } from 'react';
import css from './brief-part.module.css';

/** One titled part of what is known of a case. */
export function BriefPart({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section>
      <h4 className={css.name}>{title}</h4>
      <div className={css.value}>{children}</div>
    </section>
  );
}

/** One short fact: its name and its value side by side. */
export function BriefFact({ name, children }: { readonly name: ReactNode; readonly children: ReactNode }) {
  return (
    <div className={css.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
