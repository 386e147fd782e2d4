import { GraduationCap } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { Button } from '../../parts/button.tsx';
import type { Language } from '../../parts/preferences.ts';
import { SearchChoice } from '../../parts/search-choice.tsx';
import { type Titled, useAllTitles } from '../all-titles.ts';
import { LinesField } from '../lines-field.tsx';
import page from '../page.module.css';
import { useTell } from '../words.ts';
import css from './decision-form.module.css';
import type { Gap } from './gap.ts';

/** Teaches an article the words of a gap, as they were asked or as somebody makes them. */
export function TeachForm(props: {
  readonly gap: Gap;
  readonly busy: boolean;
  readonly onAccept: (decision: object, title: string) => void;
}) {
  const tell = useTell();
  const { gap, busy, onAccept } = props;
  const language = gap.wordings[0]?.language ?? 'es';
  const titles = useAllTitles();
  const [article, setArticle] = useState(gap.proposal.article ?? '');
  const asked = gap.wordings.map(({ text }) => text);
  const [lines, setLines] = useState<readonly string[]>(asked);
  const choices = choicesOf(titles, language);

  function send(event: FormEvent) {
    event.preventDefault();
    if (article === '' || busy) return;
    const kept = lines.map((line) => line.trim()).filter((line) => line !== '');
    const same = kept.length === asked.length && kept.every((line, place) => line === asked[place]);
    const wordings = kept.map((text) => ({
      text,
      language: gap.wordings.find((one) => one.text === text)?.language ?? language,
    }));
    const title = choices.find(({ id }) => id === article)?.label ?? article;
    onAccept({ action: 'example', article, ...(same ? {} : { wordings }) }, title);
  }
  return (
    <form className={css.form} onSubmit={send} aria-label={tell('gaps.teach')}>
      <SearchChoice label={tell('gaps.article')} choices={choices} value={article} onChange={setArticle} />
      <LinesField
        label={tell('gaps.wordings')}
        help={tell('gaps.wordingsHelp')}
        lines={lines}
        onChange={setLines}
        lang={language}
      />
      <div className={page.row}>
        <Button
          type="submit"
          look="primary"
          icon={<GraduationCap size={17} aria-hidden="true" />}
          isDisabled={busy || article === '' || lines.every((line) => line.trim() === '')}
        >
          {tell('gaps.teachIt')}
        </Button>
        <span className={page.faint}>{tell('gaps.nothingPublished')}</span>
      </div>
    </form>
  );
}

/** Each article once, by its title in the customers' language. */
function choicesOf(articles: readonly Titled[], language: Language) {
  const titles = new Map<string, string>();
  for (const one of articles)
    if (!titles.has(one.id) || one.language === language) titles.set(one.id, one.title);
  return [...titles].map(([id, label]) => ({ id, label, more: id }));
}
