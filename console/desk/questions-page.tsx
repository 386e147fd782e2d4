import { MessageCircleQuestionMark } from 'lucide-react';
import { useEffect } from 'react';
import { Link } from 'react-router';
import { useSay } from '../parts/catalogue.tsx';
import { AnswerButton } from './answer-button.tsx';
import { useQuestions } from './queries.ts';
import type { TierQuestion } from './question.ts';
import css from './questions-page.module.css';
import { useMoment } from './use-moment.ts';
import { Waiting } from './waiting.tsx';

/** The questions to the agent's tiers, to be answered without taking a case. */
export function QuestionsPage() {
  const say = useSay();
  const found = useQuestions();
  useEffect(() => {
    document.title = `${say('questions.title')} · Relevo`;
  });
  if (found.data === undefined) return <Waiting fault={found.error} retry={found.refetch} />;
  const { questions } = found.data;
  return (
    <section className={css.page} aria-labelledby="questions-title">
      <Link to="/desk">{say('list.back')}</Link>
      <h2 id="questions-title" className={css.title}>
        {say('questions.title')}
      </h2>
      <p className={css.words}>{say('questions.words')}</p>
      {questions.length === 0 ? (
        <div className={css.none}>
          <MessageCircleQuestionMark size={36} strokeWidth={1.4} aria-hidden="true" />
          <p>{say('questions.none')}</p>
        </div>
      ) : (
        <ul className={css.list} aria-label={say('questions.title')}>
          {questions.map((question) => (
            <Row key={`${question.case.id} ${question.number}`} question={question} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Row({ question }: { readonly question: TierQuestion }) {
  const say = useSay();
  const moment = useMoment();
  const { by, text, tier, tierName, at, until, mine } = question;
  const { number, subject } = question.case;
  return (
    <li className={css.row}>
      <p className={css.from}>
        <strong>{by ?? say('who.bot')}</strong> · {say('case.tierNamed', { tier, name: tierName })} ·{' '}
        <time dateTime={at}>{moment(at)}</time>
      </p>
      <p className={css.text}>{text}</p>
      <div className={css.foot}>
        <Link to={`/desk/cases/${number}`}>
          {say('case.number', { number })}
          {subject !== null && `: ${subject}`}
        </Link>
        {until !== null && (
          <span className={css.until}>{say('questions.until', { time: moment(until) })}</span>
        )}
        {mine ? (
          <span className={css.mine}>{say('questions.mine')}</span>
        ) : (
          <AnswerButton question={question} />
        )}
      </div>
    </li>
  );
}
