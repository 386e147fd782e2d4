import { useSyncExternalStore } from 'react';

/** The languages that the pages speak. */
export const languages = ['es', 'en', 'pt'] as const;
/** One of them. */
export type Language = (typeof languages)[number];

/** The looks that the pages have; `system` follows the computer's. */
export const themes = ['system', 'light', 'dark'] as const;
/** One of them. */
export type Theme = (typeof themes)[number];

/** What somebody chose, or what stands for it. */
export interface Preferences {
  readonly language: Language;
  readonly theme: Theme;
}

const keys = { language: 'relevo.language', theme: 'relevo.theme' } as const;
const listeners = new Set<() => void>();
let preferences = read();

function read(): Preferences {
  const theme = stored(keys.theme);
  return {
    language: languageOf([stored(keys.language) ?? '', ...navigator.languages]),
    theme: themes.find((each) => each === theme) ?? 'system',
  };
}

/** The first of the wished languages that the pages speak; Spanish when there is none. */
function languageOf(wishes: readonly string[]): Language {
  for (const wish of wishes) {
    const found = languages.find((each) => wish.toLowerCase().split('-')[0] === each);
    if (found !== undefined) return found;
  }
  return 'es';
}

function stored(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function apply(next: Preferences): void {
  preferences = next;
  if (next.theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = next.theme;
  for (const changed of listeners) changed();
}

/** What is chosen now, without following later changes. */
export function currentPreferences(): Preferences {
  return preferences;
}

/** Remembers a choice and shows it at once, also in the other pages that are open. */
export function choose(change: Partial<Preferences>): void {
  for (const name of ['language', 'theme'] as const) {
    const value = change[name];
    if (value === undefined) continue;
    try {
      localStorage.setItem(keys[name], value);
    } catch {
      // Storage is off: the choice lasts as long as the page.
    }
  }
  apply({ ...preferences, ...change });
}

/** What is chosen, followed. */
export function usePreferences(): Preferences {
  return useSyncExternalStore(
    (changed) => {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    () => preferences,
  );
}

addEventListener('storage', () => apply(read()));
apply(preferences);
