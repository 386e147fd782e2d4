import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { classNames } from '../../parts/class-names.ts';
import { articleAddress, useShare, useTitles } from '../decided.ts';
import page from '../page.module.css';
import { useTell } from '../words.ts';
import css from './change-list.module.css';
import type { BaseChanges, Change } from './publish.ts';

const shown = 50;
const tones = { added: page.good, changed: undefined, removed: page.bad } as const;

/** What is otherwise, each with the way there. */
export function ChangeList({ changes }: { readonly changes: BaseChanges }) {
  const tell = useTell();
  const share = useShare();
  const titleOf = useTitles();
  const { articles, golden, synonyms, phrases, rehearsals, mustRehearse, wrongRate } = changes;
  const mark = (change: Change) => (
    <span className={classNames(page.badge, tones[change])}>{tell(`change.${change}`)}</span>
  );
  const expected = (article: string | null, language: 'es' | 'en' | 'pt') =>
    article === null ? tell('golden.person') : titleOf(article, language);
  return (
    <div className={css.groups}>
      {articles.length > 0 && (
        <Group title={tell('publish.articles', { count: articles.length })} of={articles.length}>
          {articles.slice(0, shown).map(({ id, language, title, change }) => (
            <li key={`${language}/${id}`} className={css.row}>
              {mark(change)}
              {change === 'removed' ? (
                <span>{title}</span>
              ) : (
                <Link to={articleAddress(id, language)}>{title}</Link>
              )}
              <span className={page.faint}>{language}</span>
            </li>
          ))}
        </Group>
      )}
      {golden.length > 0 && (
        <Group title={tell('publish.goldenCount', { count: golden.length })} of={golden.length}>
          {golden.slice(0, shown).map((one) => (
            <li key={`${one.language} ${one.question} ${one.brand}`} className={css.row}>
              {mark(one.change)}
              <Link to={`/console/publish/golden?words=${encodeURIComponent(one.question.slice(0, 80))}`}>
                {one.question}
              </Link>
              <span className={page.faint}>→ {expected(one.article, one.language)}</span>
            </li>
          ))}
        </Group>
      )}
      {synonyms.length > 0 && (
        <Group title={tell('publish.synonyms', { count: synonyms.length })} of={synonyms.length}>
          {synonyms.slice(0, shown).map(({ language, words, change }) => (
            <li key={`${language} ${words.join()} ${change}`} className={css.row}>
              {mark(change)}
              <Link to="/console/synonyms">{words.join(', ')}</Link>
              <span className={page.faint}>{language}</span>
            </li>
          ))}
        </Group>
      )}
      {phrases.length > 0 && (
        <Group title={tell('publish.phrases', { count: phrases.length })} of={phrases.length}>
          {phrases.slice(0, shown).map(({ language, key, before, after }) => (
            <li key={`${language} ${key}`} className={css.row}>
              {mark(after === null ? 'removed' : before === null ? 'added' : 'changed')}
              <Link to="/console/phrases">{key}</Link>
              <span lang={language} className={css.words}>
                {after ?? tell('publish.usual')}
              </span>
              <span className={page.faint}>{language}</span>
            </li>
          ))}
        </Group>
      )}
      {(rehearsals.length > 0 || mustRehearse !== null) && (
        <Group
          title={
            rehearsals.length === 0
              ? tell('nav.rehearsal')
              : tell('publish.rehearsals', { count: rehearsals.length })
          }
          of={rehearsals.length}
        >
          {mustRehearse !== null && (
            <li className={css.row}>
              {mark('changed')}
              <Link to="/console/rehearsal">
                {tell(mustRehearse.after ? 'publish.mustRehearse' : 'publish.needNotRehearse')}
              </Link>
            </li>
          )}
          {rehearsals.slice(0, shown).map(({ name, change }) => (
            <li key={name} className={css.row}>
              {mark(change)}
              <Link to="/console/rehearsal">{name}</Link>
            </li>
          ))}
        </Group>
      )}
      {wrongRate !== null && (
        <Group title={tell('nav.gate')} of={1}>
          <li className={css.row}>
            {mark('changed')}
            <Link to="/console/gate">{tell('gate.control', { rate: share(wrongRate.after) })}</Link>
            {wrongRate.before !== null && (
              <span className={page.faint}>
                {tell('publish.rateBefore', { rate: share(wrongRate.before) })}
              </span>
            )}
          </li>
        </Group>
      )}
    </div>
  );
}

function Group(props: { readonly title: string; readonly of: number; readonly children: ReactNode }) {
  const tell = useTell();
  return (
    <details className={css.group} open={props.of <= 12}>
      <summary>{props.title}</summary>
      <ul className={css.rows}>
        {props.children}
        {props.of > shown && (
          <li className={page.faint}>{tell('publish.more', { count: props.of - shown })}</li>
        )}
      </ul>
    </details>
  );
}
