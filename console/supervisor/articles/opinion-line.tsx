import { Link } from 'react-router';
import type { Language } from '../../parts/preferences.ts';
import { articleAddress, useShare } from '../decided.ts';
import { useTell } from '../words.ts';
import css from './opinion-line.module.css';

/** What the draft's engine makes of an example. */
export interface Opinion {
  readonly example: string;
  readonly verdict: 'fits' | 'elsewhere' | 'nearer' | 'unknown';
  readonly article?: string;
  readonly title?: string;
  readonly share?: number;
}

/** Says where an example would lead, when that is not its own article. */
export function OpinionLine({
  opinion,
  language,
}: {
  readonly opinion: Opinion | undefined;
  readonly language: Language;
}) {
  const tell = useTell();
  const share = useShare();
  if (opinion === undefined || opinion.verdict === 'fits' || opinion.verdict === 'unknown') return null;
  const { article = '', title = '', verdict } = opinion;
  return (
    <p className={css.opinion}>
      {tell(`articles.opinion.${verdict}`, { title, share: share(opinion.share ?? 0) })}{' '}
      <Link to={articleAddress(article, language)}>{tell('gaps.openArticle')}</Link>
    </p>
  );
}
