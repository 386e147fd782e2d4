import { useEffect, useRef } from 'react';

/**
 * Single keys that do something while nobody is writing and no dialog or menu is open.
 * @param keys what each key does, by `KeyboardEvent.key`
 */
export function useShortcuts(keys: Readonly<Record<string, (() => void) | undefined>>): void {
  const current = useRef(keys);
  useEffect(() => {
    current.current = keys;
  });
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      const target = event.target instanceof Element ? event.target : null;
      if (target?.closest('input:not([type=radio]), textarea, select, [contenteditable]')) return;
      const action = current.current[event.key];
      if (action === undefined || document.querySelector('[role=dialog], [role=menu]') !== null) return;
      event.preventDefault();
      action();
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, []);
}
