import css from './brand.module.css';
import { classNames } from './class-names.ts';

/** Relevo's mark: a baton that passes from one hand to the next. */
export function Brand({ size = 'm' }: { readonly size?: 's' | 'm' | 'l' }) {
  return (
    <svg className={classNames(css.mark, css[size])} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="9" className={css.ground} />
      <g className={css.batons}>
        <path d="M8.500 20.500 15 10.500" />
        <path d="m17 21.500 6.500-10" className={css.second} />
      </g>
    </svg>
  );
}
