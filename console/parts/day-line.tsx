import { useIntl } from 'react-intl';
import { useSay } from './catalogue.tsx';
import css from './day-line.module.css';

/** The line between two days: today, yesterday, or the date. */
export function DayLine({ at }: { readonly at: string }) {
  const intl = useIntl();
  const say = useSay();
  const day = new Date(at);
  const today = new Date();
  const daysAgo = Math.round((midnight(today) - midnight(day)) / 86_400_000);
  const date = () =>
    intl.formatDate(day, {
      weekday: 'long',
      day: 'numeric',
      month: 'long',
      ...(day.getFullYear() === today.getFullYear() ? {} : { year: 'numeric' }),
    });
  return (
    <p className={css.line}>
      <span>{daysAgo === 0 ? say('day.today') : daysAgo === 1 ? say('day.yesterday') : date()}</span>
    </p>
  );
}

function midnight(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}
