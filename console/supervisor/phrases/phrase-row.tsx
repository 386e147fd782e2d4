import { useState } from 'react';
import { Button } from '../../parts/button.tsx';
import { classNames } from '../../parts/class-names.ts';
import { Field } from '../../parts/field.tsx';
import { FaultLine } from '../fault-line.tsx';
import page from '../page.module.css';
import { useDoing } from '../use-doing.ts';
import { useTell } from '../words.ts';
import css from './phrases-page.module.css';

/** One thing that is said to customers. */
export interface Phrase {
  readonly key: string;
  readonly usual: string;
  readonly draft: string | null;
  readonly published: string | null;
  readonly values: readonly string[];
}

/** A phrase as it is said, and a field to say it in other words. */
export function PhraseRow({
  phrase,
  language,
  save,
}: {
  readonly phrase: Phrase;
  readonly language: string;
  readonly save: (phrase: Phrase, text: string | null) => Promise<void>;
}) {
  const tell = useTell();
  const { busy, fault, doing } = useDoing();
  const [text, setText] = useState<string | null>(null);
  const { key, usual, draft, published, values } = phrase;
  const saving = (wanted: string | null) =>
    doing(async () => {
      await save(phrase, wanted);
      setText(null);
    });
  return (
    <li className={css.row}>
      <div className={page.row}>
        <code className={page.faint}>{key}</code>
        {draft !== published && (
          <span className={classNames(page.badge, page.warn)}>{tell('phrases.draft')}</span>
        )}
        {draft !== null && draft === published && <span className={page.badge}>{tell('phrases.ours')}</span>}
      </div>
      {text === null ? (
        <>
          <p lang={language} className={css.text}>
            {draft ?? usual}
          </p>
          <div className={page.row}>
            <Button
              size="s"
              aria-label={tell('phrases.changeOne', { key })}
              onPress={() => setText(draft ?? usual)}
            >
              {tell('golden.change')}
            </Button>
            {draft !== null && (
              <Button size="s" look="ghost" isDisabled={busy} onPress={() => saving(null)}>
                {tell('phrases.usual')}
              </Button>
            )}
          </div>
          <FaultLine fault={fault} />
        </>
      ) : (
        <form
          className={css.edit}
          onSubmit={(event) => {
            event.preventDefault();
            saving(text);
          }}
          onKeyDown={(event) => {
            if (event.key === 'Escape') setText(null);
          }}
        >
          <Field
            label={key}
            value={text}
            onChange={setText}
            rows={3}
            autoFocus
            help={tell('phrases.values', { values: values.map((value) => `{${value}}`).join(' ') })}
          />
          <p className={page.faint}>
            {tell('phrases.usually')} <span lang={language}>{usual}</span>
          </p>
          <FaultLine fault={fault} />
          <div className={page.row}>
            <Button type="submit" look="primary" size="s" isDisabled={busy || text.trim() === ''}>
              {tell('phrases.save')}
            </Button>
            <Button size="s" look="ghost" onPress={() => setText(null)}>
              {tell('phrases.leave')}
            </Button>
          </div>
        </form>
      )}
    </li>
  );
}
