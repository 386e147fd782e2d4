import page from '../page.module.css';
import { useTell } from '../words.ts';
import type { Played } from './rehearsal.ts';
import css from './rehearsal-page.module.css';

/** A scripted customer as it went: what they said, what the bot did, and where it broke. */
export function PlayedView({ played: { turns } }: { readonly played: Played }) {
  const tell = useTell();
  return (
    <ol className={css.turns}>
      {turns.map(({ customer, happened, faults }, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a turn is known by its place
        <li key={place}>
          <p>
            <strong>{customer}</strong>
          </p>
          {happened === null && faults.length === 0 && (
            <p className={page.faint}>{tell('rehearsal.notReached')}</p>
          )}
          {happened?.said.map((text) => (
            <p key={text} className={css.said}>
              {text}
            </p>
          ))}
          {faults.map((fault) => (
            <p key={fault} className={page.fault} lang="en">
              {fault}
            </p>
          ))}
        </li>
      ))}
    </ol>
  );
}
