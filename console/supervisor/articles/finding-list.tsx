import { TriangleAlert } from 'lucide-react';
import { Link } from 'react-router';
import { useTell } from '../words.ts';
import type { Finding } from './article.ts';
import css from './finding-list.module.css';
import { useFindingWords } from './finding-words.ts';

/** What somebody should look at, each with the way to the other article where there is one. */
export function FindingList({ findings }: { readonly findings: readonly Finding[] }) {
  const tell = useTell();
  const words = useFindingWords();
  if (findings.length === 0) return null;
  return (
    <ul className={css.list} aria-label={tell('articles.findings')}>
      {findings.map((finding) => {
        const other = finding.about?.article;
        return (
          <li key={finding.message} className={css.finding}>
            <TriangleAlert size={15} aria-hidden="true" />
            <span>
              {words(finding)}{' '}
              {typeof other === 'string' && <Link to={`/console/articles/${other}`}>{other}</Link>}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
