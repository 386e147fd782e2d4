import { useId } from 'react';
import { Button } from '../../parts/button.tsx';
import { useTell } from '../words.ts';
import type { Period } from './period.ts';
import css from './period-form.module.css';

const lengths = [1, 7, 30, 90] as const;

/** Chooses what a report is of. Everything takes effect at once. */
export function PeriodForm(props: {
  readonly period: Period;
  /** The days of the report that is shown; undefined: there is none yet. */
  readonly shown: { readonly from: string; readonly to: string } | undefined;
  readonly channels: readonly string[];
  readonly onChange: (period: Period) => void;
}) {
  const tell = useTell();
  const id = useId();
  const { period, channels, onChange } = props;
  const { from, to } = 'from' in period.of ? period.of : (props.shown ?? { from: '', to: '' });
  const listed =
    channels.includes(period.channel) || period.channel === '' ? channels : [...channels, period.channel];
  return (
    <form
      className={css.form}
      onSubmit={(event) => event.preventDefault()}
      aria-label={tell('insight.period')}
    >
      <div className={css.lengths}>
        {lengths.map((days) => {
          const chosen = 'days' in period.of && period.of.days === days;
          return (
            <Button
              key={days}
              size="s"
              look={chosen ? 'chip' : 'ghost'}
              aria-pressed={chosen}
              onPress={() => onChange({ ...period, of: { days } })}
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
          value={from}
          max={to}
          onChange={(event) =>
            event.target.value !== '' && onChange({ ...period, of: { from: event.target.value, to } })
          }
        />
      </label>
      <label className={css.label} htmlFor={`${id}-to`}>
        {tell('insight.toDay')}
        <input
          id={`${id}-to`}
          type="date"
          value={to}
          min={from}
          onChange={(event) =>
            event.target.value !== '' && onChange({ ...period, of: { from, to: event.target.value } })
          }
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
          {listed.map((channel) => (
            <option key={channel} value={channel}>
              {channel}
            </option>
          ))}
        </select>
      </label>
    </form>
  );
}
