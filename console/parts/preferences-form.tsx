import { Check } from 'lucide-react';
import { type MessageId, useSay } from './catalogue.tsx';
import { choose, languages, themes, usePreferences } from './preferences.ts';
import css from './preferences-form.module.css';

const languageNames = { es: 'Español', en: 'English', pt: 'Português' } as const;
const themeNames = {
  system: 'theme.system',
  light: 'theme.light',
  dark: 'theme.dark',
} as const satisfies Record<(typeof themes)[number], MessageId>;

/** Language and look; a choice holds at once and is remembered. */
export function PreferencesForm() {
  const say = useSay();
  const { language, theme } = usePreferences();
  return (
    <div className={css.form}>
      <fieldset>
        <legend className={css.legend}>{say('preferences.language')}</legend>
        {languages.map((each) => (
          <label key={each} className={css.row} lang={each}>
            <input
              type="radio"
              name="language"
              checked={each === language}
              onChange={() => choose({ language: each })}
            />
            <span>{languageNames[each]}</span>
            <Check size={16} aria-hidden="true" />
          </label>
        ))}
      </fieldset>
      <fieldset>
        <legend className={css.legend}>{say('preferences.theme')}</legend>
        {themes.map((each) => (
          <label key={each} className={css.row}>
            <input
              type="radio"
              name="theme"
              checked={each === theme}
              onChange={() => choose({ theme: each })}
            />
            <span>{say(themeNames[each])}</span>
            <Check size={16} aria-hidden="true" />
          </label>
        ))}
      </fieldset>
    </div>
  );
}
