import { MessageCircleQuestionMark } from 'lucide-react';
import { Link, useLocation } from 'react-router';
import { useSay } from '../parts/catalogue.tsx';
import { useQuestions } from './queries.ts';
import css from './questions-link.module.css';

/** How many questions wait for the agent's answer; nothing while there are none. */
export function QuestionsLink() {
  const say = useSay();
  const { search } = useLocation();
  const count = useQuestions().data?.questions.filter(({ mine }) => !mine).length ?? 0;
  if (count === 0) return null;
  return (
    <Link to={{ pathname: '/desk/questions', search }} className={css.link}>
      <MessageCircleQuestionMark size={16} aria-hidden="true" />
      {say('questions.waiting', { count })}
    </Link>
  );
}
