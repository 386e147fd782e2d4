import { Button } from '../../parts/button.tsx';
import page from '../page.module.css';
import { useTell } from '../words.ts';
import { type Article, differing, textOf } from './article.ts';
import css from './conflict.module.css';
import { TextDifference } from './text-difference.tsx';

/** Somebody else saved the article meanwhile: theirs beside mine, and nothing is lost before I choose. */
export function Conflict(props: {
  readonly theirs: Article | null;
  readonly mine: Article;
  readonly onMine: () => void;
  readonly onTheirs: () => void;
}) {
  const tell = useTell();
  const { theirs, mine, onMine, onTheirs } = props;
  return (
    <section className={css.conflict} aria-labelledby="conflict" role="alert">
      <h3 id="conflict">{tell('articles.conflict')}</h3>
      <p className={page.soft}>
        {tell(theirs === null ? 'articles.conflictGone' : 'articles.conflictWords')}
      </p>
      <dl className={css.parts}>
        {differing(theirs, mine).map((part) => (
          <div key={part} className={css.part}>
            <dt>{tell(`articles.${part}`)}</dt>
            <dd>
              <h4>{tell('articles.theirs')}</h4>
              <div className={css.text}>{textOf(theirs, part)}</div>
            </dd>
            <dd>
              <h4>{tell('articles.mine')}</h4>
              <TextDifference before={textOf(theirs, part)} after={textOf(mine, part)} />
            </dd>
          </div>
        ))}
      </dl>
      <div className={page.row}>
        <Button onPress={onTheirs}>{tell('articles.takeTheirs')}</Button>
        <Button onPress={onMine}>{tell('articles.takeMine')}</Button>
      </div>
    </section>
  );
}
