/** @jsxImportSource preact */
import { useEffect, useState } from 'preact/hooks';
import { BackLink } from './done-page.tsx';
import type { Language, Shut } from './door.ts';
import css from './video.module.css';
import type { Say, WordId } from './words.ts';

/** What a reason is called in the catalogue: a token that came back twice is a link that was used. */
const nameOf = (reason: Shut['reason']) => (reason === 'replayed' ? 'used' : reason);

/** Why nobody goes in by this link, what to do, and the way back. It opens by itself when it is only too early. */
export function ShutPage({
  shut,
  say,
  calendarUrl,
  open,
}: {
  readonly shut: Shut;
  readonly say: Say;
  readonly calendarUrl: string;
  readonly open: () => Promise<void>;
}) {
  const { reason, until, now, call, role } = shut;
  const name = nameOf(reason);
  const left = useCountdown(until, now, open);
  // The door opens a little before the beginning.
  const begins = call?.startsAt ?? until;
  const when = begins === null ? '' : momentOf(begins, call?.language ?? 'es', call?.timeZone ?? null);
  return (
    <section className={css.card}>
      <h1 tabIndex={-1}>{say(`shut.${name}.title`)}</h1>
      <p>{say(`shut.${name}`, { when })}</p>
      {left !== null && (reason === 'too-early' || reason === 'too-many-tries') && (
        <p className={css.countdown}>
          {say(`shut.${reason}.soon` satisfies WordId)}{' '}
          <strong role="timer" aria-live="off">
            {left}
          </strong>
        </p>
      )}
      {reason === 'too-early' && role === 'customer' && (
        <a className={css.plain} href={calendarUrl} download="relevo.ics">
          {say('calendar')}
        </a>
      )}
      <BackLink who={role} call={call} say={say} />
      {call !== null && call.phone !== null && role !== 'agent' && (
        <a className={css.plain} href={`tel:${call.phone.replace(/[^\d+]/gu, '')}`}>
          {say('other.phone', { phone: call.phone })}
        </a>
      )}
    </section>
  );
}

/** Longer waits are not worth a timer that ends at the exact second. */
const lookAgainMs = 5 * 60_000;

/**
 * What is left until a moment, as `1:05:09`, by the server's clock and not the device's.
 * @param over called when it has come
 */
function useCountdown(until: number | null, serverNow: number, over: () => Promise<void>): string | null {
  const [leftMs, setLeftMs] = useState(until === null ? null : until - serverNow);
  useEffect(() => {
    if (until === null) return;
    const from = performance.now();
    const tick = () => {
      const passedMs = performance.now() - from;
      const rest = until - serverNow - passedMs;
      setLeftMs(rest);
      // A sleeping phone's clock stands still: now and then the server is asked.
      if (rest > 0 && passedMs < lookAgainMs) return;
      clearInterval(timer);
      void over();
    };
    const timer = setInterval(tick, 1_000);
    setLeftMs(until - serverNow);
    return () => clearInterval(timer);
  }, [until, serverNow, over]);
  return leftMs === null ? null : durationOf(Math.max(0, leftMs));
}

function durationOf(ms: number): string {
  const seconds = Math.ceil(ms / 1_000);
  const parts = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  const shown = parts[0] === 0 ? parts.slice(1) : parts;
  return shown.map((part, n) => (n === 0 ? String(part) : String(part).padStart(2, '0'))).join(':');
}

/** With the zone's name, since a link travels. */
function momentOf(at: number, language: Language, timeZone: string | null): string {
  return new Intl.DateTimeFormat(language, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
    ...(timeZone === null ? {} : { timeZone }),
  }).format(at);
}
