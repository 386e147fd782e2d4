import { request } from '../../live/request.ts';
import { Button } from '../../parts/button.tsx';
import { FaultLine } from '../fault-line.tsx';
import page from '../page.module.css';
import { ShareBar } from '../share-bar.tsx';
import { useDoing } from '../use-doing.ts';
import { WideTable } from '../wide-table.tsx';
import { useTell } from '../words.ts';
import type { ShareRange, Trial, TrialSide } from './trial.ts';
import css from './trial-page.module.css';

const figures = ['resolved', 'disliked', 'handedOver'] as const;

/** A trial as it stands: what each version has done, how sure that is, and the way out. */
export function TrialView({
  trial,
  changed,
}: {
  readonly trial: Trial;
  readonly changed: () => Promise<void>;
}) {
  const tell = useTell();
  const { busy, fault, doing } = useDoing();
  const { candidate, live, share, sides, ended, evidence, stopsAt } = trial;
  const stopped = ended?.why === 'candidate-worse' || ended?.why === 'live-worse';
  const end = (how: 'made-live' | 'dropped') =>
    doing(async () => {
      await request('POST', '/api/console/trial/end', { how });
      await changed();
    });
  const strength = Math.max(0, Math.log(evidence) / Math.log(stopsAt));
  return (
    <section className={page.card} aria-label={tell('trial.both', { candidate, live })}>
      <div className={page.row}>
        <h2>{tell('trial.both', { candidate, live })}</h2>
        <span className={page.badge}>{tell(ended === null ? 'trial.runs' : `trial.ended.${ended.why}`)}</span>
      </div>
      <p className={page.soft}>{tell('trial.split', { share, candidate, by: trial.startedBy })}</p>
      <WideTable label={tell('trial.figure')} className={css.table}>
        <thead>
          <tr>
            <th scope="col">{tell('trial.figure')}</th>
            <th scope="col">{tell('trial.liveSide', { version: live })}</th>
            <th scope="col">{tell('trial.candidateSide', { version: candidate })}</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{tell('trial.customers')}</th>
            <Customers side={sides.live} />
            <Customers side={sides.candidate} />
          </tr>
          {figures.map((figure) => (
            <tr key={figure}>
              <th scope="row">{tell(`trial.${figure}`)}</th>
              <RangeCell range={sides.live.ranges[figure]} />
              <RangeCell range={sides.candidate.ranges[figure]} />
            </tr>
          ))}
          <tr>
            <th scope="row">{tell('trial.wrong')}</th>
            <RangeCell range={sides.live.wrong?.range ?? null} />
            <RangeCell range={sides.candidate.wrong?.range ?? null} />
          </tr>
        </tbody>
      </WideTable>
      <p className={page.soft}>{tell('trial.evidence', { share: Math.min(1, strength) })}</p>
      <ShareBar share={strength} />
      <p className={page.faint}>{tell('trial.rule')}</p>
      <FaultLine fault={fault} />
      {(ended === null || stopped) && (
        <div className={page.row}>
          <Button look="primary" isDisabled={busy} onPress={() => end('made-live')}>
            {tell('trial.makeLive', { version: candidate })}
          </Button>
          {ended === null && (
            <Button isDisabled={busy} onPress={() => end('dropped')}>
              {tell('trial.drop')}
            </Button>
          )}
        </div>
      )}
    </section>
  );
}

function Customers({ side: { customers, open } }: { readonly side: TrialSide }) {
  const tell = useTell();
  return (
    <td>
      {customers} <span className={page.faint}>{tell('trial.open', { count: open })}</span>
    </td>
  );
}

function RangeCell({ range }: { readonly range: ShareRange | null }) {
  const tell = useTell();
  if (range === null) return <td className={page.faint}>–</td>;
  return (
    <td>
      {tell('trial.percent', { share: range.share })}{' '}
      <span className={page.faint}>{tell('trial.range', { low: range.low, high: range.high })}</span>
    </td>
  );
}
