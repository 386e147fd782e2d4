import { useIntl } from 'react-intl';
import { Link } from 'react-router';
import { useSay } from '../parts/catalogue.tsx';
import { useChannelName } from './channel-icon.tsx';
import css from './quarantine-page.module.css';
import { useFailedSends } from './queries.ts';

/** What never arrived on any channel, for supervisors; it is sent again from the case. Nothing where all arrived. */
export function FailedSends() {
  const say = useSay();
  const intl = useIntl();
  const channelName = useChannelName();
  const { data } = useFailedSends();
  if (data === undefined || data.messages.length === 0) return null;
  return (
    <section aria-labelledby="failed-sends-title">
      <h3 id="failed-sends-title" className={css.part}>
        {say('failedSends.title')}
      </h3>
      <ul className={css.list}>
        {data.messages.map((one) => (
          <li key={one.name} className={css.row}>
            <div className={css.what}>
              <p className={css.reason}>{one.given ? say('failedSends.given') : say('failedSends.twice')}</p>
              <p className={css.where}>
                {channelName(one.channel)} ·{' '}
                <time dateTime={one.at}>
                  {intl.formatDate(one.at, { dateStyle: 'medium', timeStyle: 'short' })}
                </time>
              </p>
              <p className={css.key}>{one.error}</p>
            </div>
            <Link to={`/desk/cases/${one.number}`}>{say('failedSends.open', { number: one.number })}</Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
