import { useMutation } from '@tanstack/react-query';
import { Save, Trash2 } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useEffect, useState } from 'react';
import { Waiting } from '../../desk/waiting.tsx';
import { ApiError } from '../../live/api-error.ts';
import { Button } from '../../parts/button.tsx';
import { classNames } from '../../parts/class-names.ts';
import type { Language } from '../../parts/preferences.ts';
import { FaultLine } from '../fault-line.tsx';
import page from '../page.module.css';
import { useTell } from '../words.ts';
import { useWrongWords } from '../wrong-words.ts';
import { type Article, type Draft, differing, type Finding, tidy, type Wording } from './article.ts';
import css from './article-editor.module.css';
import { ArticleForm } from './article-form.tsx';
import { Conflict } from './conflict.tsx';
import { keep, readKept } from './kept-draft.ts';
import { readArticle, useArticle, useArticleWork } from './queries.ts';

/** What an editor is given, whatever article it is for. */
export interface EditorProps {
  readonly language: Language;
  readonly id: string;
  readonly findings: readonly Finding[];
  readonly onDone: (words: string, undo?: () => Promise<unknown>) => void;
  readonly onRemoved: () => void;
  /** Called whenever what stands in the editor changes, saved or not. */
  readonly onShown?: (article: Article, etag: string | null, wording: Wording) => void;
  /** What is shown where the draft has no such article. */
  readonly absent: (begin: (article: Article) => void) => ReactNode;
}

/** An article to be changed. What is written is kept over a reload, and nobody else's change is written over. */
export function ArticleEditor(props: EditorProps) {
  const { language, id, absent } = props;
  const key = `${language}/${id}`;
  const found = useArticle(key);
  const [begun, setBegun] = useState<Article | null>(() => {
    const kept = readKept(key);
    return kept !== null && kept.etag === null ? kept.article : null;
  });
  if (found.data !== undefined) return <Editing {...props} key={key} opened={found.data} />;
  if (found.error instanceof ApiError && found.error.status === 404) {
    if (begun === null) return <>{absent(setBegun)}</>;
    return <Editing {...props} key={key} opened={{ article: begun, etag: null, status: 'new' }} />;
  }
  return <Waiting fault={found.error} retry={found.refetch} />;
}

/** An article that is opened, or one that was just begun. */
export function Editing(props: EditorProps & { readonly opened: Draft; readonly unnamed?: boolean }) {
  const tell = useTell();
  const { opened, findings, onDone, onRemoved, onShown, unnamed = false } = props;
  const { language, id } = props;
  const key = `${language}/${id}`;
  const work = useArticleWork();
  const [kept] = useState(() => readKept(key));
  const [base, setBase] = useState<Draft>(opened);
  const [value, setValue] = useState<Article>(kept?.article ?? opened.article);
  // Written before somebody else saved theirs, and not saved: both are shown.
  const [theirs, setTheirs] = useState<Draft | null | undefined>(
    kept !== null && kept.etag !== opened.etag ? opened : undefined,
  );
  const [reason, setReason] = useState('');
  const [wording, setWording] = useState<Wording>('answer');
  const [tried, setTried] = useState(false);
  const changed = base.etag === null || differing(base.article, tidy(value)).length > 0;

  useEffect(() => {
    keep(key, changed ? { article: value, etag: base.etag } : null);
  }, [key, changed, value, base.etag]);
  useEffect(() => onShown?.(value, base.etag, wording), [onShown, value, base.etag, wording]);
  // Restored from its history, or saved by the editor beside this one: taken over while nothing was written here.
  useEffect(() => {
    if (opened.etag === base.etag || changed) return;
    setBase(opened);
    setValue(opened.article);
  }, [opened, base.etag, changed]);

  const save = useMutation({
    mutationFn: async (over: { readonly etag: string | null; readonly before: Article | null }) => {
      const saved = await work.save(tidy(value), over.etag, reason.trim());
      return { saved, before: over.before };
    },
    onSuccess: ({ saved, before }) => {
      keep(key, null);
      setBase(saved);
      setValue(saved.article);
      setTheirs(undefined);
      setReason('');
      setTried(false);
      onDone(
        tell('articles.saved', { title: saved.article.title }),
        before === null || saved.etag === null
          ? undefined
          : async () => {
              const back = await work.save(before, saved.etag, tell('undo.undo'));
              setBase(back);
              setValue(back.article);
            },
      );
    },
    onError: async (fault) => {
      if (!(fault instanceof ApiError) || fault.code !== 'kb_article_changed') return;
      setTheirs(
        await readArticle(`${language}/${value.id}`).catch((error: unknown) => {
          if (error instanceof ApiError && error.status === 404) return null;
          throw error;
        }),
      );
    },
  });
  const remove = useMutation({
    mutationFn: async (etag: string) => {
      await work.remove(key, etag, reason.trim());
    },
    onSuccess: () => {
      const gone = base.article;
      keep(key, null);
      onDone(tell('articles.removed', { title: gone.title }), () => work.save(gone, null, tell('undo.undo')));
      onRemoved();
    },
  });

  function trySave() {
    setTried(true);
    const sound = value.title.trim() !== '' && value.answer.trim() !== '' && /^[a-z0-9-]+$/u.test(value.id);
    if (value.title.trim() !== '' && value.answer.trim() === '') setWording('answer');
    if (sound && changed && !save.isPending)
      save.mutate({ etag: base.etag, before: base.etag === null ? null : base.article });
  }
  function pressed(event: KeyboardEvent) {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 's') return;
    event.preventDefault();
    trySave();
  }
  const wrong = useWrongWords();
  const faults =
    save.error instanceof ApiError && save.error.code === 'kb_article_faults'
      ? save.error.details.map((detail) => wrong(detail, true)).join(' ')
      : null;

  return (
    <section className={css.editor} onKeyDown={pressed} aria-label={value.title || tell('articles.new')}>
      {theirs !== undefined && (
        <Conflict
          theirs={theirs?.article ?? null}
          mine={tidy(value)}
          onMine={() => save.mutate({ etag: theirs?.etag ?? null, before: theirs?.article ?? null })}
          onTheirs={() => {
            const mine = value;
            setTheirs(undefined);
            save.reset();
            if (theirs === null) return onRemoved();
            setBase(theirs);
            setValue(theirs.article);
            onDone(tell('articles.tookTheirs'), async () => setValue(mine));
          }}
        />
      )}
      <ArticleForm
        value={value}
        onChange={setValue}
        tried={tried}
        unnamed={unnamed && base.etag === null}
        findings={findings}
        wording={wording}
        onWording={setWording}
      />
      {faults !== null ? (
        <p className={page.fault} role="alert">
          {tell('articles.faults', { detail: faults })}
        </p>
      ) : (
        <FaultLine fault={theirs === undefined ? (save.error ?? remove.error) : null} />
      )}
      <div className={css.foot}>
        <span className={classNames(page.badge, base.status !== 'published' && page.warn)}>
          {tell(base.etag === null ? 'articles.status.unsaved' : `articles.status.${base.status}`)}
        </span>
        {changed && base.etag !== null && <span className={page.faint}>{tell('articles.unsaved')}</span>}
        <input
          className={css.reason}
          value={reason}
          placeholder={tell('articles.why')}
          aria-label={tell('articles.why')}
          maxLength={1_000}
          onChange={(event) => setReason(event.target.value)}
          onKeyDown={(event) => event.key === 'Enter' && trySave()}
        />
        {base.etag !== null && (
          <Button
            look="ghost"
            icon={<Trash2 size={17} aria-hidden="true" />}
            aria-label={tell('articles.remove')}
            isDisabled={remove.isPending}
            onPress={() => base.etag !== null && remove.mutate(base.etag)}
          />
        )}
        {changed && base.etag !== null && (
          <Button
            onPress={() => {
              const mine = value;
              setValue(base.article);
              onDone(tell('articles.discarded'), async () => setValue(mine));
            }}
          >
            {tell('articles.discard')}
          </Button>
        )}
        <Button
          look="primary"
          icon={<Save size={17} aria-hidden="true" />}
          isDisabled={!changed || save.isPending || theirs !== undefined}
          onPress={trySave}
        >
          {tell('articles.save')}
        </Button>
      </div>
    </section>
  );
}
