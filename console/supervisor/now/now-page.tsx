import { useQuery } from '@tanstack/react-query';
import { Countdown } from '../../desk/countdown.tsx';
import { Waiting } from '../../desk/waiting.tsx';
import { request } from '../../live/request.ts';
import { classNames } from '../../parts/class-names.ts';
import { useTell } from '../words.ts';
import { AlarmList } from './alarm-list.tsx';
import type { AgentNow, NowView, TierNow } from './now.ts';
import css from './now-page.module.css';

const refreshMs = 4_000;

/** How things are at this moment: whose move each conversation is, every queue, everybody at work, and what alarms. */
export function NowPage() {
  const tell = useTell();
  const now = useQuery({
    queryKey: ['now'],
    queryFn: () => request<NowView>('GET', '/api/console/now'),
    refetchInterval: refreshMs,
    staleTime: 0,
  });
  if (now.data === undefined) return <Waiting fault={now.error} retry={now.refetch} />;
  const { owners, tiers, agents, alarms } = now.data;
  return (
    <div className={css.page}>
      <h1 className={css.title}>{tell('nav.now')}</h1>
      {now.error !== null && <p role="alert">{tell('now.stale')}</p>}
      <AlarmList alarms={alarms} />
      <section aria-labelledby="owners">
        <h2 id="owners" className={css.heading}>
          {tell('now.owners')}
        </h2>
        <ul className={css.owners}>
          <Owner count={owners.bot} words={tell('now.bot')} />
          <Owner count={owners.tiers} words={tell('now.tiers')} to="/desk?view=queue" />
          <Owner count={owners.agents} words={tell('now.agents')} to="/desk?view=open" />
          <Owner count={owners.customers} words={tell('now.customers')} to="/desk?view=open" />
          <Owner count={owners.vendors} words={tell('now.vendors')} to="/desk?view=open" />
        </ul>
      </section>
      <div className={css.columns}>
        <section aria-labelledby="tiers">
          <h2 id="tiers" className={css.heading}>
            {tell('now.queues')}
          </h2>
          <ul className={css.rows}>
            {tiers.map((tier) => (
              <TierRow key={tier.level} tier={tier} />
            ))}
          </ul>
        </section>
        <section aria-labelledby="people">
          <h2 id="people" className={css.heading}>
            {tell('now.people')}
          </h2>
          {agents.length === 0 ? (
            <p className={css.none}>{tell('now.nobody')}</p>
          ) : (
            <ul className={css.rows}>
              {agents.map((agent) => (
                <AgentRow key={agent.id} agent={agent} most={agents[0]?.held ?? 0} />
              ))}
            </ul>
          )}
        </section>
      </div>
    </div>
  );
}

function Owner({
  count,
  words,
  to,
}: {
  readonly count: number;
  readonly words: string;
  readonly to?: string;
}) {
  const inside = (
    <>
      <span className={css.count}>{count}</span>
      <span className={css.words}>{words}</span>
    </>
  );
  return (
    <li>
      {to === undefined ? (
        <div className={css.owner}>{inside}</div>
      ) : (
        <a href={to} className={classNames(css.owner, css.leads)}>
          {inside}
        </a>
      )}
    </li>
  );
}

function TierRow({ tier }: { readonly tier: TierNow }) {
  const tell = useTell();
  const { level, name, queued, claimed, solved, next, opensAt } = tier;
  return (
    <li className={css.row}>
      <div className={css.rowHead}>
        <a href={`/desk?view=queue&tier=${level}`} className={css.name}>
          {level} · {name}
        </a>
        <strong className={classNames(css.queued, queued > 0 && css.some)}>
          {tell('now.queued', { count: queued })}
        </strong>
      </div>
      <div className={css.rowFoot}>
        <span>{tell('now.atWork', { claimed, solved })}</span>
        {opensAt !== null && <span>{tell('now.opens', { at: new Date(opensAt) })}</span>}
        {next !== null && (
          <a href={`/desk/cases/${next.number}`} className={css.next}>
            {tell('now.first', { number: next.number })}
            <Countdown deadline={{ kind: 'accept', at: new Date(next.at).toISOString() }} brief />
          </a>
        )}
      </div>
    </li>
  );
}

function AgentRow({ agent, most }: { readonly agent: AgentNow; readonly most: number }) {
  const tell = useTell();
  const { name, away, held } = agent;
  return (
    <li className={css.row}>
      <div className={css.rowHead}>
        <span className={css.name}>{name}</span>
        {away && <span className={css.away}>{tell('now.away')}</span>}
        <span className={css.held}>{tell('now.held', { count: held })}</span>
      </div>
      <meter
        className={css.load}
        min={0}
        max={Math.max(1, most)}
        value={held}
        aria-label={tell('now.held', { count: held })}
      />
    </li>
  );
}
