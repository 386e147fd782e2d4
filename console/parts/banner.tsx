import { CircleAlert, CloudOff, Info } from 'lucide-react';
import type { ReactNode } from 'react';
import css from './banner.module.css';
import { classNames } from './class-names.ts';

/** What a banner says and how loudly. */
export interface BannerProps {
  readonly tone: 'calm' | 'warn' | 'bad' | 'offline';
  readonly children: ReactNode;
  /** Buttons after the words. */
  readonly actions?: ReactNode;
}

/** A strip across the page; a bad one is announced at once, the others when there is a pause. */
export function Banner({ tone, children, actions }: BannerProps) {
  const Icon = tone === 'offline' ? CloudOff : tone === 'bad' ? CircleAlert : Info;
  return (
    <div className={classNames(css.banner, css[tone])} role={tone === 'bad' ? 'alert' : 'status'}>
      <Icon size={17} aria-hidden="true" />
      <div className={css.words}>{children}</div>
      {actions}
    </div>
  );
}
