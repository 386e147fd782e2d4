import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Waiting } from '../../desk/waiting.tsx';
import { Button } from '../../parts/button.tsx';
import { classNames } from '../../parts/class-names.ts';
import { Field } from '../../parts/field.tsx';
import { usePreferences } from '../../parts/preferences.ts';
import { FaultLine } from '../fault-line.tsx';
import page from '../page.module.css';
import { PageHead } from '../page-head.tsx';
import { useUndo } from '../undo-bar.tsx';
import { useDoing } from '../use-doing.ts';
import { useTell } from '../words.ts';
import { GroupForm } from './group-form.tsx';
import { type Group, lineOf, type Step } from './synonyms.ts';
import css from './synonyms-page.module.css';
import { useSynonyms } from './use-synonyms.ts';

const pageRows = 60;

/** Words of customers that mean the same: found, added, changed and removed, each with a way back. */
export function SynonymsPage() {
  const tell = useTell();
  const { language } = usePreferences();
  const { found, change, takeBack } = useSynonyms();
  const { bar, did } = useUndo();
  const { busy, fault, doing } = useDoing();
  const [words, setWords] = useState('');
  const [most, setMost] = useState(pageRows);
  const [open, setOpen] = useState<string | null>(null);
  if (found.data === undefined) return <Waiting fault={found.error} retry={found.refetch} />;
  const { groups, published } = found.data;
  const live = new Set(published?.split('\n'));
  const wanted = words.trim().toLocaleLowerCase();
  const shown = groups.filter((group) => group.words.some((word) => word.includes(wanted)));

  const step = async (taken: Step, said: 'synonyms.saved' | 'synonyms.removed') => {
    await change(taken);
    setOpen(null);
    const named = (taken.to ?? taken.from)?.words.join(', ') ?? '';
    did(tell(said, { words: named }), () => takeBack(taken));
  };
  const form = (from: Group | null) => (
    <GroupForm
      from={from}
      language={language}
      groups={groups}
      save={(to) => step({ from, to }, 'synonyms.saved')}
      leave={() => setOpen(null)}
    />
  );
  return (
    <div className={page.page}>
      <PageHead title={tell('nav.synonyms')} lead={tell('synonyms.lead')} />
      {open === 'new' ? (
        <div className={page.card}>{form(null)}</div>
      ) : (
        <div className={page.row}>
          <Button look="primary" icon={<Plus size={16} aria-hidden="true" />} onPress={() => setOpen('new')}>
            {tell('synonyms.add')}
          </Button>
        </div>
      )}
      {groups.length > 8 && (
        <Field label={tell('synonyms.search')} value={words} onChange={setWords} optional />
      )}
      <FaultLine fault={fault} />
      {shown.length === 0 && (
        <p className={page.empty}>{tell(groups.length === 0 ? 'synonyms.empty' : 'synonyms.none')}</p>
      )}
      {shown.length > 0 && (
        <ul className={css.rows} aria-label={tell('nav.synonyms')}>
          {shown.slice(0, most).map((group) => {
            const line = lineOf(group);
            const named = group.words.join(', ');
            return (
              <li key={line} className={css.row}>
                {open === line ? (
                  form(group)
                ) : (
                  <>
                    <p className={css.words}>
                      <span lang={group.language}>{named}</span>
                      <span className={page.faint}>{tell(`language.${group.language}`)}</span>
                      {!live.has(line) && (
                        <span className={classNames(page.badge, page.warn)}>{tell('phrases.draft')}</span>
                      )}
                    </p>
                    <div className={page.row}>
                      <Button
                        size="s"
                        aria-label={tell('synonyms.changeOne', { words: named })}
                        onPress={() => setOpen(line)}
                      >
                        {tell('golden.change')}
                      </Button>
                      <Button
                        size="s"
                        look="ghost"
                        isDisabled={busy}
                        aria-label={tell('synonyms.removeOne', { words: named })}
                        onPress={() => doing(() => step({ from: group, to: null }, 'synonyms.removed'))}
                      >
                        {tell('rehearsal.remove')}
                      </Button>
                    </div>
                  </>
                )}
              </li>
            );
          })}
        </ul>
      )}
      {shown.length > most && (
        <Button onPress={() => setMost(most + pageRows)}>
          {tell('publish.more', { count: shown.length - most })}
        </Button>
      )}
      {bar}
    </div>
  );
}
