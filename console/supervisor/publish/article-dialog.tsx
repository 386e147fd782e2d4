import { useQuery } from '@tanstack/react-query';
import { UserRound } from 'lucide-react';
import { useState } from 'react';
import { request } from '../../live/request.ts';
import { Button } from '../../parts/button.tsx';
import { useSay } from '../../parts/catalogue.tsx';
import { Dialog, DialogActions } from '../../parts/dialog.tsx';
import { Field } from '../../parts/field.tsx';
import type { Language } from '../../parts/preferences.ts';
import page from '../page.module.css';
import { useTell } from '../words.ts';
import css from './article-dialog.module.css';

interface Listed {
  readonly id: string;
  readonly title: string;
}

const limit = 8;

/** Chooses what a question is to be answered with: an article, or a person. */
export function ArticleDialog(props: {
  readonly question: string;
  readonly language: Language;
  readonly onChoose: (article: string | null) => void;
  readonly onClose: () => void;
}) {
  const tell = useTell();
  const say = useSay();
  const { question, language, onChoose, onClose } = props;
  const [words, setWords] = useState('');
  const query = new URLSearchParams({
    language,
    limit: String(limit),
    ...(words.trim() === '' ? {} : { words }),
  });
  const found = useQuery({
    queryKey: ['articles', 'found', query.toString()],
    queryFn: () => request<{ articles: readonly Listed[] }>('GET', `/api/console/articles?${query}`),
    placeholderData: (previous) => previous,
  });
  const articles = found.data?.articles ?? [];
  return (
    <Dialog title={tell('choose.title')} isOpen onClose={onClose}>
      <p>{question}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const [first] = articles;
          if (words.trim() !== '' && first !== undefined) onChoose(first.id);
        }}
      >
        <Field
          label={tell('choose.words')}
          help={tell('choose.help')}
          value={words}
          onChange={setWords}
          optional
          autoFocus
        />
      </form>
      <ul className={css.articles}>
        {articles.map(({ id, title }) => (
          <li key={id}>
            <Button look="ghost" className={css.article} onPress={() => onChoose(id)}>
              <span className={css.title}>{title}</span>
              <span className={page.faint}>{id}</span>
            </Button>
          </li>
        ))}
      </ul>
      {found.data !== undefined && articles.length === 0 && <p>{tell('choose.none')}</p>}
      <DialogActions>
        <Button icon={<UserRound size={16} aria-hidden="true" />} onPress={() => onChoose(null)}>
          {tell('golden.person')}
        </Button>
        <Button look="ghost" onPress={onClose}>
          {say('dialog.cancel')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
