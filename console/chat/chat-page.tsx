import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { Option } from '../live/message.ts';
import type { Shelf } from '../live/send-queue.ts';
import { Banner } from '../parts/banner.tsx';
import { useSay } from '../parts/catalogue.tsx';
import { DropZone } from '../parts/drop-zone.tsx';
import { usePreferences } from '../parts/preferences.ts';
import type { Chat } from './chat.ts';
import { ChatHeader } from './chat-header.tsx';
import css from './chat-page.module.css';
import { Composer } from './composer.tsx';
import { Conversation } from './conversation.tsx';
import { asksForStars } from './open-options.ts';
import { useUnreadTitle } from './unread-title.ts';

/** The customer's page: who answers, what was said, and where to write. */
export function ChatPage({ chat, shelf }: { readonly chat: Chat; readonly shelf: Shelf }) {
  const say = useSay();
  const { language } = usePreferences();
  const state = useSyncExternalStore(chat.subscribe, chat.state);
  const composer = useRef<HTMLTextAreaElement>(null);
  const lost = useLasting(state.connection === 'lost', 1200);
  useUnreadTitle(state.messages, say('chat.title'));

  const pressed = useCallback(
    (option: Option) => {
      chat.choose(option, language);
      // The buttons go away: the keyboard's place must not. On a touch screen its keyboard would jump up.
      if (!matchMedia('(pointer: coarse)').matches) composer.current?.focus();
    },
    [chat, language],
  );
  const wrote = (text: string) => chat.say(text, language);

  return (
    <div className={css.page}>
      <ChatHeader status={state.status} lost={lost} rating={asksForStars(state.messages)} />
      {lost && <Banner tone="offline">{say('chat.lost')}</Banner>}
      <DropZone as="main" className={css.main} onFiles={chat.uploads.add}>
        <Conversation
          state={state}
          local={chat.uploads.local}
          onOption={pressed}
          onSuggestion={wrote}
          onRetry={chat.retry}
          onDiscard={chat.discard}
        />
        <Composer ref={composer} shelf={shelf} uploads={chat.uploads} onSend={wrote} onTyping={chat.typing} />
      </DropZone>
    </div>
  );
}

/** True once it has been true for a while: a hiccup is not worth a banner. */
function useLasting(now: boolean, forMs: number): boolean {
  const [lasting, setLasting] = useState(false);
  useEffect(() => {
    if (!now) {
      setLasting(false);
      return;
    }
    const timer = setTimeout(() => setLasting(true), forMs);
    return () => clearTimeout(timer);
  }, [now, forMs]);
  return lasting;
}
