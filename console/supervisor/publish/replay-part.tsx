import { Play, X } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useIntl } from 'react-intl';
import { Button } from '../../parts/button.tsx';
import { FaultLine } from '../fault-line.tsx';
import page from '../page.module.css';
import type { useUndo } from '../undo-bar.tsx';
import { useTell } from '../words.ts';
import type { Replay, ReplayStep } from './publish.ts';
import css from './replay-part.module.css';
import { ReplayView } from './replay-view.tsx';
import { useReplay } from './use-replay.ts';

const sizes = [100, 500, 1000, 5000] as const;

/** Asks the draft what customers really asked, and shows what it does otherwise. */
export function ReplayPart({
  revision,
  undo,
}: {
  /** The draft's as it is now. */
  readonly revision: number;
  readonly undo: ReturnType<typeof useUndo>;
}) {
  const tell = useTell();
  const { replay, step, fault, start, cancel } = useReplay();
  const [questions, setQuestions] = useState<number>(1000);
  const [failed, setFailed] = useState<Error | null>(null);
  const wish = (doing: Promise<void>) => {
    setFailed(null);
    doing.catch((error: unknown) => setFailed(error instanceof Error ? error : new Error(String(error))));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    wish(start(questions));
  };
  return (
    <section className={page.card} aria-labelledby="replay">
      <h2 id="replay" className={page.heading}>
        {tell('replay.title')}
      </h2>
      {step === null ? (
        <form className={page.row} onSubmit={submit}>
          <label className={page.row}>
            <span className={page.soft}>{tell('replay.questions')}</span>
            <select
              className={page.select}
              value={questions}
              onChange={(event) => setQuestions(Number(event.target.value))}
            >
              {sizes.map((size) => (
                <option key={size} value={size}>
                  {size}
                </option>
              ))}
            </select>
          </label>
          <Button type="submit" icon={<Play size={16} aria-hidden="true" />}>
            {tell(replay == null ? 'replay.start' : 'replay.again')}
          </Button>
          {replay == null && <p className={page.soft}>{tell('replay.lead')}</p>}
        </form>
      ) : (
        <Progress step={step} onCancel={() => wish(cancel())} />
      )}
      <FaultLine fault={failed ?? fault} />
      {replay != null && step === null && <Ended replay={replay} revision={revision} undo={undo} />}
    </section>
  );
}

function Progress({ step, onCancel }: { readonly step: ReplayStep; readonly onCancel: () => void }) {
  const tell = useTell();
  const { stage, done, of } = step;
  const words = tell(`replay.${stage}`, { done, of });
  return (
    <div className={css.progress}>
      <progress aria-label={words} {...(stage === 'training' || of === 0 ? {} : { value: done, max: of })} />
      <span className={page.soft} role="status">
        {words}
      </span>
      <Button size="s" icon={<X size={15} aria-hidden="true" />} onPress={onCancel}>
        {tell('replay.cancel')}
      </Button>
    </div>
  );
}

function Ended(props: {
  readonly replay: Replay;
  readonly revision: number;
  readonly undo: ReturnType<typeof useUndo>;
}) {
  const tell = useTell();
  const { formatDate } = useIntl();
  const { replay, revision, undo } = props;
  const at = formatDate(replay.startedAt, { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <>
      <p className={page.faint}>{tell('replay.by', { by: replay.by, at })}</p>
      {replay.state !== 'done' && replay.state !== 'running' && (
        <p className={page.soft} role="status">
          {tell(`replay.${replay.state}`, { error: replay.error ?? '' })}
        </p>
      )}
      {replay.result !== null && (
        <>
          {replay.revision !== revision && <p className={css.old}>{tell('replay.old')}</p>}
          <ReplayView key={replay.id} result={replay.result} undo={undo} />
        </>
      )}
    </>
  );
}
