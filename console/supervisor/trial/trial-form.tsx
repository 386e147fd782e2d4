import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError } from '../../live/api-error.ts';
import { request } from '../../live/request.ts';
import { Button } from '../../parts/button.tsx';
import { Field } from '../../parts/field.tsx';
import { FaultLine } from '../fault-line.tsx';
import page from '../page.module.css';
import { requestTrained } from '../training.ts';
import { useDoing } from '../use-doing.ts';
import { useTell } from '../words.ts';

const shares = [0.05, 0.1, 0.2, 0.5] as const;

/** Begins a trial of the draft, or of an earlier version. */
export function TrialForm({ changed }: { readonly changed: () => Promise<void> }) {
  const tell = useTell();
  const { busy, fault, doing } = useDoing();
  const [version, setVersion] = useState('');
  const [share, setShare] = useState(0.1);
  const [reason, setReason] = useState('');
  const versions = useQuery({
    queryKey: ['versions'],
    queryFn: () =>
      request<{ versions: readonly { version: number; comment: string }[] }>('GET', '/api/console/versions'),
  });
  const worse = fault instanceof ApiError && fault.code === 'kb_regression';
  const start = () =>
    doing(async () => {
      const override = worse && reason.trim() !== '' ? { override: reason } : {};
      const wish = { version: version === '' ? null : Number(version), share, reason, ...override };
      await requestTrained('POST', '/api/console/trial/start', wish);
      await changed();
    });
  return (
    <form
      className={page.card}
      onSubmit={(event) => {
        event.preventDefault();
        start();
      }}
    >
      <h2>{tell('trial.begin')}</h2>
      <div className={page.row}>
        <select
          className={page.select}
          aria-label={tell('trial.what')}
          value={version}
          onChange={(event) => setVersion(event.target.value)}
        >
          <option value="">{tell('trial.draft')}</option>
          {versions.data?.versions.slice(0, 20).map((one) => (
            <option key={one.version} value={one.version}>
              {tell('trial.version', { version: one.version })} {one.comment.slice(0, 40)}
            </option>
          ))}
        </select>
        <select
          className={page.select}
          aria-label={tell('trial.share')}
          value={share}
          onChange={(event) => setShare(Number(event.target.value))}
        >
          {shares.map((one) => (
            <option key={one} value={one}>
              {tell('trial.of', { share: one })}
            </option>
          ))}
        </select>
      </div>
      <Field label={tell('console.reason')} value={reason} onChange={setReason} optional={!worse} />
      <FaultLine fault={fault} />
      {worse && <p className={page.soft}>{tell('trial.worse')}</p>}
      <div className={page.row}>
        <Button type="submit" look="primary" isDisabled={busy || (worse && reason.trim() === '')}>
          {tell(busy ? 'trial.starting' : 'trial.start')}
        </Button>
      </div>
    </form>
  );
}
