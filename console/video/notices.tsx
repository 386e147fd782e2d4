/** @jsxImportSource preact */
import type { Waiting } from './door.ts';
import css from './video.module.css';
import type { Say } from './words.ts';

/** What somebody should know of the call's place and their clock before they go in; nothing where all is well. */
export function Notices({ waiting, say }: { readonly waiting: Waiting; readonly say: Say }) {
  const { place, clock, role } = waiting;
  const { host } = place;
  const words: string[] = [];
  if (!place.signs) words.push(say(place.ownRooms ? 'notice.unsigned' : 'notice.shared', { host }));
  if (!place.signs && role === 'agent') words.push(say('notice.moderates', { host }));
  if (clock !== null) {
    const difference = differenceOf(clock, say);
    words.push(say(clock.offsetMs > 0 ? 'notice.clock.ahead' : 'notice.clock.behind', { difference }));
  }
  if (words.length === 0) return null;
  return (
    <div className={css.notice} role="note">
      {words.map((each) => (
        <p key={each}>{each}</p>
      ))}
    </div>
  );
}

function differenceOf({ offsetMs, wholeHours }: NonNullable<Waiting['clock']>, say: Say): string {
  const hours = Math.abs(wholeHours ?? 0);
  if (hours === 1) return say('clock.hour');
  if (hours > 1) return say('clock.hours', { count: hours });
  const minutes = Math.round(Math.abs(offsetMs) / 60_000);
  if (minutes > 120) return say('clock.hours', { count: Math.round(minutes / 60) });
  return say('clock.minutes', { count: Math.max(2, minutes) });
}
