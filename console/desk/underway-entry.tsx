import { useIntl } from 'react-intl';
import type { Sending } from '../live/send-queue.ts';
import { useSay } from '../parts/catalogue.tsx';
import { FileView } from '../parts/file-view.tsx';
import { MessageBubble } from '../parts/message-bubble.tsx';
import { MessageGroup } from '../parts/message-group.tsx';
import { useDesk, type Written } from './desk-context.tsx';
import { draftKey } from './draft.ts';
import { describeFault } from './fault.ts';
import { NoteHeading } from './note-heading.tsx';
import { useSession } from './queries.ts';
import css from './underway-entry.module.css';

/** What is on its way. */
export interface UnderwayEntryProps {
  readonly item: Sending<Written>;
  readonly onEditAgain: (kind: Written['kind']) => void;
}

/** A reply or note on its way to the server; when it was refused it says why and can go back into the box. */
export function UnderwayEntry({ item, onEditAgain }: UnderwayEntryProps) {
  const say = useSay();
  const intl = useIntl();
  const { queue, shelf, uploads } = useDesk();
  const name = useSession().data?.user?.name;
  const { body, state, fault } = item;

  const editAgain = () => {
    const key = draftKey(body.case, body.kind);
    const draft = shelf.getItem(key);
    const texts = [body.text, draft ?? ''].filter((text) => text !== '');
    if (texts.length > 0) shelf.setItem(key, texts.join('\n'));
    uploads(body.case).restore(body.files ?? []);
    queue.drop(item.id);
    onEditAgain(body.kind);
  };
  return (
    <MessageGroup
      of={body.kind === 'note' ? 'note' : 'agent'}
      name={name}
      side="end"
      heading={body.kind === 'note' ? <NoteHeading author={name} /> : name}
      footer={
        <>
          {body.kind === 'note' && <span>{say('note.only')} ·</span>}
          <time dateTime={new Date(item.at).toISOString()}>
            {intl.formatTime(item.at, { hour: 'numeric', minute: '2-digit' })}
          </time>
          <span>· {say(`delivery.${state}`)}</span>
        </>
      }
    >
      {body.text !== '' && (
        <MessageBubble tone={body.kind === 'note' ? 'note' : 'agent'} text={body.text} markdown={false} />
      )}
      {body.files?.map((file) => (
        <FileView
          key={file.id}
          file={file}
          href={`/api/files/${file.id}`}
          local={uploads(body.case).local(file.id)}
        />
      ))}
      {state === 'refused' && fault !== null && (
        <p className={css.refused} role="alert">
          {describeFault(fault, say)}{' '}
          <button type="button" className={css.again} onClick={() => queue.retry(item.id)}>
            {say('delivery.retry')}
          </button>{' '}
          <button type="button" className={css.again} onClick={editAgain}>
            {say('reply.takeBack')}
          </button>
        </p>
      )}
    </MessageGroup>
  );
}
