import { useIntl } from 'react-intl';
import type { Option } from '../live/message.ts';
import { useSay } from '../parts/catalogue.tsx';
import { DayLine } from '../parts/day-line.tsx';
import { FileView } from '../parts/file-view.tsx';
import { MessageBubble } from '../parts/message-bubble.tsx';
import { MessageGroup, Role } from '../parts/message-group.tsx';
import { MessageLog } from '../parts/message-log.tsx';
import { layOut } from '../parts/thread.ts';
import { Typing } from '../parts/typing.tsx';
import type { ChatMessage, ChatState } from './chat.ts';
import css from './conversation.module.css';
import { DeliveryMark } from './delivery-mark.tsx';
import { openOptions } from './open-options.ts';
import { OptionRow } from './option-row.tsx';
import { SourceList } from './source-list.tsx';
import { Welcome } from './welcome.tsx';

/** What the conversation shows and what can be done in it. */
export interface ConversationProps {
  readonly state: ChatState;
  /** The bytes of a file that this page has, by its id. */
  readonly local: (id: string) => Blob | undefined;
  readonly onOption: (option: Option) => void;
  readonly onSuggestion: (text: string) => void;
  readonly onRetry: (id: string) => void;
  readonly onDiscard: (id: string) => void;
}

/** Everything said so far, the buttons that are still open, and who is writing. */
export function Conversation(props: ConversationProps) {
  const { state, local, onOption, onSuggestion, onRetry, onDiscard } = props;
  const say = useSay();
  const { messages, typing } = state;
  // One that was refused stays below the others and is not news.
  const newest = messages.findLast((message) => message.delivery !== 'refused');
  const asking = openOptions(messages);
  const options = messages.find((message) => message.id === asking)?.options;
  return (
    <MessageLog
      label={say('chat.log')}
      newest={newest?.id ?? ''}
      newestIsOwn={newest?.from === 'customer'}
      loaded={state.loaded}
      unreadLabel={say('chat.unread')}
    >
      <div className={css.thread}>
        {state.loaded && messages.length === 0 && <Welcome onSuggestion={onSuggestion} />}
        {layOut(messages).map((row) =>
          row.kind === 'day' ? (
            <DayLine key={row.key} at={row.at} />
          ) : (
            <Speaker
              key={row.key}
              messages={row.messages}
              local={local}
              onRetry={onRetry}
              onDiscard={onDiscard}
            />
          ),
        )}
        {options !== undefined && <OptionRow options={options} onChoose={onOption} />}
        {typing !== null && (
          <MessageGroup of={typing} name={state.status?.agent} side="start" heading={null} footer={null}>
            <div className={css.typing}>
              <Typing label={say(typing === 'bot' ? 'typing.bot' : 'typing.agent')} />
            </div>
          </MessageGroup>
        )}
      </div>
    </MessageLog>
  );
}

interface SpeakerProps {
  readonly messages: readonly [ChatMessage, ...ChatMessage[]];
  readonly local: ConversationProps['local'];
  readonly onRetry: (id: string) => void;
  readonly onDiscard: (id: string) => void;
}

function Speaker({ messages, local, onRetry, onDiscard }: SpeakerProps) {
  const intl = useIntl();
  const say = useSay();
  const [first] = messages;
  const last = messages.at(-1) ?? first;
  const own = first.from === 'customer';
  return (
    <MessageGroup
      of={first.from}
      name={first.author}
      side={own ? 'end' : 'start'}
      avatar={!own}
      quietHeading={own}
      heading={<Heading message={first} />}
      footer={
        <>
          <time dateTime={last.at}>{intl.formatTime(last.at, { hour: 'numeric', minute: '2-digit' })}</time>
          {last.delivery !== undefined && <DeliveryMark delivery={last.delivery} />}
        </>
      }
    >
      {messages.map((message) => (
        <div key={message.id} className={css.message}>
          {message.file !== undefined && (
            <div className={css.file}>
              <FileView
                file={message.file}
                href={`/api/chat/files/${message.file.id}`}
                local={local(message.file.id)}
              />
            </div>
          )}
          {(message.text !== '' || message.sources !== undefined) && (
            <MessageBubble
              tone={own ? 'own' : message.from}
              text={message.text}
              markdown={message.from === 'bot' || message.from === 'system'}
            >
              {message.sources !== undefined && <SourceList sources={message.sources} />}
            </MessageBubble>
          )}
          {message.delivery === 'refused' && (
            <p className={css.refused}>
              {say(message.fault?.code === 'no_such_media' ? 'error.no_such_media' : 'delivery.refused')}{' '}
              <button type="button" className={css.retry} onClick={() => onRetry(message.id)}>
                {say('delivery.retry')}
              </button>{' '}
              <button type="button" className={css.retry} onClick={() => onDiscard(message.id)}>
                {say('delivery.discard')}
              </button>
            </p>
          )}
        </div>
      ))}
    </MessageGroup>
  );
}

function Heading({ message }: { readonly message: ChatMessage }) {
  const say = useSay();
  switch (message.from) {
    case 'customer':
      return <>{say('who.you')}</>;
    case 'bot':
      return (
        <>
          {say('who.bot')} <Role>{say('role.bot')}</Role>
        </>
      );
    case 'agent':
      return (
        <>
          {message.author ?? say('who.agent')} <Role>{say('role.agent')}</Role>
        </>
      );
    case 'system':
      return (
        <>
          {say('who.system')} <Role>{say('role.system')}</Role>
        </>
      );
  }
}
