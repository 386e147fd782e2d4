import { Bot, Info, Lock, User } from 'lucide-react';
import css from './avatar.module.css';
import { classNames } from './class-names.ts';

/** Whose face: `name` gives a person's initials. */
export interface AvatarProps {
  readonly of: 'customer' | 'bot' | 'agent' | 'system' | 'note';
  readonly name?: string | undefined;
  readonly size?: 's' | 'm' | 'l';
}

/** A small round face; only for the eye, so whoever speaks must also be named in words. */
export function Avatar({ of, name, size = 'm' }: AvatarProps) {
  const letters = of === 'bot' || of === 'system' || of === 'note' ? '' : initials(name ?? '');
  return (
    <span className={classNames(css.avatar, css[of], css[size])} aria-hidden="true">
      {letters === '' ? <Icon of={of} /> : letters}
    </span>
  );
}

function Icon({ of }: { readonly of: AvatarProps['of'] }) {
  const size = 16;
  if (of === 'bot') return <Bot size={size} />;
  if (of === 'system') return <Info size={size} />;
  if (of === 'note') return <Lock size={size} />;
  return <User size={size} />;
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/u);
  const first = [words[0], words.length > 1 ? words.at(-1) : undefined];
  return first.map((word) => Array.from(word ?? '')[0]?.toLocaleUpperCase() ?? '').join('');
}
