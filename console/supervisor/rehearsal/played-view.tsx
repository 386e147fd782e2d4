import { usePreferences } from '../../parts/preferences.ts';
import { useTitles } from '../decided.ts';
import page from '../page.module.css';
import { useTell } from '../words.ts';
import { brokenWords } from './broken-words.ts';
import type { Played } from './rehearsal.ts';
import css from './rehearsal-page.module.css';

/** A scripted customer as it went: what they said, what the bot did, and where it broke. */
export function PlayedView({ played: { turns } }: { readonly played: Played }) {
  const tell = useTell();
  const titleOf = useTitles();
  const { language } = usePreferences();
  const words = { tell, titleOf: (article: string) => titleOf(article, language) };
  return (
    <ol className={css.turns}>
      {turns.map((turn, place) => {
        const { customer, happened, faults } = turn;
        return (
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
            {brokenWords(turn, turns[place - 1]?.happened ?? null, words).map((fault) => (
              <p key={fault} className={page.fault}>
                {fault}
              </p>
            ))}
          </li>
        );
      })}
    </ol>
  );
}
