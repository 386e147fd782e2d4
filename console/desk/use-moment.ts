import { useIntl } from 'react-intl';

/** Puts a moment (ISO 8601) into words as short as they can be: the time today, the day as well on others. */
export function useMoment(): (at: string) => string {
  const intl = useIntl();
  return (at) => {
    const time = { hour: 'numeric', minute: '2-digit' } as const;
    const isToday = new Date(at).toDateString() === new Date().toDateString();
    return isToday
      ? intl.formatTime(at, time)
      : intl.formatDate(at, { weekday: 'short', day: 'numeric', month: 'short', ...time });
  };
}
