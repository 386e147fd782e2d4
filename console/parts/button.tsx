import type { ReactNode } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components/Button';
import { Link } from 'react-aria-components/Link';
import css from './button.module.css';
import { classNames } from './class-names.ts';

/** What a button looks like and holds. */
export interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'style' | 'children'> {
  /** `primary` at most once in sight; `ghost` for icons and lesser things. */
  readonly look?: 'primary' | 'plain' | 'ghost' | 'danger' | 'note' | 'chip';
  readonly size?: 'm' | 's';
  /** Shown before the words; alone when there are none: then give an `aria-label`. */
  readonly icon?: ReactNode;
  readonly children?: ReactNode;
  readonly className?: string | undefined;
}

/** A button that works with mouse, touch, keyboard and screen reader alike. */
export function Button({ look = 'plain', size = 'm', icon, children, className, ...rest }: ButtonProps) {
  const alone = children === undefined;
  return (
    <AriaButton
      {...rest}
      className={classNames(css.button, css[look], css[size], alone && css.alone, className)}
    >
      {icon}
      {children}
    </AriaButton>
  );
}

/** A link to a page outside of this one, which looks like a button. */
export function ButtonLink({ href, children }: { readonly href: string; readonly children: ReactNode }) {
  return (
    <Link href={href} className={classNames(css.button, css.plain, css.m)}>
      {children}
    </Link>
  );
}
