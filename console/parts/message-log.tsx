import { ArrowDown } from 'lucide-react';
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import css from './message-log.module.css';

/** What a log shows and how it behaves. */
export interface MessageLogProps {
  readonly label: string;
  /** Changes with each new message; empty while there is none. */
  readonly newest: string;
  /** Whether the newest is the reader's own: then the log always moves down to it. */
  readonly newestIsOwn: boolean;
  /** False while the history is being read, so that a screen reader does not read all of it out. */
  readonly loaded: boolean;
  /** What the pill says that leads to unread messages. */
  readonly unreadLabel: string;
  readonly children: ReactNode;
}

/** Messages that scroll: it follows the conversation only while the reader is at its end. */
export function MessageLog({ label, newest, newestIsOwn, loaded, unreadLabel, children }: MessageLogProps) {
  const frame = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const last = useRef({ top: 0, height: 0 });
  const seen = useRef(newest);
  const [unread, setUnread] = useState(false);

  const toEnd = () => {
    const box = frame.current;
    if (box === null) return;
    box.scrollTop = box.scrollHeight;
    atEnd.current = true;
    setUnread(false);
  };

  useLayoutEffect(() => {
    if (newest === seen.current) return;
    seen.current = newest;
    if (atEnd.current || newestIsOwn) toEnd();
    else setUnread(true);
  });

  useEffect(() => {
    if (content.current === null || frame.current === null) return;
    const observer = new ResizeObserver(() => {
      const box = frame.current;
      // An empty log has no end to follow: what stands in it is read from its beginning.
      if (box !== null && atEnd.current && seen.current !== '') box.scrollTop = box.scrollHeight;
    });
    observer.observe(content.current);
    observer.observe(frame.current);
    return () => observer.disconnect();
  }, []);

  const scrolled = () => {
    const box = frame.current;
    if (box === null) return;
    const { scrollTop: top, scrollHeight: height } = box;
    if (height - top - box.clientHeight < 48) {
      atEnd.current = true;
      setUnread(false);
    } else if (top < last.current.top && height >= last.current.height) {
      // Only the reader moves up; a conversation that grew has merely moved its end away.
      atEnd.current = false;
    }
    last.current = { top, height };
  };

  return (
    <div className={css.wrap}>
      <div
        ref={frame}
        className={css.frame}
        role="log"
        aria-label={label}
        aria-live={loaded ? 'polite' : 'off'}
        aria-busy={!loaded}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a keyboard must be able to scroll it
        tabIndex={0}
        onScroll={scrolled}
      >
        <div ref={content} className={css.content}>
          {children}
        </div>
      </div>
      {unread && (
        <button type="button" className={css.pill} onClick={toEnd}>
          <ArrowDown size={15} aria-hidden="true" />
          {unreadLabel}
        </button>
      )}
    </div>
  );
}
