import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Waiting } from '../../desk/waiting.tsx';
import { request } from '../../live/request.ts';
import { Field } from '../../parts/field.tsx';
import { type Language, usePreferences } from '../../parts/preferences.ts';
import { LanguageSelect } from '../language-select.tsx';
import page from '../page.module.css';
import { PageHead } from '../page-head.tsx';
import { useUndo } from '../undo-bar.tsx';
import { useReadAnew } from '../use-read-anew.ts';
import { useTell } from '../words.ts';
import { type Phrase, PhraseRow } from './phrase-row.tsx';
import css from './phrases-page.module.css';

const pageRows = 40;

/** What the bot and Relevo say to customers: found, said in other words, and back again. */
export function PhrasesPage() {
  const tell = useTell();
  const readAnew = useReadAnew('phrases');
  const { bar, did } = useUndo();
  const preferences = usePreferences();
  const [language, setLanguage] = useState<Language>(preferences.language);
  const [words, setWords] = useState('');
  const [own, setOwn] = useState(false);
  const [most, setMost] = useState(pageRows);
  const found = useQuery({
    queryKey: ['phrases', language],
    queryFn: () =>
      request<{ phrases: readonly Phrase[] }>('GET', `/api/console/phrases?language=${language}`),
  });
  const set = async (phrase: Phrase, text: string | null, seen: string | null) => {
    await request('PUT', '/api/console/phrases', { language, key: phrase.key, text, seen });
    await readAnew();
  };
  const save = async (phrase: Phrase, text: string | null) => {
    await set(phrase, text, phrase.draft);
    const now = text === phrase.usual ? null : text;
    did(tell('phrases.saved', { key: phrase.key }), () => set(phrase, phrase.draft, now));
  };
  const wanted = words.toLocaleLowerCase();
  const shown = (found.data?.phrases ?? []).filter(
    ({ key, usual, draft, published }) =>
      (!own || draft !== null || published !== null) &&
      `${key} ${usual} ${draft ?? ''}`.toLocaleLowerCase().includes(wanted),
  );
  return (
    <div className={page.page}>
      <PageHead title={tell('nav.phrases')} lead={tell('phrases.lead')} />
      <div className={css.find}>
        <Field label={tell('phrases.search')} value={words} onChange={setWords} optional />
        <LanguageSelect value={language} onChange={setLanguage} />
        <label className={css.own}>
          <input type="checkbox" checked={own} onChange={(event) => setOwn(event.target.checked)} />
          {tell('phrases.own')}
        </label>
      </div>
      {found.data === undefined ? (
        <Waiting fault={found.error} retry={found.refetch} />
      ) : shown.length === 0 ? (
        <p className={page.empty}>{tell(own ? 'phrases.noneOwn' : 'phrases.none')}</p>
      ) : (
        <ul className={css.rows}>
          {shown.slice(0, most).map((phrase) => (
            <PhraseRow key={`${language}/${phrase.key}`} phrase={phrase} language={language} save={save} />
          ))}
        </ul>
      )}
      {shown.length > most && (
        <button type="button" className={page.select} onClick={() => setMost(most + pageRows)}>
          {tell('publish.more', { count: shown.length - most })}
        </button>
      )}
      {bar}
    </div>
  );
}
