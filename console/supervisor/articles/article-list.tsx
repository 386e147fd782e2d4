import { TriangleAlert } from 'lucide-react';
import { Link } from 'react-router';
import { classNames } from '../../parts/class-names.ts';
import { articleAddress } from '../decided.ts';
import page from '../page.module.css';
import { useTell } from '../words.ts';
import type { ArticleLine, Finding } from './article.ts';
import css from './article-list.module.css';

/** Articles, each with how it stands to what is published and what is to be looked at. */
export function ArticleList(props: {
  readonly articles: readonly ArticleLine[];
  readonly findings: readonly Finding[];
}) {
  const tell = useTell();
  const { articles, findings } = props;
  return (
    <ul className={css.list} aria-label={tell('nav.articles')}>
      {articles.map(({ id, language, title, examples, tags, status }) => {
        const count = findings.filter(({ place }) => place === `${language}/${id}`).length;
        return (
          <li key={`${language}/${id}`}>
            <Link to={articleAddress(id, language)} className={css.article}>
              <span className={css.title} lang={language}>
                {title}
              </span>
              <span className={css.facts}>
                <span className={css.language}>{language}</span>
                <span className={css.id}>{id}</span>
                <span>{tell('articles.exampleCount', { count: examples })}</span>
                {tags.slice(0, 3).map((tag) => (
                  <span key={tag} className={page.badge}>
                    {tag}
                  </span>
                ))}
              </span>
              <span className={css.marks}>
                {count > 0 && (
                  <span className={classNames(page.badge, page.warn, css.mark)}>
                    <TriangleAlert size={13} aria-hidden="true" />
                    {tell('articles.findingCount', { count })}
                  </span>
                )}
                {status !== 'published' && (
                  <span className={classNames(page.badge, status === 'new' ? page.good : page.warn)}>
                    {tell(`articles.status.${status}`)}
                  </span>
                )}
              </span>
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
