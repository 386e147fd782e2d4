import { useTell } from '../words.ts';
import { type Article, differing, textOf } from './article.ts';
import css from './article-difference.module.css';
import { TextDifference } from './text-difference.tsx';

/** What an article says otherwise than another, part by part. */
export function ArticleDifference(props: {
  readonly before: Article | null;
  readonly after: Article | null;
}) {
  const tell = useTell();
  const { before, after } = props;
  const parts = differing(before, after);
  if (parts.length === 0) return <p>{tell('articles.same')}</p>;
  return (
    <dl className={css.parts}>
      {parts.map((part) => (
        <div key={part}>
          <dt>{tell(`articles.${part}`)}</dt>
          <dd>
            <TextDifference before={textOf(before, part)} after={textOf(after, part)} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
