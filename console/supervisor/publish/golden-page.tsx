import { Plus, Trash2 } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { Waiting } from '../../desk/waiting.tsx';
import { Button } from '../../parts/button.tsx';
import { Field } from '../../parts/field.tsx';
import { type Language, usePreferences } from '../../parts/preferences.ts';
import { articleAddress, type Golden, useTitles } from '../decided.ts';
import { FaultLine } from '../fault-line.tsx';
import { goldenKey, type Undo, useGolden } from '../golden.ts';
import { LanguageSelect } from '../language-select.tsx';
import page from '../page.module.css';
import { useUndo } from '../undo-bar.tsx';
import { useTell } from '../words.ts';
import { ArticleDialog } from './article-dialog.tsx';
import css from './golden-page.module.css';

const pageRows = 100;

/** The questions that must go on being answered as they should: found, added, and taken out with a way back. */
export function GoldenPage() {
  const tell = useTell();
  const titleOf = useTitles();
  const { bar, did } = useUndo();
  const work = useGolden();
  const preferences = usePreferences();
  const [search, setSearch] = useSearchParams();
  const [question, setQuestion] = useState('');
  const [language, setLanguage] = useState<Language>(preferences.language);
  const [choosing, setChoosing] = useState<Golden | null>(null);
  const [fault, setFault] = useState<Error | null>(null);
  const [most, setMost] = useState(pageRows);
  const { golden } = work;
  if (golden === undefined) return <Waiting fault={work.fault} retry={work.retry} />;

  const words = search.get('words') ?? '';
  const wanted = words.toLocaleLowerCase();
  const titled = (one: Golden) =>
    one.article === null ? tell('golden.person') : titleOf(one.article, one.language);
  const found = golden.filter((one) => `${one.question} ${titled(one)}`.toLocaleLowerCase().includes(wanted));
  const doing = (work: Promise<Undo>, said: string) => {
    setFault(null);
    work.then(
      (undo) => did(said, undo),
      (error: unknown) => setFault(error instanceof Error ? error : new Error(String(error))),
    );
  };
  const add = (event: FormEvent) => {
    event.preventDefault();
    const said = question.trim();
    if (said !== '') setChoosing({ question: said, language, article: null });
  };
  return (
    <>
      <p className={page.lead}>{tell('golden.lead')}</p>
      <form className={css.add} onSubmit={add}>
        <div className={css.grows}>
          <Field label={tell('golden.question')} value={question} onChange={setQuestion} optional />
        </div>
        <LanguageSelect value={language} onChange={setLanguage} />
        <Button
          type="submit"
          icon={<Plus size={16} aria-hidden="true" />}
          isDisabled={question.trim() === ''}
        >
          {tell('golden.add')}
        </Button>
      </form>
      <FaultLine fault={fault} />
      {golden.length === 0 ? (
        <p className={page.empty}>{tell('golden.empty')}</p>
      ) : (
        <>
          <Field
            label={tell('golden.search', { count: golden.length })}
            value={words}
            onChange={(next) => setSearch(next === '' ? {} : { words: next }, { replace: true })}
            optional
          />
          {found.length === 0 && <p className={page.soft}>{tell('golden.none')}</p>}
          <ul className={css.rows}>
            {found.slice(0, most).map((one) => (
              <li key={goldenKey(one)} className={css.row}>
                <Link
                  className={css.question}
                  to={`/console/try?q=${encodeURIComponent(one.question)}&language=${one.language}`}
                >
                  {one.question}
                </Link>
                <span className={page.faint}>{one.language}</span>
                <span className={css.expected}>
                  {one.article === null ? (
                    titled(one)
                  ) : (
                    <Link to={articleAddress(one.article, one.language)}>{titled(one)}</Link>
                  )}
                </span>
                <Button size="s" look="ghost" onPress={() => setChoosing(one)}>
                  {tell('golden.change')}
                </Button>
                <Button
                  size="s"
                  look="ghost"
                  icon={<Trash2 size={16} aria-hidden="true" />}
                  aria-label={tell('golden.remove', { question: one.question })}
                  onPress={() =>
                    doing(work.remove(one, ''), tell('golden.removed', { question: one.question }))
                  }
                />
              </li>
            ))}
          </ul>
          {found.length > most && (
            <Button onPress={() => setMost(most + pageRows)}>
              {tell('publish.more', { count: found.length - most })}
            </Button>
          )}
        </>
      )}
      {choosing !== null && (
        <ArticleDialog
          question={choosing.question}
          language={choosing.language}
          onClose={() => setChoosing(null)}
          onChoose={(article) => {
            setChoosing(null);
            setQuestion('');
            doing(
              work.set({ ...choosing, article }, ''),
              tell('golden.added', { question: choosing.question }),
            );
          }}
        />
      )}
      {bar}
    </>
  );
}
