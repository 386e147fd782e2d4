import { AlarmClock, Clock } from 'lucide-react';
import { type Say, useSay } from '../parts/catalogue.tsx';
import { classNames } from '../parts/class-names.ts';
import type { Deadline } from './case.ts';
import css from './countdown.module.css';
import { useNow } from './use-now.ts';

const soonMs = 5 * 60_000;
/** Only these are the team's own to keep. */
const ours: readonly Deadline['kind'][] = ['accept', 'lease', 'solve'];

/** How long is left, by the second: in colour and in words. `brief` shows only the time. */
export function Countdown({ deadline, brief }: { readonly deadline: Deadline; readonly brief?: boolean }) {
  const say = useSay();
  const leftMs = Date.parse(deadline.at) - useNow();
  const urgent = ours.includes(deadline.kind);
  const over = leftMs < 0;
  const tone = !urgent ? css.calm : over ? css.over : leftMs < soonMs ? css.soon : css.calm;
  const time = duration(Math.abs(leftMs), say);
  const words = say(over ? 'deadline.over' : 'deadline.in', { what: say(`deadline.${deadline.kind}`), time });
  const Icon = over && urgent ? AlarmClock : Clock;
  return (
    <span className={classNames(css.countdown, tone)} title={words}>
      <Icon size={13} aria-hidden="true" />
      {brief === true ? (
        <>
          <span aria-hidden="true">{over ? `−${time}` : time}</span>
          <span className="sr-only">{words}</span>
        </>
      ) : (
        <span>{words}</span>
      )}
    </span>
  );
}

/** `3:05` under an hour, then hours and minutes, then days and hours. */
function duration(ms: number, say: Say): string {
  const seconds = Math.floor(ms / 1000);
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  if (hours === 0) return `${minutes}:${String(seconds % 60).padStart(2, '0')}`;
  if (hours < 24) return say('time.hours', { h: hours, m: minutes % 60 });
  return say('time.days', { d: Math.floor(hours / 24), h: hours % 24 });
}
