import { Undo2, X } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Link } from 'react-router';
import { Button } from '../parts/button.tsx';
import { useSay } from '../parts/catalogue.tsx';
import { FaultLine } from './fault-line.tsx';
import css from './undo-bar.module.css';
import { useTell } from './words.ts';

interface Done {
  readonly words: string;
  /** Missing: it cannot be undone, or was. */
  readonly undo?: (() => Promise<unknown>) | undefined;
  readonly next?: Next | undefined;
}

/** Where one goes from here. */
export interface Next {
  readonly to: string;
  readonly words: string;
}

const shownMs = 15_000;

/** Tells what was done and offers to undo it: `bar` goes anywhere into the page. */
export function useUndo(): {
  readonly bar: ReactNode;
  readonly did: (words: string, undo?: () => Promise<unknown>, next?: Next) => void;
  /** Undoes the last; nothing where there is none. */
  readonly undoLast: () => void;
} {
  const tell = useTell();
  const say = useSay();
  const [done, setDone] = useState<Done | null>(null);
  const [fault, setFault] = useState<Error | null>(null);
  const bar = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (done === null) return;
    const timer = setInterval(() => {
      // Whoever is about to press it has the time they need.
      if (bar.current?.matches(':hover, :focus-within') !== true) setDone(null);
    }, shownMs);
    return () => clearInterval(timer);
  }, [done]);

  const undoLast = () => {
    const undo = done?.undo;
    if (undo === undefined) return;
    setFault(null);
    undo().then(
      () => setDone({ words: tell('undo.undone') }),
      (error: unknown) => setFault(error instanceof Error ? error : new Error(String(error))),
    );
  };
  return {
    did(words, undo, next) {
      setFault(null);
      setDone({ words, undo, next });
    },
    undoLast,
    bar: (
      <div ref={bar} className={css.place} role="status">
        {done !== null && (
          <div className={css.bar}>
            <div className={css.words}>
              <p className={css.done}>{done.words}</p>
              {done.next !== undefined && (
                <Link to={done.next.to} className={css.next}>
                  {done.next.words}
                </Link>
              )}
              <FaultLine fault={fault} />
            </div>
            {done.undo !== undefined && (
              <Button size="s" icon={<Undo2 size={15} aria-hidden="true" />} onPress={undoLast}>
                {tell('undo.undo')}
              </Button>
            )}
            <Button
              size="s"
              look="ghost"
              icon={<X size={16} aria-hidden="true" />}
              aria-label={say('dialog.close')}
              onPress={() => setDone(null)}
            />
          </div>
        )}
      </div>
    ),
  };
}
