import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useMemo, useState } from 'react';
import { request } from '../../live/request.ts';
import { Button } from '../../parts/button.tsx';
import { Field } from '../../parts/field.tsx';
import { useShare } from '../decided.ts';
import { FaultLine } from '../fault-line.tsx';
import page from '../page.module.css';
import { useUndo } from '../undo-bar.tsx';
import { type Tell, useTell, type WordId } from '../words.ts';
import { CurveChart } from './curve-chart.tsx';
import { curveOf, type GatePoint, type GateView, nearest, type Scope, scopesOf, sharesIn } from './gate.ts';
import { GateTable } from './gate-table.tsx';
import css from './gate-work.module.css';
import { OutcomeBar } from './outcome-bar.tsx';

/** The control, and what it does: moved without asking the server for anything. */
export function GateWork({ view }: { readonly view: GateView }) {
  const tell = useTell();
  const share = useShare();
  const queries = useQueryClient();
  const { bar, did } = useUndo();
  const id = useId();
  const { points } = view;
  const [chosen, setChosen] = useState(() => nearest(points, view.wrongRate));
  const [scope, setScope] = useState<Scope>('all');
  const [reason, setReason] = useState('');
  const [saving, setSaving] = useState(false);
  const [fault, setFault] = useState<Error | null>(null);
  const curve = useMemo(() => curveOf(points, scope), [points, scope]);
  const point = points[chosen];
  if (point === undefined) return null;
  const inForce = nearest(points, view.publishedWrongRate ?? view.wrongRate);
  const saved = nearest(points, view.wrongRate) === chosen;

  async function save(wrongRate: number, why: string): Promise<void> {
    await request('PUT', '/api/console/gate', { wrongRate, reason: why });
    queries.setQueryData<GateView>(['gate'], (old) => (old === undefined ? old : { ...old, wrongRate }));
    await queries.invalidateQueries({ queryKey: ['changes'] });
  }
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const before = view.wrongRate;
    setSaving(true);
    setFault(null);
    save(point.wrongRate, reason.trim())
      .then(
        () => {
          setReason('');
          did(tell('gate.savedBar', { rate: share(point.wrongRate) }), async () => {
            await save(before, '');
            setChosen(nearest(points, before));
          });
        },
        (error: unknown) => setFault(error instanceof Error ? error : new Error(String(error))),
      )
      .finally(() => setSaving(false));
  };

  const now = points[inForce];
  return (
    <>
      <div className={css.columns}>
        <form className={page.card} onSubmit={submit}>
          <label className={css.control} htmlFor={`${id}-rate`}>
            {tell('gate.control', { rate: share(point.wrongRate) })}
          </label>
          <input
            id={`${id}-rate`}
            className={css.slider}
            type="range"
            min={0}
            max={points.length - 1}
            step={1}
            value={chosen}
            aria-valuetext={tell('gate.control', { rate: share(point.wrongRate) })}
            onChange={(event) => setChosen(Number(event.target.value))}
          />
          <div className={css.ends} aria-hidden="true">
            <span>{tell('gate.careful')}</span>
            <span>{tell('gate.bold')}</span>
          </div>
          <p className={page.soft}>{tell('gate.from', { from: share(point.answerFrom) })}</p>
          <p className={page.faint}>
            {tell('gate.saved', { rate: share(view.wrongRate) })}
            {view.publishedWrongRate !== null && (
              <> · {tell('gate.published', { rate: share(view.publishedWrongRate) })}</>
            )}
          </p>
          {!saved && (
            <>
              <Field
                label={tell('console.reason')}
                value={reason}
                onChange={setReason}
                help={tell('gate.why')}
              />
              <FaultLine fault={fault} />
              <div className={page.row}>
                <Button type="submit" look="primary" isDisabled={saving || reason.trim() === ''}>
                  {tell('gate.save')}
                </Button>
                <Button look="ghost" onPress={() => setChosen(nearest(points, view.wrongRate))}>
                  {tell('gate.back')}
                </Button>
              </div>
            </>
          )}
        </form>
        <section className={page.card} aria-labelledby={`${id}-curve`}>
          <div className={css.head}>
            <h2 id={`${id}-curve`} className={css.heading}>
              {tell('gate.curve')}
            </h2>
            <ScopeSelect scopes={scopesOf(view)} scope={scope} onChange={setScope} />
          </div>
          <CurveChart
            curve={curve}
            chosen={chosen}
            published={view.publishedWrongRate === null ? null : inForce}
          />
          <GateTable points={points} scope={scope} chosen={chosen} />
        </section>
      </div>
      <Effects point={point} now={now ?? point} scope={scope} tell={tell} />
      {bar}
    </>
  );
}

function ScopeSelect(props: {
  readonly scopes: readonly Scope[];
  readonly scope: Scope;
  readonly onChange: (scope: Scope) => void;
}) {
  const tell = useTell();
  if (props.scopes.length === 0) return null;
  return (
    <select
      className={page.select}
      aria-label={tell('gate.of')}
      value={props.scope}
      onChange={(event) => props.onChange(event.target.value as Scope)}
    >
      {(['all', ...props.scopes] as const).map((one) => (
        <option key={one} value={one}>
          {scopeWords(one, tell)}
        </option>
      ))}
    </select>
  );
}

function scopeWords(scope: Scope, tell: Tell): string {
  const [kind, name = ''] = scope.split(/:(.*)/su);
  if (kind === 'language') return tell(`language.${name}` as WordId);
  return kind === 'brand' ? name : tell('gate.all');
}

function Effects(props: {
  readonly point: GatePoint;
  readonly now: GatePoint;
  readonly scope: Scope;
  readonly tell: Tell;
}) {
  const { point, now, scope, tell } = props;
  const [chosen, before] = [sharesIn(point, scope), sharesIn(now, scope)];
  const { golden, real } = chosen;
  return (
    <div className={css.effects}>
      <section className={page.card} aria-labelledby="gate-week">
        <h2 id="gate-week" className={css.heading}>
          {tell('gate.week', { of: real.of })}
        </h2>
        {real.of === 0 ? (
          <p className={page.soft}>{tell('gate.noWeek')}</p>
        ) : (
          <OutcomeBar
            of={real.of}
            parts={[
              {
                tone: 'answered',
                words: tell('gate.answered'),
                count: real.answered,
                before: before.real.answered,
              },
              {
                tone: 'asked',
                words: tell('gate.askedBack'),
                count: real.askedBack,
                before: before.real.askedBack,
              },
              {
                tone: 'person',
                words: tell('gate.handedOver'),
                count: real.handedOver,
                before: before.real.handedOver,
              },
            ]}
          />
        )}
      </section>
      {golden.of > 0 && (
        <section className={page.card} aria-labelledby="gate-golden">
          <h2 id="gate-golden" className={css.heading}>
            {tell('gate.golden', { of: golden.of })}
          </h2>
          <OutcomeBar
            of={golden.of}
            parts={[
              {
                tone: 'answered',
                words: tell('grade.right'),
                count: golden.right,
                before: before.golden.right,
              },
              {
                tone: 'asked',
                words: tell('gate.askedBack'),
                count: golden['asked back'],
                before: before.golden['asked back'],
              },
              {
                tone: 'person',
                words: tell('gate.handedOver'),
                count: golden['handed over'],
                before: before.golden['handed over'],
              },
              { tone: 'wrong', words: tell('grade.wrong'), count: golden.wrong, before: before.golden.wrong },
            ]}
          />
        </section>
      )}
    </div>
  );
}
