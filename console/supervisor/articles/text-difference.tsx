import { diffLines, diffWordsWithSpace } from 'diff';
import css from './text-difference.module.css';

/** Longer ones are compared line by line. */
const mostCharacters = 8_000;

/** What was taken out of a text and what was put in, in one text. */
export function TextDifference({ before, after }: { readonly before: string; readonly after: string }) {
  const long = before.length + after.length > mostCharacters;
  const pieces = long ? diffLines(before, after) : diffWordsWithSpace(before, after);
  return (
    <div className={css.text}>
      {pieces.map(({ value, added, removed }, place) => {
        const Part = added ? 'ins' : removed ? 'del' : 'span';
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a piece of a text is known by its place
          <Part key={place}>{value}</Part>
        );
      })}
    </div>
  );
}
