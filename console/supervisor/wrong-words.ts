import { useIntl } from 'react-intl';
import type { FaultDetail } from '../live/api-error.ts';
import { useTell, type WordId } from './words.ts';

/** What an article's parts are called where somebody writes one. */
const fields: Readonly<Record<string, WordId>> = {
  id: 'articles.id',
  language: 'articles.language',
  title: 'articles.title',
  examples: 'articles.examples',
  answer: 'articles.answer',
  simple: 'articles.simple',
  technical: 'articles.technical',
  tags: 'articles.tags',
  brands: 'articles.brands',
  video: 'articles.video',
  followUpDays: 'articles.followUpDays',
};

/**
 * Says what is wrong, and where, in the reader's words; what has none yet as the server says it.
 * `named`: parts are called as on the page of an article, not as in a file.
 */
export function useWrongWords(): (detail: FaultDetail, named?: boolean) => string {
  const { messages } = useIntl();
  const tell = useTell();
  return ({ path, file, line, code = '', about = {}, message }, named = false) => {
    const id = `wrong.${code}`;
    const said = id in messages ? tell(id as WordId, about) : message;
    const place =
      line === undefined
        ? ''
        : file === undefined
          ? tell('wrong.place.line', { line })
          : tell('wrong.place.file', { file, line });
    const [field = '', ...rest] = path.split(' ');
    const label = named ? fields[field] : undefined;
    const part = label === undefined ? path : [tell(label), ...rest].join(' ');
    return [place, part, said].filter((words) => words !== '').join(': ');
  };
}
