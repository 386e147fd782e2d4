import { useQuery } from '@tanstack/react-query';
import { Waiting } from '../../desk/waiting.tsx';
import { request } from '../../live/request.ts';
import page from '../page.module.css';
import { PageHead } from '../page-head.tsx';
import { useReadAnew } from '../use-read-anew.ts';
import { useTell } from '../words.ts';
import type { Trial } from './trial.ts';
import { TrialForm } from './trial-form.tsx';
import { TrialView } from './trial-view.tsx';

const everyMs = 15_000;

/** Two versions side by side: begun, watched and ended. */
export function TrialPage() {
  const tell = useTell();
  const found = useQuery({
    queryKey: ['trial'],
    queryFn: () => request<{ trial: Trial | null }>('GET', '/api/console/trial'),
    refetchInterval: everyMs,
  });
  const changed = useReadAnew('trial');
  const trial = found.data?.trial ?? null;
  return (
    <div className={page.page}>
      <PageHead title={tell('nav.trial')} lead={tell('trial.lead')} />
      {found.data === undefined ? (
        <Waiting fault={found.error} retry={found.refetch} />
      ) : (
        <>
          {trial !== null && <TrialView trial={trial} changed={changed} />}
          {trial?.ended !== null && <TrialForm changed={changed} />}
        </>
      )}
    </div>
  );
}
