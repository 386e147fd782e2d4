import { useEffect, useRef } from 'react';
import type { ChatMessage } from './chat.ts';

/** Counts in the window's title what came while nobody looked. */
export function useUnreadTitle(messages: readonly ChatMessage[], title: string): void {
  const seen = useRef(0);
  const answers = messages.filter((message) => message.from !== 'customer').length;
  useEffect(() => {
    const show = () => {
      if (document.visibilityState === 'visible') seen.current = answers;
      const unread = answers - seen.current;
      document.title = unread > 0 ? `(${unread}) ${title}` : title;
    };
    show();
    document.addEventListener('visibilitychange', show);
    return () => document.removeEventListener('visibilitychange', show);
  }, [answers, title]);
}
