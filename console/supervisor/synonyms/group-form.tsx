import { useState } from 'react';
import { Button } from '../../parts/button.tsx';
import { Field } from '../../parts/field.tsx';
import type { Language } from '../../parts/preferences.ts';
import { FaultLine } from '../fault-line.tsx';
import { LanguageSelect } from '../language-select.tsx';
import page from '../page.module.css';
import { useDoing } from '../use-doing.ts';
import { useTell } from '../words.ts';
import { type Group, takenIn, wordsOf } from './synonyms.ts';
import css from './synonyms-page.module.css';

/** Writes a group, or changes one; what is wrong with it is said before it is sent. */
export function GroupForm(props: {
  /** Null: a new one. */
  readonly from: Group | null;
  readonly language: Language;
  /** All that there are. */
  readonly groups: readonly Group[];
  readonly save: (group: Group) => Promise<void>;
  readonly leave: () => void;
}) {
  const tell = useTell();
  const { from, groups } = props;
  const { busy, fault, doing } = useDoing();
  const [language, setLanguage] = useState(from?.language ?? props.language);
  const [typed, setTyped] = useState(from?.words.join(', ') ?? '');
  const words = wordsOf(typed);
  const taken = takenIn(groups, { from, to: { language, words } });
  const lacking = typed.trim() !== '' && words.length < 2;
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (words.length > 1 && taken === undefined) doing(() => props.save({ language, words }));
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') props.leave();
      }}
    >
      <Field
        label={tell('synonyms.words')}
        help={tell('synonyms.wordsHelp')}
        value={typed}
        onChange={setTyped}
        autoFocus
      />
      <p className={page.fault} role="status">
        {taken !== undefined
          ? tell('synonyms.elsewhere', { word: taken.word, group: taken.group.words.join(', ') })
          : lacking && tell('synonyms.two')}
      </p>
      <FaultLine fault={fault} />
      <div className={page.row}>
        {from === null && <LanguageSelect value={language} onChange={setLanguage} />}
        <Button
          type="submit"
          look="primary"
          size="s"
          isDisabled={busy || words.length < 2 || taken !== undefined}
        >
          {tell('phrases.save')}
        </Button>
        <Button size="s" look="ghost" onPress={props.leave}>
          {tell('phrases.leave')}
        </Button>
      </div>
    </form>
  );
}
