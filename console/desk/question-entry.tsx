import { Lock } from 'lucide-react';
import { useIntl } from 'react-intl';
import { useSay } from '../parts/catalogue.tsx';
import { MessageBubble } from '../parts/message-bubble.tsx';
import { MessageGroup, Role } from '../parts/message-group.tsx';
import { AnswerButton } from './answer-button.tsx';
import type { CaseDetail, Entry } from './case.ts';
import { useDesk } from './desk-context.tsx';
import { draftKey } from './draft.ts';
import { useQuestions } from './queries.ts';
import css from './question-entry.module.css';

/** Whether an entry is a question to a tier, or its answer. */
export function isAboutQuestion({ event }: Entry): boolean {
  return event?.type === 'question-asked' || event?.type === 'question-answered';
}

/** What an entry is about, and what can be done with it. */
export interface QuestionEntryProps {
  readonly theCase: CaseDetail;
  readonly entry: Entry;
  /** The answer was put into the reply: the agent goes on there. */
  readonly onUse: () => void;
}

/** A question to a tier or its answer in the story: as private as a note. */
export function QuestionEntry({ theCase, entry, onUse }: QuestionEntryProps) {
  const say = useSay();
  const intl = useIntl();
  const { event } = entry;
  const asked = event?.type === 'question-asked';
  const who = typeof event?.agent === 'string' ? event.agent : say('who.bot');
  const text = String((asked ? event?.text : event?.answer) ?? '');
  return (
    <MessageGroup
      of={typeof event?.agent === 'string' ? 'note' : 'bot'}
      name={who}
      side="end"
      heading={
        <>
          {who}{' '}
          <Role>
            <Lock size={10} aria-hidden="true" />{' '}
            {asked ? say('ask.tag', { tier: Number(event.tier) }) : say('answer.tag')}
          </Role>
        </>
      }
      footer={
        <>
          <span>{say('note.only')} ·</span>
          <time dateTime={entry.at}>{intl.formatTime(entry.at, { hour: 'numeric', minute: '2-digit' })}</time>
        </>
      }
    >
      <MessageBubble tone="note" text={text} markdown={false} />
      {asked ? (
        <Waiting theCase={theCase} number={Number(event.question)} />
      ) : (
        theCase.can.reply && <UseIt theCase={theCase} text={text} onUse={onUse} />
      )}
    </MessageGroup>
  );
}

/** That nobody has answered yet; whoever may do it can do it here. */
function Waiting({ theCase, number }: { readonly theCase: CaseDetail; readonly number: number }) {
  const say = useSay();
  const ours = useQuestions().data?.questions.find(
    (one) => one.case.id === theCase.id && one.number === number && !one.mine,
  );
  if (!theCase.questions.some((one) => one.number === number)) return null;
  return (
    <div className={css.below}>
      <span className={css.open}>{say('ask.open')}</span>
      {ours !== undefined && <AnswerButton question={ours} />}
    </div>
  );
}

function UseIt({ theCase, text, onUse }: Pick<QuestionEntryProps, 'theCase' | 'onUse'> & { text: string }) {
  const say = useSay();
  const { shelf } = useDesk();
  const use = () => {
    const key = draftKey(theCase.id, 'reply');
    const draft = shelf.getItem(key) ?? '';
    shelf.setItem(key, draft === '' ? text : `${draft}\n${text}`);
    onUse();
  };
  return (
    <div className={css.below}>
      <button type="button" className={css.use} onClick={use}>
        {say('answer.use')}
      </button>
    </div>
  );
}
