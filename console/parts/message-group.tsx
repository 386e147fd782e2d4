import type { ReactNode } from 'react';
import { Avatar, type AvatarProps } from './avatar.tsx';
import { classNames } from './class-names.ts';
import css from './message-group.module.css';

/** Who speaks, where they stand, and what they said. */
export interface MessageGroupProps {
  readonly of: AvatarProps['of'];
  /** For the initials; the name in words is part of `heading`. */
  readonly name?: string | undefined;
  readonly side: 'start' | 'end';
  /** Who speaks, in words; above the bubbles. */
  readonly heading: ReactNode;
  /** For a screen reader only: on one's own messages the place says it. */
  readonly quietHeading?: boolean;
  readonly avatar?: boolean;
  /** The time and such, below the bubbles. */
  readonly footer: ReactNode;
  readonly children: ReactNode;
}

/** What one person said in a row. */
export function MessageGroup(props: MessageGroupProps) {
  const { of, name, side, heading, quietHeading = false, avatar = true, footer, children } = props;
  return (
    <div className={classNames(css.group, css[side])}>
      {avatar && (
        <div className={classNames(css.face, heading == null && css.bare)}>
          <Avatar of={of} name={name} />
        </div>
      )}
      <div className={css.column}>
        <div className={quietHeading ? 'sr-only' : css.heading}>{heading}</div>
        {children}
        <div className={css.footer}>{footer}</div>
      </div>
    </div>
  );
}

/** A small word after a name: what kind of speaker this is. */
export function Role({ children }: { readonly children: ReactNode }) {
  return <span className={css.role}>{children}</span>;
}
