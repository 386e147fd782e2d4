import { Inbox } from 'lucide-react';
import { useSay } from '../parts/catalogue.tsx';
import css from './no-case.module.css';

/** Nothing is open yet. */
export function NoCase() {
  const say = useSay();
  return (
    <div className={css.none}>
      <Inbox size={40} strokeWidth={1.4} aria-hidden="true" />
      <h2 className={css.title}>{say('desk.empty.title')}</h2>
      <p>{say('desk.empty.words')}</p>
    </div>
  );
}
