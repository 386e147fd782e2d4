import type { FormEvent, ReactNode } from 'react';
import { Brand } from '../parts/brand.tsx';
import { Button } from '../parts/button.tsx';
import { PreferencesButton } from '../parts/preferences-button.tsx';
import { DialogFault } from './dialog-fault.tsx';
import css from './door.module.css';

/** A page with one form in the middle. */
export interface DoorProps {
  readonly title: string;
  readonly words?: string | undefined;
  readonly submit: string;
  readonly busy: boolean;
  readonly fault: string | null;
  readonly onSubmit: () => void;
  readonly children: ReactNode;
}

/** The way in: signing in and creating the first administrator look alike. */
export function Door({ title, words, submit, busy, fault, onSubmit, children }: DoorProps) {
  const submitted = (event: FormEvent) => {
    event.preventDefault();
    if (!busy) onSubmit();
  };
  return (
    <main className={css.page}>
      <div className={css.corner}>
        <PreferencesButton />
      </div>
      <form className={css.card} onSubmit={submitted} noValidate>
        <Brand />
        <h1 className={css.title}>{title}</h1>
        {words !== undefined && <p className={css.words}>{words}</p>}
        {children}
        <DialogFault fault={fault} />
        <Button type="submit" look="primary" isDisabled={busy}>
          {submit}
        </Button>
      </form>
    </main>
  );
}
