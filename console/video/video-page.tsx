/** @jsxImportSource preact */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { BackLink, DonePage } from './done-page.tsx';
import type { Call, Door, Language, Shut, Waiting } from './door.ts';
import { EnteredPage } from './entered-page.tsx';
import { ShutPage } from './shut-page.tsx';
import css from './video.module.css';
import { WaitingPage } from './waiting-page.tsx';
import { browserLanguage, type Say, wordsOf } from './words.ts';

/** What is on the page. */
type View =
  | Waiting
  | Shut
  /** The server cannot be reached. */
  | { readonly kind: 'fault' }
  /** Nothing more is to be done here. */
  | { readonly kind: 'done'; readonly how: 'chat' | 'phone' | 'over'; readonly call: Call };

/** The page behind a link into a call. */
export function VideoPage({ door }: { readonly door: Door }) {
  const [view, setView] = useState<View | null>(null);
  const say = useWords(languageOf(view));
  const heading = useRef<HTMLElement>(null);

  const open = useCallback(async () => {
    setView(await door.open().catch(() => ({ kind: 'fault' as const })));
  }, [door]);

  useEffect(() => {
    void open();
    // Back from the call by the browser's own button: the page is as it was left, and that is over.
    const returned = (event: PageTransitionEvent) => {
      if (event.persisted) void open();
    };
    addEventListener('pageshow', returned);
    return () => removeEventListener('pageshow', returned);
  }, [open]);

  // Whoever listens to the page hears what it is now.
  const shown = view === null ? null : `${view.kind}${'entered' in view ? view.entered : ''}`;
  useEffect(() => {
    if (shown !== null) heading.current?.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
  }, [shown]);

  if (say === null || view === null) return null;
  return (
    <main className={css.page} ref={heading}>
      <header className={css.header}>
        <img src="/icon.svg" alt="" width="28" height="28" />
        <p>{say('title')}</p>
      </header>
      <Shown view={view} say={say} door={door} open={open} show={setView} />
    </main>
  );
}

interface ShownProps {
  readonly view: View;
  readonly say: Say;
  readonly door: Door;
  readonly open: () => Promise<void>;
  readonly show: (view: View) => void;
}

function Shown({ view, say, door, open, show }: ShownProps) {
  const failed = () => show({ kind: 'fault' });
  switch (view.kind) {
    case 'fault':
      return (
        <section className={css.card}>
          <h1 tabIndex={-1}>{say('fault.title')}</h1>
          <p>{say('fault.words')}</p>
          <button type="button" className={css.primary} onClick={() => void open()}>
            {say('fault.again')}
          </button>
        </section>
      );
    case 'shut':
      return <ShutPage shut={view} say={say} calendarUrl={door.calendarUrl} open={open} />;
    case 'done':
      return (
        <DonePage
          say={say}
          words={say(`done.${view.how}`, { phone: view.call.phone ?? '', number: view.call.number })}
        >
          <BackLink who="customer" call={view.call} say={say} />
        </DonePage>
      );
    default: {
      const { call } = view;
      const common = { waiting: view, say, door, shut: show, failed };
      const over = (how: 'chat' | 'phone' | 'over') => show({ kind: 'done', how, call });
      return view.entered ? (
        <EnteredPage {...common} over={() => over('over')} />
      ) : (
        <WaitingPage {...common} without={over} />
      );
    }
  }
}

function languageOf(view: View | null): Language | null {
  if (view === null) return null;
  return ('call' in view && view.call?.language) || browserLanguage(navigator.languages);
}

/** The words of a language once they are here; the page says which it speaks. */
function useWords(language: Language | null): Say | null {
  const [words, setWords] = useState<{ readonly language: Language; readonly say: Say } | null>(null);
  useEffect(() => {
    if (language === null) return;
    void wordsOf(language).then((say) => {
      document.documentElement.lang = language;
      document.title = `${say('title')} · Relevo`;
      setWords({ language, say });
    });
  }, [language]);
  return words?.say ?? null;
}
