import { Settings2 } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useSay } from './catalogue.tsx';
import css from './preferences-button.module.css';
import { PreferencesForm } from './preferences-form.tsx';

/** Opens language and look. The browser's own disclosure: it needs nothing to be loaded first. */
export function PreferencesButton() {
  const say = useSay();
  const details = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const close = (event: Event) => {
      const box = details.current;
      if (box === null || !box.open) return;
      const escaped = event instanceof KeyboardEvent && event.key === 'Escape';
      if (escaped) box.querySelector('summary')?.focus();
      if (escaped || (event instanceof PointerEvent && !box.contains(event.target as Node))) box.open = false;
    };
    addEventListener('pointerdown', close);
    addEventListener('keydown', close);
    return () => {
      removeEventListener('pointerdown', close);
      removeEventListener('keydown', close);
    };
  }, []);
  return (
    <details ref={details} className={css.details}>
      <summary className={css.summary} aria-label={say('preferences.open')} title={say('preferences.open')}>
        <Settings2 size={19} aria-hidden="true" />
      </summary>
      <div className={css.panel}>
        <PreferencesForm />
      </div>
    </details>
  );
}
