import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { FaultLine } from '../fault-line.tsx';
import page from '../page.module.css';
import { PlayedView } from '../rehearsal/played-view.tsx';
import type { Played } from '../rehearsal/rehearsal.ts';
import { requestTrained } from '../training.ts';
import { useTell } from '../words.ts';
import css from './refused-list.module.css';

/** The rehearsals that break in the draft, each as it went and with the turn at which it broke. */
export function BrokenList() {
  const tell = useTell();
  const { data, error } = useQuery({
    queryKey: ['played'],
    queryFn: () =>
      requestTrained<{ played: readonly Played[] }>('POST', '/api/console/rehearsals/play', { name: null }),
    staleTime: 0,
    gcTime: 0,
  });
  const broken = data?.played.filter(({ passed }) => !passed) ?? [];
  return (
    <div role="alert">
      <p className={page.fault}>{tell('publish.broken')}</p>
      {data === undefined && error === null && <p className={page.soft}>{tell('publish.rehearsing')}</p>}
      <FaultLine fault={error} />
      <ul className={css.rows} aria-label={tell('nav.rehearsal')}>
        {broken.map((played) => (
          <li key={played.name} className={css.row}>
            <Link to="/console/rehearsal">
              {tell('publish.brokeAt', { name: played.name, turn: (played.brokeAt ?? 0) + 1 })}
            </Link>
            <PlayedView played={played} />
          </li>
        ))}
      </ul>
    </div>
  );
}
