import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Waiting } from '../../desk/waiting.tsx';
import { request } from '../../live/request.ts';
import { classNames } from '../../parts/class-names.ts';
import { Segments } from '../../parts/segments.tsx';
import page from '../page.module.css';
import { useTell } from '../words.ts';
import type { Article, Wording } from './article.ts';
import { type Form, PlatformText } from './platform-text.tsx';
import css from './preview-panel.module.css';
import { useSettledValue } from './use-settled-value.ts';

interface Shown {
  readonly channel: string;
  readonly title: string;
  readonly messages: readonly {
    readonly text: string;
    readonly form: Form;
    readonly subject?: string;
    readonly buttons: readonly string[];
    readonly rows: readonly string[];
    readonly source?: string;
  }[];
}

const settledMs = 350;

/** What the bot says of the article as it stands in the editor, as each channel shows it. */
export function PreviewPanel({ article, wording }: { readonly article: Article; readonly wording: Wording }) {
  const tell = useTell();
  const [chosen, setChosen] = useState('webchat');
  const { language, title, video = false } = article;
  const text = (article[wording] ?? '').slice(0, 20_000);
  const asked = useSettledValue({ language, title: title.slice(0, 200), text, video }, settledMs);
  const found = useQuery({
    queryKey: ['preview', asked],
    queryFn: () => request<{ channels: readonly Shown[] }>('POST', '/api/console/articles/preview', asked),
    enabled: asked.text.trim() !== '',
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (text.trim() === '') return <p className={page.empty}>{tell('articles.previewEmpty')}</p>;
  if (found.data === undefined) return <Waiting fault={found.error} retry={found.refetch} />;
  const { channels } = found.data;
  const shown = channels.find(({ channel }) => channel === chosen) ?? channels[0];
  return (
    <div className={css.preview} aria-busy={found.isFetching}>
      <Segments
        label={tell('insight.channel')}
        value={shown?.channel ?? ''}
        onChange={setChosen}
        segments={channels.map(({ channel, title: label }) => ({ value: channel, label }))}
      />
      <section
        className={css.screen}
        data-channel={shown?.channel}
        lang={language}
        aria-label={tell('articles.previewOf', { channel: shown?.title ?? '' })}
      >
        {shown?.messages.map(({ text: words, form, subject, buttons, rows, source }, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a message is known by its place
          <div key={place} className={css.message}>
            {subject !== undefined && <p className={css.subject}>{subject}</p>}
            <div
              className={classNames(
                css.words,
                (form === 'slack' || form === 'whatsapp') && css.lines,
                shown.channel === 'telegram' && css.lines,
              )}
            >
              <PlatformText text={words} form={form} />
            </div>
            {source !== undefined && <p className={page.faint}>{source}</p>}
            {buttons.length > 0 && (
              <ul className={css.buttons}>
                {buttons.map((label) => (
                  <li key={label}>{label}</li>
                ))}
              </ul>
            )}
            {rows.length > 0 && (
              <ol className={css.rows}>
                {rows.map((label) => (
                  <li key={label}>{label}</li>
                ))}
              </ol>
            )}
          </div>
        ))}
      </section>
      <p className={page.faint}>{tell('articles.previewMeans')}</p>
    </div>
  );
}
