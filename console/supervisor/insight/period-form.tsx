import { useId } from 'react';
import { Button } from '../../parts/button.tsx';
import { useTell } from '../words.ts';
import { daysUntil, type Period } from './period.ts';
import css from './period-form.module.css';

const lengths = [1, 7, 30, 90] as const;

/** Chooses what a report is of. Everything takes effect at once. */
export function PeriodForm(props: {
  readonly period: Period;
  readonly channels: readonly string[];
  readonly onChange: (period: Period) => void;
}) {
  const tell = useTell();
  const id = useId();
  const { period, channels, onChange } = props;
  const today = new Date();
  const shown =
    channels.includes(period.channel) || period.channel === '' ? channels : [...channels, period.channel];
  return (
    <form
      className={css.form}
      onSubmit={(event) => event.preventDefault()}
      aria-label={tell('insight.period')}
    >
      <div className={css.lengths}>
        {lengths.map((days) => {
          const last = daysUntil(today, days);
          const chosen = last.from === period.from && last.to === period.to;
          return (
            <Button
              key={days}
              size="s"
              look={chosen ? 'chip' : 'ghost'}
              aria-pressed={chosen}
              onPress={() => onChange({ ...period, ...last })}
            >
              {tell('insight.days', { days })}
            </Button>
          );
        })}
      </div>
      <label className={css.label} htmlFor={`${id}-from`}>
        {tell('insight.fromDay')}
        <input
          id={`${id}-from`}
          type="date"
          value={period.from}
          max={period.to}
          onChange={(event) => event.target.value !== '' && onChange({ ...period, from: event.target.value })}
        />
      </label>
      <label className={css.label} htmlFor={`${id}-to`}>
        {tell('insight.toDay')}
        <input
          id={`${id}-to`}
          type="date"
          value={period.to}
          min={period.from}
          onChange={(event) => event.target.value !== '' && onChange({ ...period, to: event.target.value })}
        />
      </label>
      <label className={css.label} htmlFor={`${id}-channel`}>
        {tell('insight.channel')}
        <select
          id={`${id}-channel`}
          value={period.channel}
          onChange={(event) => onChange({ ...period, channel: event.target.value })}
        >
          <option value="">{tell('insight.allChannels')}</option>
          {shown.map((channel) => (
            <option key={channel} value={channel}>
              {channel}
            </option>
          ))}
        </select>
      </label>
    </form>
  );
}
