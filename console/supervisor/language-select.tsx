import { type Language, languages } from '../parts/preferences.ts';
import page from './page.module.css';
import { useTell } from './words.ts';

/** The language in which a customer writes. */
export function LanguageSelect(props: {
  readonly value: Language;
  readonly onChange: (language: Language) => void;
}) {
  const tell = useTell();
  const { value, onChange } = props;
  return (
    <select
      className={page.select}
      aria-label={tell('try.language')}
      value={value}
      onChange={(event) => onChange(languages.find((one) => one === event.target.value) ?? value)}
    >
      {languages.map((one) => (
        <option key={one} value={one}>
          {tell(`language.${one}`)}
        </option>
      ))}
    </select>
  );
}
