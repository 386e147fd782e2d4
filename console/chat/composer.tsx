import { SendHorizontal } from 'lucide-react';
import { type FormEvent, type Ref, useState, useSyncExternalStore } from 'react';
import type { Shelf } from '../live/send-queue.ts';
import type { Uploads } from '../live/uploads.ts';
import { AttachButton } from '../parts/attach-button.tsx';
import { Button } from '../parts/button.tsx';
import { useSay } from '../parts/catalogue.tsx';
import { classNames } from '../parts/class-names.ts';
import { GrowingText } from '../parts/growing-text.tsx';
import { UploadTray } from '../parts/upload-tray.tsx';
import css from './composer.module.css';

const limit = 10_000;
const draftKey = 'relevo.draft.chat';

/** Where the customer writes. */
export interface ComposerProps {
  readonly ref: Ref<HTMLTextAreaElement>;
  /** Keeps what is not sent yet over a reload. */
  readonly shelf: Shelf;
  readonly uploads: Uploads;
  /** Sends the words (none: only files) and what is in `uploads`. */
  readonly onSend: (text: string) => void;
  readonly onTyping: () => void;
}

/** Enter sends, Shift and Enter makes a new line. Writing never waits for the network. */
export function Composer({ ref, shelf, uploads, onSend, onTyping }: ComposerProps) {
  const say = useSay();
  const [text, setText] = useState(() => shelf.getItem(draftKey) ?? '');
  const left = limit - text.length;
  const files = useSyncExternalStore(uploads.subscribe, uploads.items);
  const filesReady = files.every((file) => file.state === 'ready');
  const sendable = (text.trim() !== '' || files.length > 0) && filesReady && left >= 0;

  const change = (next: string) => {
    setText(next);
    if (next === '') shelf.removeItem(draftKey);
    else shelf.setItem(draftKey, next);
  };
  const send = (event?: FormEvent) => {
    event?.preventDefault();
    if (!sendable) return;
    onSend(text.trim());
    change('');
  };

  return (
    <form className={css.composer} onSubmit={send}>
      <UploadTray uploads={uploads} />
      <div className={css.box}>
        <AttachButton onFiles={uploads.add} />
        <GrowingText
          ref={ref}
          value={text}
          aria-label={say('composer.label')}
          aria-describedby="composer-help"
          aria-invalid={left < 0}
          placeholder={say('composer.placeholder')}
          enterKeyHint="send"
          autoComplete="off"
          onChange={(event) => {
            change(event.target.value);
            onTyping();
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
            event.preventDefault();
            send();
          }}
        />
        <Button
          type="submit"
          look="primary"
          icon={<SendHorizontal size={18} aria-hidden="true" />}
          aria-label={say('composer.send')}
          isDisabled={!sendable}
        />
      </div>
      <div className={css.foot}>
        <span id="composer-help" className={css.help}>
          {say('composer.help')}
        </span>
        {left <= 1000 && (
          <span className={classNames(css.left, left < 0 && css.over)} role="status">
            {left < 0 ? say('composer.over', { count: -left }) : say('composer.left', { count: left })}
          </span>
        )}
      </div>
    </form>
  );
}
