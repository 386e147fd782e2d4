import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Rocket } from 'lucide-react';
import { type FormEvent, useEffect, useState } from 'react';
import { ApiError } from '../../live/api-error.ts';
import { request } from '../../live/request.ts';
import { Button } from '../../parts/button.tsx';
import { Field } from '../../parts/field.tsx';
import { FaultLine } from '../fault-line.tsx';
import page from '../page.module.css';
import { useRehearsals } from '../rehearsal/use-rehearsals.ts';
import { requestTrained } from '../training.ts';
import type { useUndo } from '../undo-bar.tsx';
import { useReadAnew } from '../use-read-anew.ts';
import { useTell } from '../words.ts';
import { BrokenList } from './broken-list.tsx';
import { ProofLine } from './proof-line.tsx';
import type { Proof } from './publish.ts';
import css from './publish-page.module.css';
import { RefusedList } from './refused-list.tsx';

/** Publishes the draft; where its golden questions get worse, names them and asks why it should be published all the same. */
export function PublishForm({
  version,
  undo,
}: {
  /** What is published; null: nothing yet. */
  readonly version: number | null;
  readonly undo: ReturnType<typeof useUndo>;
}) {
  const tell = useTell();
  const queries = useQueryClient();
  const [comment, setComment] = useState('');
  const [why, setWhy] = useState('');
  const [since, setSince] = useState<number | null>(null);
  const [fault, setFault] = useState<Error | null>(null);
  const [refused, setRefused] = useState<'worse' | 'broken' | null>(null);
  const proof = useQuery({
    queryKey: ['proof'],
    queryFn: () => requestTrained<{ proof: Proof | null }>('GET', '/api/console/proof'),
    enabled: refused === 'worse',
    staleTime: 0,
  });

  const { data: rehearsed } = useRehearsals();
  const count = rehearsed?.rehearsals.length ?? 0;
  const must = rehearsed?.mustRehearse === true && count > 0 ? tell('publish.willRehearse', { count }) : null;

  const readAnew = useReadAnew();
  const publish = async (override: string | null): Promise<void> => {
    setSince(Date.now());
    setFault(null);
    try {
      const done = await requestTrained<{ version: number }>('POST', '/api/console/publish', {
        comment: comment.trim(),
        ...(override === null ? {} : { override }),
      });
      const back =
        version === null
          ? undefined
          : async () => {
              const reason = tell('publish.undone', { version: done.version });
              await request('POST', '/api/console/rollback', { version, reason });
              await readAnew();
            };
      undo.did(tell('publish.done', { version: done.version }), back);
      setRefused(null);
      await readAnew();
    } catch (error) {
      if (error instanceof ApiError && error.code === 'kb_regression') {
        setRefused('worse');
        await queries.invalidateQueries({ queryKey: ['proof'] });
      } else if (error instanceof ApiError && error.code === 'kb_rehearsal_broken') setRefused('broken');
      else setFault(error instanceof Error ? error : new Error(String(error)));
    } finally {
      setSince(null);
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void publish(null);
  };
  return (
    <section className={page.card} aria-labelledby="publish">
      <h2 id="publish" className={page.heading}>
        {tell('publish.title')}
      </h2>
      <form className={css.form} onSubmit={submit}>
        <Field
          label={tell('publish.comment')}
          value={comment}
          onChange={setComment}
          help={tell('publish.commentHelp')}
          optional
        />
        <div className={page.row}>
          <Button
            type="submit"
            look="primary"
            icon={<Rocket size={16} aria-hidden="true" />}
            isDisabled={since !== null}
          >
            {tell('publish.submit')}
          </Button>
          {since !== null && <Underway since={since} />}
        </div>
        {must !== null && <p className={page.soft}>{must}</p>}
        <FaultLine fault={fault} />
      </form>
      {refused === 'broken' && since === null && <BrokenList />}
      {refused === 'worse' && since === null && (
        <div role="alert">
          <p className={page.fault}>{tell('publish.refused')}</p>
          {proof.data === undefined ? (
            <p className={page.soft}>{proof.error === null ? tell('publish.proving') : null}</p>
          ) : (
            proof.data.proof !== null && (
              <>
                <ProofLine proof={proof.data.proof} />
                <RefusedList proof={proof.data.proof} />
              </>
            )
          )}
        </div>
      )}
      {refused !== null && since === null && (
        <form
          className={css.form}
          onSubmit={(event) => {
            event.preventDefault();
            void publish(why.trim());
          }}
        >
          <Field
            label={tell('publish.why')}
            value={why}
            onChange={setWhy}
            rows={2}
            help={tell(refused === 'broken' ? 'publish.whyBroken' : 'publish.whyHelp')}
          />
          <div className={page.row}>
            <Button type="submit" look="danger" isDisabled={why.trim() === ''}>
              {tell('publish.override')}
            </Button>
          </div>
        </form>
      )}
    </section>
  );
}

/** How long it has taken so far: training cannot say how much is left. */
function Underway({ since }: { readonly since: number }) {
  const tell = useTell();
  const [now, setNow] = useState(since);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return (
    <>
      <progress aria-label={tell('publish.underway')} />
      <span className={page.soft} role="status">
        {tell('publish.underway')}
      </span>
      <span className={page.faint} aria-hidden="true">
        {tell('unit.seconds', { value: Math.max(0, Math.round((now - since) / 1_000)) })}
      </span>
    </>
  );
}
