import { FilePlus2, FileText, Search, Upload } from 'lucide-react';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { FileTrigger } from 'react-aria-components/FileTrigger';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import { useShortcuts } from '../../desk/use-shortcuts.ts';
import { Waiting } from '../../desk/waiting.tsx';
import { Button } from '../../parts/button.tsx';
import { DropZone } from '../../parts/drop-zone.tsx';
import { languages } from '../../parts/preferences.ts';
import page from '../page.module.css';
import { useUndo } from '../undo-bar.tsx';
import { useTell } from '../words.ts';
import { ArticleList } from './article-list.tsx';
import css from './articles-page.module.css';
import { ExportMenu } from './export-menu.tsx';
import { ImportDialog } from './import-dialog.tsx';
import { useArticles, useArticleWork, useFindings } from './queries.ts';
import { useSettledValue } from './use-settled-value.ts';

/** With their editor and preview, which the list can do without. */
const ArticlePage = lazy(async () => ({ default: (await import('./article-page.tsx')).ArticlePage }));
const NewArticle = lazy(async () => ({ default: (await import('./new-article.tsx')).NewArticle }));

const statuses = ['new', 'changed', 'published'] as const;
const shownAtOnce = 100;
const typingMs = 250;

/** The draft's articles: the list, one of them in its editor, or a new one. */
export function ArticlesPage() {
  const undo = useUndo();
  const [where = '', id = ''] = (useParams()['*'] ?? '').split('/');
  const language = languages.find((one) => one === where);
  return (
    <div className={page.page} data-wide={language !== undefined || where === 'new'}>
      <Suspense fallback={<Waiting fault={null} retry={() => undefined} />}>
        {language !== undefined && id !== '' ? (
          <ArticlePage key={`${language}/${id}`} language={language} id={id} onDone={undo.did} />
        ) : where === 'new' ? (
          <NewArticle onDone={undo.did} />
        ) : (
          <List onDone={undo.did} />
        )}
      </Suspense>
      {undo.bar}
    </div>
  );
}

function List({ onDone }: { readonly onDone: (words: string) => void }) {
  const tell = useTell();
  const navigate = useNavigate();
  const [search, setSearch] = useSearchParams();
  const [words, setWords] = useState(search.get('words') ?? '');
  const [limit, setLimit] = useState(shownAtOnce);
  const [dropped, setDropped] = useState<readonly File[] | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const work = useArticleWork();
  const findings = useFindings();

  const settled = useSettledValue(words.trim(), typingMs);
  const asked = new URLSearchParams(search);
  if (settled === '') asked.delete('words');
  else asked.set('words', settled);
  const filtered = asked.size > 0;
  const found = useArticles(`${asked}${filtered ? '&' : ''}limit=${limit}`);
  useEffect(() => {
    // The address keeps what was searched, so that the way back finds it again.
    if ((search.get('words') ?? '') !== settled) setSearch(asked, { replace: true });
  });
  const filter = (name: string, value: string) => {
    const changed = new URLSearchParams(asked);
    if (value === '') changed.delete(name);
    else changed.set(name, value);
    setSearch(changed, { replace: true });
  };
  const move = (by: number) => {
    const links = [...(list.current?.querySelectorAll('a') ?? [])];
    const at = links.indexOf(document.activeElement as HTMLAnchorElement);
    links[Math.min(links.length - 1, Math.max(0, at + by))]?.focus();
  };
  useShortcuts({
    '/': () => field.current?.focus(),
    n: () => void navigate('/console/articles/new'),
    j: () => move(1),
    k: () => move(-1),
  });

  if (found.data === undefined) return <Waiting fault={found.error} retry={found.refetch} />;
  const { articles, of } = found.data;
  const tag = search.get('tag');
  return (
    <DropZone as="div" className={css.list} onFiles={setDropped}>
      <header className={css.head}>
        <div className={css.title}>
          <h1 className={page.title}>{tell('nav.articles')}</h1>
          <p className={page.lead}>{tell('articles.lead')}</p>
        </div>
        <div className={page.row}>
          <FileTrigger
            allowsMultiple
            acceptedFileTypes={['.md', '.csv', '.zip']}
            onSelect={(files) => files !== null && setDropped([...files])}
          >
            <Button icon={<Upload size={17} aria-hidden="true" />}>{tell('articles.import')}</Button>
          </FileTrigger>
          <ExportMenu />
          <Button
            look="primary"
            icon={<FilePlus2 size={17} aria-hidden="true" />}
            onPress={() => void navigate('/console/articles/new')}
          >
            {tell('articles.new')}
          </Button>
        </div>
      </header>
      <search className={css.filters}>
        <label className={css.search}>
          <Search size={17} aria-hidden="true" />
          <input
            ref={field}
            type="search"
            value={words}
            placeholder={tell('articles.search')}
            aria-label={tell('articles.search')}
            maxLength={200}
            onChange={(event) => {
              setWords(event.target.value);
              setLimit(shownAtOnce);
            }}
            onKeyDown={(event) => event.key === 'ArrowDown' && move(1)}
          />
          <kbd>/</kbd>
        </label>
        <select
          className={page.select}
          aria-label={tell('articles.language')}
          value={search.get('language') ?? ''}
          onChange={(event) => filter('language', event.target.value)}
        >
          <option value="">{tell('articles.allLanguages')}</option>
          {languages.map((one) => (
            <option key={one} value={one}>
              {tell(`language.${one}`)}
            </option>
          ))}
        </select>
        <select
          className={page.select}
          aria-label={tell('articles.state')}
          value={search.get('status') ?? ''}
          onChange={(event) => filter('status', event.target.value)}
        >
          <option value="">{tell('articles.allStates')}</option>
          {statuses.map((one) => (
            <option key={one} value={one}>
              {tell(`articles.status.${one}`)}
            </option>
          ))}
        </select>
        <TagFilter
          value={tag ?? ''}
          tags={articles.flatMap(({ tags }) => tags)}
          onChange={(value) => filter('tag', value)}
        />
        <span className={page.faint} role="status">
          {tell('articles.count', { count: of })}
        </span>
      </search>
      {articles.length === 0 ? (
        <div className={page.empty}>
          <FileText size={32} strokeWidth={1.4} aria-hidden="true" />
          <p>{tell(filtered ? 'articles.noneFound' : 'articles.none')}</p>
          {filtered ? (
            <Button
              onPress={() => {
                setWords('');
                setSearch({}, { replace: true });
              }}
            >
              {tell('articles.showAll')}
            </Button>
          ) : (
            <Button look="primary" onPress={() => void navigate('/console/articles/new')}>
              {tell('articles.first')}
            </Button>
          )}
        </div>
      ) : (
        <div ref={list} aria-busy={found.isPlaceholderData}>
          <ArticleList articles={articles} findings={findings} />
        </div>
      )}
      {articles.length < of && limit < 500 && (
        <Button onPress={() => setLimit(Math.min(500, limit + shownAtOnce))}>
          {tell('articles.showMore')}
        </Button>
      )}
      {dropped !== null && (
        <ImportDialog
          dropped={dropped}
          onClose={() => setDropped(null)}
          onDone={(said) => {
            setDropped(null);
            onDone(said);
            void work.changed();
          }}
        />
      )}
    </DropZone>
  );
}

/** The tags of what is listed; the chosen one stays even where the list has it no more. */
function TagFilter(props: {
  readonly value: string;
  readonly tags: readonly string[];
  readonly onChange: (tag: string) => void;
}) {
  const tell = useTell();
  const { value, tags, onChange } = props;
  const all = [...new Set(value === '' ? tags : [value, ...tags])].sort((a, b) => a.localeCompare(b));
  if (all.length === 0) return null;
  return (
    <select
      className={page.select}
      aria-label={tell('articles.tag')}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    >
      <option value="">{tell('articles.allTags')}</option>
      {all.map((tag) => (
        <option key={tag} value={tag}>
          {tag}
        </option>
      ))}
    </select>
  );
}
