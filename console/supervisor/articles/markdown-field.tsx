import { Bold, Link2, List, ListOrdered } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import { Button } from '../../parts/button.tsx';
import { useTell } from '../words.ts';
import type { CodeEditor } from './code-editor.ts';
import css from './markdown-field.module.css';

/** A text in Markdown to be written. */
export interface MarkdownFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly lang: string;
  readonly fault?: string | undefined;
}

/** An editor that is loaded when it is first needed; until then, or where it cannot be, a plain text area does the same. */
export function MarkdownField({ label, value, onChange, lang, fault }: MarkdownFieldProps) {
  const tell = useTell();
  const id = useId();
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<CodeEditor | null>(null);
  const [ready, setReady] = useState(false);
  const latest = useRef({ value, onChange });
  useEffect(() => {
    latest.current = { value, onChange };
  });

  useEffect(() => {
    let wanted = true;
    void import('./code-editor.ts').then(
      ({ createCodeEditor }) => {
        if (!wanted || host.current === null) return;
        const root = host.current.shadowRoot ?? host.current.attachShadow({ mode: 'open' });
        editor.current = createCodeEditor(root, {
          text: latest.current.value,
          label,
          lang,
          onChange: (text) => latest.current.onChange(text),
        });
        setReady(true);
      },
      // Not loaded: the plain field stays.
      () => undefined,
    );
    return () => {
      wanted = false;
      editor.current?.destroy();
      editor.current = null;
      setReady(false);
    };
  }, [label, lang]);
  useEffect(() => {
    if (editor.current !== null && editor.current.text() !== value) editor.current.setText(value);
  }, [value]);

  return (
    <div className={css.field}>
      {ready && (
        <div className={css.tools} role="toolbar" aria-label={tell('articles.tools')}>
          <Button
            size="s"
            look="ghost"
            icon={<Bold size={16} aria-hidden="true" />}
            aria-label={tell('articles.bold')}
            onPress={() => editor.current?.wrap('**', '**')}
          />
          <Button
            size="s"
            look="ghost"
            icon={<Link2 size={16} aria-hidden="true" />}
            aria-label={tell('articles.link')}
            onPress={() => editor.current?.wrap('[', '](https://)')}
          />
          <Button
            size="s"
            look="ghost"
            icon={<ListOrdered size={16} aria-hidden="true" />}
            aria-label={tell('articles.steps')}
            onPress={() => editor.current?.begin('1. ')}
          />
          <Button
            size="s"
            look="ghost"
            icon={<List size={16} aria-hidden="true" />}
            aria-label={tell('articles.list')}
            onPress={() => editor.current?.begin('- ')}
          />
        </div>
      )}
      <div className={css.box} data-invalid={fault !== undefined}>
        <div ref={host} hidden={!ready} />
        {!ready && (
          <textarea
            aria-label={label}
            aria-describedby={fault === undefined ? undefined : `${id}-fault`}
            className={css.plain}
            lang={lang}
            rows={10}
            value={value}
            onChange={(event) => onChange(event.target.value)}
          />
        )}
      </div>
      {fault !== undefined && (
        <span id={`${id}-fault`} className={css.fault} role="alert">
          {fault}
        </span>
      )}
    </div>
  );
}
