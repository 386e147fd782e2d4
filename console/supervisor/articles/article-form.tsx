import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Field } from '../../parts/field.tsx';
import { Segments } from '../../parts/segments.tsx';
import { LinesField } from '../lines-field.tsx';
import page from '../page.module.css';
import { requestTrained } from '../training.ts';
import { useTell } from '../words.ts';
import { type Article, type Finding, type Wording, wordings } from './article.ts';
import css from './article-form.module.css';
import { FindingList } from './finding-list.tsx';
import { fieldOf } from './finding-words.ts';
import { MarkdownField } from './markdown-field.tsx';
import { type Opinion, OpinionLine } from './opinion-line.tsx';
import { useSettledValue } from './use-settled-value.ts';

const settledMs = 900;

/** The parts of an article to be written, each with what is to be said about it. */
export function ArticleForm(props: {
  readonly value: Article;
  readonly onChange: (value: Article) => void;
  /** Somebody tried to save it: what is missing is said. */
  readonly tried: boolean;
  /** A new article's name is still free. */
  readonly unnamed: boolean;
  readonly findings: readonly Finding[];
  readonly wording: Wording;
  readonly onWording: (wording: Wording) => void;
}) {
  const tell = useTell();
  const { value, onChange, tried, unnamed, findings, wording, onWording } = props;
  const set = (part: Partial<Article>) => onChange({ ...value, ...part });
  const missing = (text: string) => (tried && text.trim() === '' ? tell('gaps.missing') : undefined);
  const at = (field: ReturnType<typeof fieldOf>) => findings.filter((one) => fieldOf(one) === field);
  const opinions = useOpinions(value);
  const [more, setMore] = useState(
    value.tags.length > 0 ||
      value.video !== undefined ||
      value.followUpDays !== undefined ||
      value.brands !== undefined,
  );
  return (
    <div className={css.form}>
      <FindingList findings={at('article')} />
      {unnamed && (
        <Field
          label={tell('articles.id')}
          value={value.id}
          onChange={(id) => set({ id })}
          help={tell('articles.idHelp')}
          fault={
            tried && !/^[a-z0-9]+(?:-[a-z0-9]+)*$/u.test(value.id) ? tell('articles.idFault') : undefined
          }
          autoFocus
        />
      )}
      <Field
        label={tell('articles.title')}
        value={value.title}
        onChange={(title) => set({ title })}
        fault={missing(value.title)}
      />
      <div className={css.wordings}>
        <Segments<Wording>
          label={tell('articles.wording')}
          value={wording}
          onChange={onWording}
          segments={wordings.map((each) => ({
            value: each,
            label: tell(`articles.wording.${each}`, { empty: (value[each] ?? '') === '' ? 'yes' : 'no' }),
          }))}
        />
        <p className={page.faint}>{tell(`articles.wordingHelp.${wording}`)}</p>
        <MarkdownField
          key={wording}
          label={tell(`articles.${wording}`)}
          value={value[wording] ?? ''}
          onChange={(text) => set({ [wording]: text })}
          lang={value.language}
          fault={wording === 'answer' ? missing(value.answer) : undefined}
        />
        <FindingList findings={at('answer')} />
      </div>
      <LinesField
        label={tell('articles.examples')}
        help={tell('articles.examplesHelp')}
        lines={value.examples}
        onChange={(examples) => set({ examples })}
        lang={value.language}
        under={(place) => {
          const example = value.examples[place] ?? '';
          return (
            <OpinionLine
              opinion={opinions.find((one) => one.example === example)}
              language={value.language}
            />
          );
        }}
      />
      <FindingList findings={at('examples')} />
      <details className={css.more} open={more} onToggle={(event) => setMore(event.currentTarget.open)}>
        <summary>{tell('articles.more')}</summary>
        <div className={css.form}>
          <Field
            label={tell('articles.tags')}
            value={value.tags.join(', ')}
            onChange={(text) => set({ tags: text.split(/,\s*/u) })}
            help={tell('articles.tagsHelp')}
            optional
          />
          {value.brands !== undefined && (
            <Field
              label={tell('articles.brands')}
              value={value.brands.join(', ')}
              onChange={(text) => set({ brands: text.split(/,\s*/u) })}
              help={tell('articles.brandsHelp')}
              optional
            />
          )}
          <Field
            label={tell('articles.followUpDays')}
            value={value.followUpDays === undefined ? '' : String(value.followUpDays)}
            onChange={(text) => {
              const days = Number.parseInt(text, 10);
              const { followUpDays: _, ...rest } = value;
              onChange(Number.isNaN(days) ? rest : { ...rest, followUpDays: Math.min(90, days) });
            }}
            inputMode="numeric"
            help={tell('articles.followUpHelp')}
            optional
          />
          <label className={css.check}>
            <input
              type="checkbox"
              checked={value.video === true}
              onChange={(event) => {
                const { video: _, ...rest } = value;
                onChange(event.target.checked ? { ...rest, video: true } : rest);
              }}
            />
            {tell('articles.videoHelp')}
          </label>
        </div>
      </details>
    </div>
  );
}

function useOpinions({ language, id, examples }: Article): readonly Opinion[] {
  const asked = useSettledValue(examples, settledMs);
  const { data } = useQuery({
    queryKey: ['opinions', language, id, asked],
    queryFn: () =>
      requestTrained<{ opinions: readonly Opinion[] }>(
        'POST',
        `/api/console/articles/${language}/${id}/examples`,
        { examples: asked },
      ),
    enabled: /^[a-z\d-]+$/u.test(id) && asked.some((example) => example.trim() !== ''),
    placeholderData: keepPreviousData,
    retry: false,
  });
  return data?.opinions ?? [];
}
