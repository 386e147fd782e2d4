import { type FormEvent, type ReactNode, useId } from 'react';
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
  /** The button cannot be pressed. */
  readonly busy: boolean;
  /** Why not: what is still missing. */
  readonly missing?: string | undefined;
  readonly fault: string | null;
  readonly onSubmit: () => void;
  readonly children: ReactNode;
  /** Another way in, below the button. */
  readonly otherWay?: ReactNode;
}

/** The way in: signing in and creating the first administrator look alike. */
export function Door(door: DoorProps) {
  const { title, words, submit, busy, missing, fault, onSubmit, children, otherWay } = door;
  const missingId = useId();
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
        <Button
          type="submit"
          look="primary"
          isDisabled={busy}
          {...(missing === undefined ? {} : { 'aria-describedby': missingId })}
        >
          {submit}
        </Button>
        {missing !== undefined && (
          <p id={missingId} className={css.missing}>
            {missing}
          </p>
        )}
        {otherWay}
      </form>
    </main>
  );
}

/** A way in that no longer is one: why, and where the way in is. */
export function ShutDoor({
  title,
  words,
  children,
}: Pick<DoorProps, 'title' | 'children'> & { readonly words: string }) {
  return (
    <main className={css.page}>
      <div className={css.corner}>
        <PreferencesButton />
      </div>
      <div className={css.card}>
        <Brand />
        <h1 className={css.title}>{title}</h1>
        <p className={css.words}>{words}</p>
        {children}
      </div>
    </main>
  );
}
