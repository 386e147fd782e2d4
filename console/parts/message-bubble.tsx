import { lazy, type ReactNode, Suspense } from 'react';
import { classNames } from './class-names.ts';
import css from './message-bubble.module.css';

type ProseComponent = typeof import('./prose.tsx').Prose;

// Markdown is a third of the page's weight: the words stand there plainly until it has come.
let ready: ProseComponent | null = null;
async function load(): Promise<{ readonly default: ProseComponent }> {
  const { Prose } = await import('./prose.tsx');
  ready = Prose;
  return { default: Prose };
}
const LazyProse = lazy(load);

/** Fetches what shows Markdown as soon as the page has nothing better to do, before the first answer comes. */
export function preloadProse(): void {
  // The first answer asks for it again, should this fail.
  const fetchIt = () => void load().catch(() => undefined);
  if ('requestIdleCallback' in window) requestIdleCallback(fetchIt, { timeout: 300 });
  else setTimeout(fetchIt, 100);
}

/** Who speaks, as the reader's page paints it: `own` is whoever sits in front of it. */
export type Tone = 'own' | 'customer' | 'bot' | 'agent' | 'system' | 'note';

/** One bubble. */
export interface MessageBubbleProps {
  readonly tone: Tone;
  /** Empty when what is below says it all. */
  readonly text: string;
  /** The bot's and the system's words are Markdown; what people type is plain text. */
  readonly markdown: boolean;
  /** Below the words, inside the bubble: sources, buttons. */
  readonly children?: ReactNode;
}

/** What somebody said. */
export function MessageBubble({ tone, text, markdown, children }: MessageBubbleProps) {
  // Once it is here there is no waiting, not even for one frame.
  const Prose = ready ?? LazyProse;
  const plain = text === '' ? null : <p className={css.plain}>{text}</p>;
  return (
    <div className={classNames(css.bubble, css[tone])}>
      {markdown && text !== '' ? (
        <Suspense fallback={plain}>
          <Prose text={text} />
        </Suspense>
      ) : (
        plain
      )}
      {children}
    </div>
  );
}
