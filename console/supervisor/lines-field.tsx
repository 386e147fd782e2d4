import { Plus, X } from 'lucide-react';
import { type KeyboardEvent, useId, useRef } from 'react';
import { Button } from '../parts/button.tsx';
import css from './lines-field.module.css';
import { useTell } from './words.ts';

/** Short texts, one in each line. */
export interface LinesFieldProps {
  readonly label: string;
  readonly lines: readonly string[];
  readonly onChange: (lines: readonly string[]) => void;
  /** What stands below a line, such as an opinion about it. */
  readonly under?: (place: number) => React.ReactNode;
  readonly lang?: string;
  readonly help?: string;
}

/** Enter adds a line, Backspace in an empty one takes it away, and a pasted list becomes lines. */
export function LinesField({ label, lines, onChange, under, lang, help }: LinesFieldProps) {
  const tell = useTell();
  const id = useId();
  const list = useRef<HTMLUListElement>(null);

  function focus(place: number) {
    requestAnimationFrame(() => list.current?.querySelectorAll('input')[place]?.focus());
  }
  function add(place: number, ...added: readonly string[]) {
    onChange([...lines.slice(0, place), ...(added.length === 0 ? [''] : added), ...lines.slice(place)]);
    focus(place + Math.max(0, added.length - 1));
  }
  function remove(place: number) {
    onChange(lines.filter((_, at) => at !== place));
    focus(Math.max(0, place - 1));
  }
  function pressed(event: KeyboardEvent<HTMLInputElement>, place: number) {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      add(place + 1);
    }
    if (event.key === 'Backspace' && lines[place] === '' && lines.length > 1) {
      event.preventDefault();
      remove(place);
    }
  }
  return (
    <fieldset className={css.field} aria-describedby={help === undefined ? undefined : `${id}-help`}>
      <legend>{label}</legend>
      {help !== undefined && (
        <p id={`${id}-help`} className={css.help}>
          {help}
        </p>
      )}
      <ul ref={list} className={css.lines}>
        {lines.map((line, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is known by its place, also while it is typed
          <li key={place} className={css.line}>
            <input
              aria-label={tell('lines.line', { label, number: place + 1 })}
              className={css.input}
              value={line}
              lang={lang}
              autoComplete="off"
              onChange={(event) => onChange(lines.with(place, event.target.value))}
              onKeyDown={(event) => pressed(event, place)}
              onPaste={(event) => {
                const pasted = event.clipboardData
                  .getData('text')
                  .split(/\r?\n/u)
                  .map((one) => one.trim())
                  .filter((one) => one !== '');
                if (pasted.length < 2) return;
                event.preventDefault();
                onChange([
                  ...lines.slice(0, place),
                  ...(line === '' ? pasted : [line, ...pasted]),
                  ...lines.slice(place + 1),
                ]);
              }}
            />
            <Button
              size="s"
              look="ghost"
              icon={<X size={16} aria-hidden="true" />}
              aria-label={tell('lines.remove', { line: line === '' ? String(place + 1) : line })}
              onPress={() => remove(place)}
            />
            {under?.(place)}
          </li>
        ))}
      </ul>
      <Button
        size="s"
        look="ghost"
        icon={<Plus size={16} aria-hidden="true" />}
        onPress={() => add(lines.length)}
      >
        {tell('lines.add')}
      </Button>
    </fieldset>
  );
}
