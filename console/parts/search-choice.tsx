import { useState } from 'react';
import { ComboBox } from 'react-aria-components/ComboBox';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import css from './search-choice.module.css';

/** One of many, found by typing. */
export interface SearchChoiceProps {
  readonly label: string;
  readonly choices: readonly { readonly id: string; readonly label: string; readonly more?: string }[];
  /** The id of what is chosen; empty: nothing is. */
  readonly value: string;
  readonly onChange: (id: string) => void;
  readonly autoFocus?: boolean;
}

const most = 50;

/** Typing narrows the list, arrows move in it, Enter chooses. */
export function SearchChoice({ label, choices, value, onChange, autoFocus = false }: SearchChoiceProps) {
  const chosen = choices.find(({ id }) => id === value)?.label ?? value;
  const [typed, setTyped] = useState<string | null>(null);
  const wanted = folded(typed ?? '').split(' ');
  const shown = choices
    .filter(({ id, label: words }) => wanted.every((word) => folded(`${words} ${id}`).includes(word)))
    .slice(0, most);
  return (
    <ComboBox
      className={css.choice ?? ''}
      menuTrigger="focus"
      allowsEmptyCollection={false}
      autoFocus={autoFocus}
      items={shown}
      inputValue={typed ?? chosen}
      selectedKey={value === '' ? null : value}
      onInputChange={(text) => setTyped(text === chosen ? null : text)}
      onOpenChange={(open) => !open && setTyped(null)}
      onSelectionChange={(key) => {
        setTyped(null);
        if (key !== null) onChange(String(key));
      }}
    >
      <Label className={css.label ?? ''}>{label}</Label>
      <Input className={css.input ?? ''} onFocus={(event) => event.target.select()} />
      <Popover className={css.popover ?? ''} offset={4}>
        <ListBox<(typeof shown)[number]> className={css.list ?? ''}>
          {({ id, label: words, more }) => (
            <ListBoxItem id={id} textValue={words} className={css.line ?? ''}>
              <span>{words}</span>
              {more !== undefined && <span className={css.more}>{more}</span>}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}

function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
