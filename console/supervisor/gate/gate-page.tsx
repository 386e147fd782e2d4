import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { Waiting } from '../../desk/waiting.tsx';
import page from '../page.module.css';
import { PageHead } from '../page-head.tsx';
import { requestTrained } from '../training.ts';
import { useTell } from '../words.ts';
import type { GateView } from './gate.ts';
import { GateWork } from './gate-work.tsx';

/** How often the bot may be wrong, and what that costs. */
export function GatePage() {
  const tell = useTell();
  const gate = useQuery({
    queryKey: ['gate'],
    queryFn: () => requestTrained<GateView>('GET', '/api/console/gate?questions=1000'),
    staleTime: 60_000,
  });
  return (
    <div className={page.page}>
      <PageHead title={tell('nav.gate')} lead={tell('gate.lead')} />
      {gate.data !== undefined ? (
        <GateWork view={gate.data} />
      ) : gate.error !== null ? (
        <Waiting fault={gate.error} retry={gate.refetch} />
      ) : (
        <p className={page.soft} role="status">
          {tell('gate.measuring')}
        </p>
      )}
      {gate.data?.points[0]?.golden.of === 0 && (
        <div className={page.empty}>
          <p>{tell('gate.noGolden')}</p>
          <Link to="/console/publish/golden">{tell('gate.addGolden')}</Link>
        </div>
      )}
    </div>
  );
}
