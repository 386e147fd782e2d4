/** @jsxImportSource preact */
import type { RefObject } from 'preact';
import css from './video.module.css';
import type { Say } from './words.ts';

const privateThings = ['private.1', 'private.2', 'private.3', 'private.4'] as const;
const seen = ['consent.1', 'consent.2', 'consent.3', 'consent.4'] as const;

/** What to close, what will be seen, and the tick that goes with it. */
export function Consent({
  say,
  recorded,
  agreed,
  missing,
  box,
  onAgree,
}: {
  readonly say: Say;
  readonly recorded: boolean;
  readonly agreed: boolean;
  /** Somebody wanted in without it. */
  readonly missing: boolean;
  readonly box: RefObject<HTMLInputElement | null>;
  readonly onAgree: (agreed: boolean) => void;
}) {
  return (
    <>
      <section className={css.card} aria-labelledby="private">
        <h2 id="private">{say('private.title')}</h2>
        <p>{say('private.words')}</p>
        <ul className={css.list}>
          {privateThings.map((id) => (
            <li key={id}>{say(id)}</li>
          ))}
        </ul>
      </section>
      <section className={css.card} aria-labelledby="consent">
        <h2 id="consent">{say('consent.title')}</h2>
        <ul className={css.list}>
          {seen.map((id) => (
            <li key={id}>{say(id)}</li>
          ))}
        </ul>
        <p className={recorded ? css.alarm : css.strong}>
          {say(recorded ? 'consent.recorded.yes' : 'consent.recorded.no')}
        </p>
        <label className={css.agree}>
          <input
            type="checkbox"
            ref={box}
            checked={agreed}
            aria-invalid={missing}
            aria-describedby={missing ? 'agree-missing' : undefined}
            onChange={({ currentTarget }) => onAgree(currentTarget.checked)}
          />
          {say('consent.agree')}
        </label>
        {missing && (
          <p id="agree-missing" className={css.fault} role="alert">
            {say('consent.missing')}
          </p>
        )}
      </section>
    </>
  );
}
