import type { ReactNode } from 'react';
import { useIntl } from 'react-intl';
import type { Sending } from '../live/send-queue.ts';
import { useSay } from '../parts/catalogue.tsx';
import { DayLine } from '../parts/day-line.tsx';
import { MessageGroup, Role } from '../parts/message-group.tsx';
import { MessageLog } from '../parts/message-log.tsx';
import { layOut } from '../parts/thread.ts';
import { Typing } from '../parts/typing.tsx';
import type { CaseDetail, Entry } from './case.ts';
import { CaseMessage } from './case-message.tsx';
import css from './case-thread.module.css';
import { useCustomerTyping, useUnderway, type Written } from './desk-context.tsx';
import { EffectMark } from './effect-mark.tsx';
import { EventLine } from './event-line.tsx';
import { NoteHeading } from './note-heading.tsx';
import { isAboutQuestion, QuestionEntry } from './question-entry.tsx';
import { UnderwayEntry } from './underway-entry.tsx';

/** What the thread shows. */
export interface CaseThreadProps {
  readonly theCase: CaseDetail;
  /** The agent takes back something that was refused: its text is in the box again. */
  readonly onEditAgain: (kind: Written['kind']) => void;
}

/** The whole story: what was said, notes, transitions, and what is still on its way. */
export function CaseThread({ theCase, onEditAgain }: CaseThreadProps) {
  const say = useSay();
  const name = theCase.customerName ?? say('case.anonymous');
  const underway = useUnderway(theCase.id);
  const typing = useCustomerTyping(theCase.id);
  const { messages } = theCase;
  const sending = underway.findLast((item) => item.state !== 'refused');
  const newest = sending?.id ?? messages.at(-1)?.id ?? '';
  return (
    <MessageLog
      label={say('case.log')}
      newest={newest}
      newestIsOwn={sending !== undefined}
      loaded
      unreadLabel={say('chat.unread')}
    >
      <div className={css.thread}>
        {layOut(messages).map((row) =>
          row.kind === 'day' ? (
            <DayLine key={row.key} at={row.at} />
          ) : (
            <Speaker
              key={row.key}
              theCase={theCase}
              entries={row.messages}
              customer={name}
              onEditAgain={onEditAgain}
            />
          ),
        )}
        {underway.map((item: Sending<Written>) => (
          <UnderwayEntry key={item.id} item={item} onEditAgain={onEditAgain} />
        ))}
        {typing && (
          <MessageGroup of="customer" name={name} side="start" heading={null} footer={null}>
            <div className={css.typing}>
              <Typing label={say('typing.customer', { name })} />
            </div>
          </MessageGroup>
        )}
      </div>
    </MessageLog>
  );
}

interface SpeakerProps extends CaseThreadProps {
  readonly entries: readonly [Entry, ...Entry[]];
  readonly customer: string;
}

function Speaker({ theCase, entries, customer, onEditAgain }: SpeakerProps) {
  const say = useSay();
  const intl = useIntl();
  const [first] = entries;
  const last = entries.at(-1) ?? first;
  const { from } = first;
  if (from === 'event') {
    return entries.map((entry) =>
      isAboutQuestion(entry) ? (
        <QuestionEntry key={entry.id} theCase={theCase} entry={entry} onUse={() => onEditAgain('reply')} />
      ) : (
        <EventLine key={entry.id} entry={entry} />
      ),
    );
  }
  return (
    <MessageGroup
      of={from}
      name={from === 'customer' ? (first.author ?? customer) : first.author}
      side={from === 'customer' ? 'start' : 'end'}
      heading={<Heading entry={first} customer={customer} />}
      footer={
        <>
          {from === 'note' && <span>{say('note.only')} ·</span>}
          <time dateTime={last.at}>{intl.formatTime(last.at, { hour: 'numeric', minute: '2-digit' })}</time>
          <EffectMark entry={last} />
        </>
      }
    >
      {entries.map((entry) => (
        <CaseMessage key={entry.id} theCase={theCase} entry={entry} />
      ))}
    </MessageGroup>
  );
}

function Heading({ entry, customer }: { readonly entry: Entry; readonly customer: string }): ReactNode {
  const say = useSay();
  switch (entry.from) {
    case 'customer':
      return (
        <>
          {entry.author ?? customer}
          {entry.bystander === true && <Role>{say('entry.bystander')}</Role>}
        </>
      );
    case 'bot':
      return say('who.bot');
    case 'system':
      return say('who.system');
    case 'note':
      return <NoteHeading author={entry.author} />;
    default:
      return entry.author ?? say('who.agent');
  }
}
