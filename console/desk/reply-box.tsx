import { Hand, Lock, SendHorizontal } from 'lucide-react';
import { type FormEvent, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { AttachButton } from '../parts/attach-button.tsx';
import { Button } from '../parts/button.tsx';
import { type Say, useSay } from '../parts/catalogue.tsx';
import { classNames } from '../parts/class-names.ts';
import { GrowingText } from '../parts/growing-text.tsx';
import { UploadTray } from '../parts/upload-tray.tsx';
import type { CaseDetail } from './case.ts';
import { useDesk } from './desk-context.tsx';
import { draftKey } from './draft.ts';
import { useSession } from './queries.ts';
import css from './reply-box.module.css';

/** For whom the words are: the customer, or only the team. */
export type Mode = 'reply' | 'note';

/** Where an agent writes. */
export interface ReplyBoxProps {
  readonly theCase: CaseDetail;
  readonly mode: Mode;
  /** Whenever this changes the draft is read anew, and the focus moves into it. */
  readonly focus: number;
  readonly onMode: (mode: Mode) => void;
  readonly onClaim: () => void;
}

const limit = 10_000;
const typingSentMs = 3000;

/**
 * Reply and note are two boxes that share a place: each keeps its own text, its own colour and its own button,
 * and only the agent changes from one to the other.
 */
export function ReplyBox({ theCase, mode, focus, onMode, onClaim }: ReplyBoxProps) {
  const say = useSay();
  const allowed = mode === 'reply' ? theCase.can.reply : theCase.can.note;
  return (
    <div className={classNames(css.box, css[mode])}>
      <fieldset className={css.modes} aria-label={say('reply.mode')}>
        {(['reply', 'note'] as const).map((each) => (
          <label key={each} className={classNames(css.tab, css[`${each}Tab`])}>
            <input type="radio" name="mode" checked={mode === each} onChange={() => onMode(each)} />
            {each === 'note' && <Lock size={13} aria-hidden="true" />}
            {say(`reply.${each}`)}
          </label>
        ))}
      </fieldset>
      {allowed ? (
        <Editor key={`${theCase.id} ${mode}`} theCase={theCase} mode={mode} focus={focus} />
      ) : (
        <NotAllowed theCase={theCase} onClaim={onClaim} />
      )}
    </div>
  );
}

function Editor({ theCase, mode, focus }: Pick<ReplyBoxProps, 'theCase' | 'mode' | 'focus'>) {
  const say = useSay();
  const { shelf, queue, newId, request, ...desk } = useDesk();
  const uploads = desk.uploads(theCase.id);
  const files = useSyncExternalStore(uploads.subscribe, uploads.items);
  const key = draftKey(theCase.id, mode);
  const [text, setText] = useState(() => shelf.getItem(key) ?? '');
  const field = useRef<HTMLTextAreaElement>(null);
  const typedAt = useRef(0);
  const name = theCase.customerName ?? say('case.anonymous');
  const left = limit - text.length;
  // A note has no files: what was chosen stays for the reply.
  const attached = mode === 'reply' ? files : [];
  const filesReady = attached.every((file) => file.state === 'ready');
  const sendable = (text.trim() !== '' || attached.length > 0) && filesReady && left >= 0;

  // The same box, not a new one: a file dialog that is open just then would give its files to nobody.
  const [focused, setFocused] = useState(focus);
  if (focused !== focus) {
    setFocused(focus);
    setText(shelf.getItem(key) ?? '');
  }
  useEffect(() => {
    if (focus === 0 || field.current === null) return;
    field.current.focus();
    field.current.setSelectionRange(field.current.value.length, field.current.value.length);
  }, [focus]);

  const change = (next: string) => {
    setText(next);
    if (next === '') shelf.removeItem(key);
    else shelf.setItem(key, next);
    if (mode === 'note' || Date.now() - typedAt.current < typingSentMs) return;
    typedAt.current = Date.now();
    request('POST', `/api/cases/${theCase.id}/typing`, {}).catch(() => undefined);
  };
  const send = (event?: FormEvent) => {
    event?.preventDefault();
    if (!sendable) return;
    const sent = mode === 'reply' ? uploads.take() : [];
    queue.add(newId(), {
      case: theCase.id,
      number: theCase.number,
      kind: mode,
      text: text.trim(),
      ...(sent.length === 0 ? {} : { files: sent }),
    });
    setText('');
    shelf.removeItem(key);
  };

  return (
    <form className={css.editor} onSubmit={send}>
      <label className={css.hint} htmlFor={`write-${mode}`}>
        {mode === 'note' ? say('note.only') : say('reply.replyTo', { name })}
      </label>
      <GrowingText
        ref={field}
        id={`write-${mode}`}
        value={text}
        placeholder={say(mode === 'note' ? 'reply.notePlaceholder' : 'reply.replyPlaceholder')}
        autoComplete="off"
        aria-invalid={left < 0}
        onChange={(event) => change(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') field.current?.blur();
          if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          send();
        }}
      />
      {mode === 'reply' && <UploadTray uploads={uploads} />}
      <div className={css.foot}>
        {mode === 'reply' && <AttachButton size="s" onFiles={uploads.add} />}
        <span className={classNames(css.help, left < 0 && css.over)}>{helpFor(left, say)}</span>
        <Button
          type="submit"
          size="s"
          look={mode === 'note' ? 'note' : 'primary'}
          icon={
            mode === 'note' ? (
              <Lock size={15} aria-hidden="true" />
            ) : (
              <SendHorizontal size={15} aria-hidden="true" />
            )
          }
          isDisabled={!sendable}
        >
          {say(mode === 'note' ? 'reply.save' : 'reply.send')}
        </Button>
      </div>
    </form>
  );
}

function helpFor(left: number, say: Say): string {
  if (left < 0) return say('composer.over', { count: -left });
  if (left <= 1000) return say('composer.left', { count: left });
  return say('composer.help');
}

function NotAllowed({ theCase, onClaim }: Pick<ReplyBoxProps, 'theCase' | 'onClaim'>) {
  const say = useSay();
  const self = useSession().data?.user?.id;
  const { owner, can } = theCase;
  const other = owner?.agent !== undefined && owner.agent.id !== self ? owner.agent.name : undefined;
  return (
    <div className={css.closed}>
      <p>
        {can.claim
          ? say('reply.claimFirst')
          : other === undefined
            ? say('reply.notYours')
            : say('reply.othersCase', { name: other })}
      </p>
      {can.claim && (
        <Button size="s" icon={<Hand size={16} aria-hidden="true" />} onPress={onClaim}>
          {say('action.claim')}
        </Button>
      )}
    </div>
  );
}
