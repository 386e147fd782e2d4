import type { ReactNode } from 'react';
import { Menu as AriaMenu, MenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { Button, type ButtonProps } from './button.tsx';
import css from './menu.module.css';

/** One line of a menu. */
export interface MenuLine {
  readonly id: string;
  readonly label: string;
  readonly icon: ReactNode;
  /** The key that does the same. */
  readonly shortcut?: string | undefined;
}

/** A button, and what unfolds from it. */
export interface MenuProps {
  /** What the button is called. */
  readonly label: string;
  readonly icon: ReactNode;
  readonly lines: readonly MenuLine[];
  readonly onChoose: (id: string) => void;
  readonly size?: ButtonProps['size'];
  readonly className?: string | undefined;
}

/** Things to do that have no room for a button each. Arrows move, letters find, Escape closes. */
export function Menu({ label, icon, lines, onChoose, size = 'm', className }: MenuProps) {
  return (
    <MenuTrigger>
      <Button size={size} icon={icon} aria-label={label} className={className} />
      <Popover placement="bottom end" offset={4} className={css.popover ?? ''}>
        <AriaMenu className={css.menu ?? ''} onAction={(id) => onChoose(String(id))}>
          {lines.map((line) => (
            <MenuItem key={line.id} id={line.id} textValue={line.label} className={css.line ?? ''}>
              {line.icon}
              <span className={css.label}>{line.label}</span>
              {line.shortcut !== undefined && <kbd className={css.key}>{line.shortcut}</kbd>}
            </MenuItem>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
