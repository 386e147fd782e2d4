import { ArrowLeft } from 'lucide-react';
import { useCallback, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { Button } from '../../parts/button.tsx';
import { type Language, languages } from '../../parts/preferences.ts';
import { Segments } from '../../parts/segments.tsx';
import page from '../page.module.css';
import { useTell } from '../words.ts';
import type { Article, Finding, Wording } from './article.ts';
import { ArticleEditor } from './article-editor.tsx';
import css from './article-page.module.css';
import { HistoryPanel } from './history-panel.tsx';
import { PreviewPanel } from './preview-panel.tsx';
import { useFindings } from './queries.ts';

type Beside = 'preview' | 'history' | Language;

/** An article in its editor; beside it its preview, its history, or the same in another language. */
export function ArticlePage(props: {
  readonly language: Language;
  readonly id: string;
  readonly onDone: (words: string, undo?: () => Promise<unknown>) => void;
}) {
  const tell = useTell();
  const navigate = useNavigate();
  const { language, id, onDone } = props;
  const [beside, setBeside] = useState<Beside>('preview');
  const [shown, setShown] = useState<{ article: Article; etag: string | null; wording: Wording } | null>(
    null,
  );
  const all = useFindings();
  const onShown = useCallback(
    (article: Article, etag: string | null, wording: Wording) => setShown({ article, etag, wording }),
    [],
  );
  const findingsOf = (spoken: Language): readonly Finding[] =>
    all.filter(
      ({ place, rule }) =>
        place === `${spoken}/${id}` || (rule === 'missing-translation' && place.endsWith(`/${id}`)),
    );
  const others = languages.filter((one) => one !== language);
  const other = others.find((one) => one === beside);

  return (
    <>
      <div className={css.head}>
        <Link to="/console/articles" className={css.back}>
          <ArrowLeft size={16} aria-hidden="true" />
          {tell('articles.all')}
        </Link>
        <h1 className={page.title}>{shown?.article.title || id}</h1>
        <p className={page.faint}>
          {tell(`language.${language}`)} · {id}
        </p>
      </div>
      <div className={css.columns}>
        <ArticleEditor
          key={`${language}/${id}`}
          language={language}
          id={id}
          findings={findingsOf(language)}
          onDone={onDone}
          onShown={onShown}
          onRemoved={() => void navigate('/console/articles')}
          absent={(begin) => <Absent language={language} id={id} like={null} begin={begin} />}
        />
        <div className={css.beside}>
          <Segments<Beside>
            label={tell('articles.beside')}
            value={beside}
            onChange={setBeside}
            segments={[
              { value: 'preview', label: tell('articles.preview') },
              { value: 'history', label: tell('articles.history') },
              ...others.map((value) => ({ value, label: tell(`language.${value}`) })),
            ]}
          />
          {beside === 'preview' && shown !== null && (
            <PreviewPanel article={shown.article} wording={shown.wording} />
          )}
          {beside === 'history' && (
            <HistoryPanel
              of={`${language}/${id}`}
              etag={shown?.etag ?? null}
              onRestored={({ article }) => onDone(tell('articles.restored', { title: article.title }))}
            />
          )}
          {other !== undefined && (
            <ArticleEditor
              key={`${other}/${id}`}
              language={other}
              id={id}
              findings={findingsOf(other)}
              onDone={onDone}
              onRemoved={() => setBeside('preview')}
              absent={(begin) => (
                <Absent language={other} id={id} like={shown?.article ?? null} begin={begin} />
              )}
            />
          )}
        </div>
      </div>
    </>
  );
}

/** The draft has the article not in this language: what to begin with. */
function Absent(props: {
  readonly language: Language;
  readonly id: string;
  readonly like: Article | null;
  readonly begin: (article: Article) => void;
}) {
  const tell = useTell();
  const { language, id, like, begin } = props;
  const empty: Article = { id, language, title: '', examples: [''], answer: '', tags: like?.tags ?? [] };
  return (
    <div className={page.empty}>
      <p>{tell('articles.absent', { language: tell(`language.${language}`) })}</p>
      <div className={page.row}>
        {like !== null && (
          <Button look="primary" onPress={() => begin({ ...like, language })}>
            {tell('articles.translate')}
          </Button>
        )}
        <Button onPress={() => begin(empty)}>{tell('articles.beginEmpty')}</Button>
      </div>
    </div>
  );
}
