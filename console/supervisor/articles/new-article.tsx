import { ArrowLeft } from 'lucide-react';
import { useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { languages, usePreferences } from '../../parts/preferences.ts';
import { Segments } from '../../parts/segments.tsx';
import { articleAddress } from '../decided.ts';
import page from '../page.module.css';
import { useTell } from '../words.ts';
import type { Article } from './article.ts';
import { Editing } from './article-editor.tsx';
import css from './article-page.module.css';
import { PreviewPanel } from './preview-panel.tsx';

/** An article that is not there yet. */
export function NewArticle(props: {
  readonly onDone: (words: string, undo?: () => Promise<unknown>) => void;
}) {
  const tell = useTell();
  const navigate = useNavigate();
  const preferences = usePreferences();
  const [search, setSearch] = useSearchParams();
  const language = languages.find((one) => one === search.get('language')) ?? preferences.language;
  const [shown, setShown] = useState<Article | null>(null);
  return (
    <>
      <div className={css.head}>
        <Link to="/console/articles" className={css.back}>
          <ArrowLeft size={16} aria-hidden="true" />
          {tell('articles.all')}
        </Link>
        <h1 className={page.title}>{tell('articles.new')}</h1>
      </div>
      <Segments
        label={tell('articles.language')}
        value={language}
        onChange={(value) => setSearch({ language: value }, { replace: true })}
        segments={languages.map((value) => ({ value, label: tell(`language.${value}`) }))}
      />
      <div className={css.columns}>
        <Editing
          key={language}
          language={language}
          id="new"
          unnamed
          opened={{
            article: { id: '', language, title: '', examples: [''], answer: '', tags: [] },
            etag: null,
            status: 'new',
          }}
          findings={[]}
          onShown={setShown}
          onDone={(words, undo) => {
            props.onDone(words, undo);
            if (shown !== null) void navigate(articleAddress(shown.id, language));
          }}
          onRemoved={() => void navigate('/console/articles')}
          absent={() => null}
        />
        <div className={css.beside}>
          {shown !== null && <PreviewPanel article={shown} wording="answer" />}
        </div>
      </div>
    </>
  );
}
