import { Link } from 'react-router';
import { useShare, useTitles } from '../decided.ts';
import page from '../page.module.css';
import { useTell } from '../words.ts';
import type { Proof } from './publish.ts';
import css from './refused-list.module.css';
import { dealtWords } from './replay-row.tsx';

/** The golden questions that a draft makes worse: what was done with them, and what would be. */
export function RefusedList({ proof }: { readonly proof: Proof }) {
  const tell = useTell();
  const share = useShare();
  const titleOf = useTitles();
  const named = proof.worse.length > 0 ? proof.worse : proof.edge;
  return (
    <ul className={css.rows} aria-label={tell('replay.kind.worse')}>
      {named.map(({ question, language, expected, before, after }) => (
        <li key={`${language} ${question}`} className={css.row}>
          <Link to={`/console/try?q=${encodeURIComponent(question)}&language=${language}`}>{question}</Link>
          <p className={page.soft}>
            {before !== null && <s>{dealtWords(before, language, titleOf, tell, share)}</s>}{' '}
            {dealtWords(after, language, titleOf, tell, share)}
          </p>
          <p className={page.faint}>
            {tell('replay.expected', {
              title: expected === null ? tell('golden.person') : titleOf(expected, language),
            })}
          </p>
        </li>
      ))}
    </ul>
  );
}
