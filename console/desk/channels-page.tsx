import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Link } from 'react-router';
import { useSay } from '../parts/catalogue.tsx';
import css from './channels-page.module.css';
import { useDesk } from './desk-context.tsx';
import { Waiting } from './waiting.tsx';

/** A channel that is switched on, and how it is. */
interface ListedChannel {
  readonly name: string;
  readonly title: string;
  readonly state: 'starting' | 'ready' | 'needs-attention' | 'restarting';
  readonly line: string;
  /** Where the picture of the code is that a phone has to scan. */
  readonly qr: string | null;
}

/** A code to scan lives about twenty seconds. */
const refreshMs = 5_000;

/** The channels, for administrators: how each is, and the code that links a phone. */
export function ChannelsPage() {
  const say = useSay();
  const { request } = useDesk();
  const found = useQuery({
    queryKey: ['channels'],
    queryFn: () => request<{ channels: readonly ListedChannel[] }>('GET', '/api/channels'),
    refetchInterval: refreshMs,
  });
  useEffect(() => {
    document.title = `${say('channels.title')} · Relevo`;
  });
  if (found.data === undefined) return <Waiting fault={found.error} retry={found.refetch} />;
  return (
    <section className={css.page} aria-labelledby="channels-title">
      <Link to="/desk">{say('list.back')}</Link>
      <h2 id="channels-title" className={css.title}>
        {say('channels.title')}
      </h2>
      <ul className={css.list}>
        {found.data.channels.map((channel) => (
          <li key={channel.name} className={css.row}>
            <h3>
              {channel.title} <span className={css.name}>{channel.name}</span>
            </h3>
            <p data-state={channel.state} className={css.state}>
              {say(`channels.${channel.state}`)}
            </p>
            {channel.state !== 'ready' && <p className={css.line}>{channel.line}</p>}
            {channel.qr !== null && (
              <figure className={css.code}>
                <img src={channel.qr} alt={say('channels.code')} width={280} height={280} />
                <figcaption>{say('channels.scan')}</figcaption>
              </figure>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
