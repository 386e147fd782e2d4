import { useState } from 'react';
import { Waiting } from '../../desk/waiting.tsx';
import { request } from '../../live/request.ts';
import { Button } from '../../parts/button.tsx';
import { classNames } from '../../parts/class-names.ts';
import { FaultLine } from '../fault-line.tsx';
import page from '../page.module.css';
import { PageHead } from '../page-head.tsx';
import { requestTrained } from '../training.ts';
import { useUndo } from '../undo-bar.tsx';
import { useDoing } from '../use-doing.ts';
import { useReadAnew } from '../use-read-anew.ts';
import { useTell } from '../words.ts';
import { PlayedView } from './played-view.tsx';
import { example, type Played, type Rehearsal } from './rehearsal.ts';
import { RehearsalForm } from './rehearsal-form.tsx';
import css from './rehearsal-page.module.css';
import { useRehearsals } from './use-rehearsals.ts';

/** Scripted customers: written, made of past conversations, and played to the draft. */
export function RehearsalPage() {
  const tell = useTell();
  const { bar, did } = useUndo();
  const { busy, fault, doing } = useDoing();
  const [editing, setEditing] = useState<{ yaml: string; seen: string | null } | null>(null);
  const [played, setPlayed] = useState<ReadonlyMap<string, Played>>(new Map());
  const found = useRehearsals();
  const changed = useReadAnew('rehearsals');
  const put = async (yaml: string, seen: string | null) => {
    await request('PUT', '/api/console/rehearsals', { yaml, seen });
    await changed();
  };
  const remove = ({ name, yaml }: Rehearsal) =>
    doing(async () => {
      await request('POST', '/api/console/rehearsals/remove', { name });
      await changed();
      did(tell('rehearsal.removed', { name }), () => put(yaml, null));
    });
  const play = (name: string | null) =>
    doing(async () => {
      const done = await requestTrained<{ played: readonly Played[] }>(
        'POST',
        '/api/console/rehearsals/play',
        {
          name,
        },
      );
      setPlayed(new Map([...played, ...done.played.map((one) => [one.name, one] as const)]));
    });
  const all = found.data?.rehearsals ?? [];
  return (
    <div className={page.page}>
      <PageHead title={tell('nav.rehearsal')} lead={tell('rehearsal.lead')} />
      {found.data === undefined ? (
        <Waiting fault={found.error} retry={found.refetch} />
      ) : (
        <>
          <div className={page.row}>
            {all.length > 0 && (
              <Button look="primary" isDisabled={busy} onPress={() => play(null)}>
                {tell(busy ? 'rehearsal.playing' : 'rehearsal.playAll')}
              </Button>
            )}
            <Button isDisabled={editing !== null} onPress={() => setEditing({ yaml: example, seen: null })}>
              {tell('rehearsal.add')}
            </Button>
            <label className={page.row}>
              <input
                type="checkbox"
                checked={found.data.mustRehearse}
                disabled={busy}
                onChange={({ target: { checked } }) =>
                  doing(async () => {
                    await request('PUT', '/api/console/rehearsals/required', { required: checked });
                    await changed();
                  })
                }
              />
              <span className={page.soft}>{tell('rehearsal.required')}</span>
            </label>
          </div>
          <FaultLine fault={fault} />
          {editing !== null && (
            <RehearsalForm
              yaml={editing.yaml}
              save={async (yaml) => {
                await put(yaml, editing.seen);
                setEditing(null);
              }}
              leave={() => setEditing(null)}
            />
          )}
          {all.length === 0 && editing === null && <p className={page.empty}>{tell('rehearsal.empty')}</p>}
          <ul className={css.rows}>
            {all.map((one) => {
              const result = played.get(one.name);
              return (
                <li key={one.name} className={css.row}>
                  <div className={page.row}>
                    <strong>{one.name}</strong>
                    <span className={page.faint}>
                      {one.language} · {tell('rehearsal.turns', { count: one.turns })}
                    </span>
                    {result !== undefined && (
                      <span className={classNames(page.badge, result.passed ? page.good : page.bad)}>
                        {tell(result.passed ? 'rehearsal.passed' : 'rehearsal.broke')}
                      </span>
                    )}
                  </div>
                  <div className={page.row}>
                    <Button
                      size="s"
                      isDisabled={busy}
                      aria-label={tell('rehearsal.playOne', { name: one.name })}
                      onPress={() => play(one.name)}
                    >
                      {tell('rehearsal.play')}
                    </Button>
                    <Button
                      size="s"
                      look="ghost"
                      isDisabled={editing !== null}
                      aria-label={tell('rehearsal.changeOne', { name: one.name })}
                      onPress={() => setEditing({ yaml: one.yaml, seen: one.yaml })}
                    >
                      {tell('golden.change')}
                    </Button>
                    <Button
                      size="s"
                      look="ghost"
                      isDisabled={busy}
                      aria-label={tell('rehearsal.removeOne', { name: one.name })}
                      onPress={() => remove(one)}
                    >
                      {tell('rehearsal.remove')}
                    </Button>
                  </div>
                  {result !== undefined && <PlayedView played={result} />}
                </li>
              );
            })}
          </ul>
        </>
      )}
      {bar}
    </div>
  );
}
