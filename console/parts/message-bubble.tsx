import { lazy, type ReactNode, Suspense } from 'react';
import { classNames } from './class-names.ts';
import css from './message-bubble.module.css';

// Markdown is a third of the page's weight: the words stand there plainly until it has come.
const Prose = lazy(async () => ({ default: (await import('./prose.tsx')).Prose }));

/** Who speaks, as the reader's page paints it: `own` is whoever sits in front of it. */
export type Tone = 'own' | 'customer' | 'bot' | 'agent' | 'system' | 'note';

/** One bubble. */
export interface MessageBubbleProps {
  readonly tone: Tone;
  readonly text: string;
  /** The bot's and the system's words are Markdown; what people type is plain text. */
  readonly markdown: boolean;
  /** Below the words, inside the bubble: sources, buttons. */
  readonly children?: ReactNode;
}

/** What somebody said. */
export function MessageBubble({ tone, text, markdown, children }: MessageBubbleProps) {
  const plain = <p className={css.plain}>{text}</p>;
  return (
    <div className={classNames(css.bubble, css[tone])}>
      {markdown ? (
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
