import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useIntl } from 'react-intl';
import { Link } from 'react-router';
import { Waiting } from '../../desk/waiting.tsx';
import { request } from '../../live/request.ts';
import page from '../page.module.css';
import { useCodeWords, useTell } from '../words.ts';
import { type Said, type Settings, shiftWords, spanOf } from './settings.ts';
import css from './settings-page.module.css';

/** What relevo.yaml says, and since when: read here, changed in the file. */
export function SettingsPage() {
  const tell = useTell();
  const { formatDate } = useIntl();
  const limitWords = useCodeWords('settings.limit');
  const found = useQuery({
    queryKey: ['settings'],
    queryFn: () => request<Settings>('GET', '/api/console/settings'),
  });
  if (found.data === undefined) return <Waiting fault={found.error} retry={found.refetch} />;
  const { file, since, said } = found.data;
  return (
    <div className={page.page}>
      <div>
        <h1 className={page.title}>{tell('nav.settings')}</h1>
        <p className={page.lead}>{tell('settings.lead', { file })}</p>
        {since !== null && (
          <p className={page.soft}>
            {tell('settings.since', { when: formatDate(since, { dateStyle: 'long', timeStyle: 'short' }) })}{' '}
            <Link to="/console/audit?kind=settings">{tell('settings.history')}</Link>
          </p>
        )}
      </div>
      <Ladder said={said} />
      <Calendars said={said} />
      <Part title={tell('settings.plans')} none={said.plans.length === 0 && tell('settings.noPlans')}>
        {said.plans.map((plan) => (
          <li key={plan.name} className={page.card}>
            <h3 className={css.name}>{plan.title ?? plan.name}</h3>
            <Facts
              facts={[
                [tell('settings.calendar'), plan.calendar],
                [tell('settings.tiers'), plan.tiers?.join(', ')],
                [tell('settings.channels'), plan.channels?.join(', ')],
                [tell('settings.videoMinutes'), plan.videoMinutes],
              ]}
            />
          </li>
        ))}
      </Part>
      <Part title={tell('settings.brands')} none={said.brands.length === 0 && tell('settings.noBrands')}>
        {said.brands.map((brand) => (
          <li key={brand.name} className={page.card}>
            <h3 className={css.name}>{brand.title ?? brand.name}</h3>
            <Facts
              facts={[
                [tell('settings.channels'), brand.channels.join(', ')],
                [tell('settings.calendar'), brand.calendar],
                [tell('settings.tiers'), brand.tiers?.join(', ')],
                [tell('settings.knowledge'), brand.knowledge ?? brand.name],
              ]}
            />
          </li>
        ))}
      </Part>
      <Part title={tell('settings.limits')} none={false}>
        <li className={page.card}>
          <Facts
            facts={Object.entries(said.limits).map(([name, value]) => [
              limitWords(name),
              name === 'reminders' ? value : spanOf(value),
            ])}
          />
        </li>
      </Part>
    </div>
  );
}

function Ladder({ said }: { readonly said: Said }) {
  const tell = useTell();
  return (
    <Part title={tell('settings.ladder')} none={false}>
      {said.tiers.map((tier) => (
        <li key={tier.level} className={page.card}>
          <h3 className={css.name}>
            <span className={page.badge}>{tier.level}</span> {tier.name}
          </h3>
          <Facts
            facts={[
              [tell('settings.accept'), spanOf(tier.acceptWithin)],
              [tell('settings.solve'), spanOf(tier.solveWithin)],
              [tell('settings.calendar'), tier.calendar ?? tell('settings.allHours')],
              [tell('settings.members'), tier.members?.join(', ') ?? tell('settings.everybody')],
              [tell('settings.skills'), tier.skills?.join(', ')],
              [tell('settings.capacity'), tier.capacity],
            ]}
          />
        </li>
      ))}
    </Part>
  );
}

/** As the file calls them; the first of January 2024 was a Monday. */
const days: readonly string[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

function Calendars({ said }: { readonly said: Said }) {
  const tell = useTell();
  const { formatDate } = useIntl();
  const dayName = (day: string) => {
    const place = days.indexOf(day);
    return place < 0 ? day : formatDate(Date.UTC(2024, 0, 1 + place), { weekday: 'long', timeZone: 'UTC' });
  };
  const all = Object.entries(said.calendars);
  return (
    <Part title={tell('settings.calendars')} none={all.length === 0 && tell('settings.noCalendars')}>
      {all.map(([name, { timeZone = said.timeZone, shifts, holidays }]) => (
        <li key={name} className={page.card}>
          <h3 className={css.name}>{name}</h3>
          <Facts
            facts={[
              [tell('settings.zone'), timeZone],
              ...Object.entries(shifts).map(
                ([day, ofDay]): Fact => [dayName(day), ofDay.map(shiftWords).join(', ')],
              ),
              [tell('settings.holidays'), holidays.join(', ')],
            ]}
          />
        </li>
      ))}
    </Part>
  );
}

type Fact = readonly [label: string, value: string | number | undefined];

/** What is not said is left out. */
function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl className={css.facts}>
      {facts.map(
        ([label, value]) =>
          value !== undefined &&
          value !== '' && (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}

function Part(props: {
  readonly title: string;
  readonly none: string | false;
  readonly children: ReactNode;
}) {
  return (
    <section>
      <h2 className={page.heading}>{props.title}</h2>
      {props.none === false ? (
        <ul className={css.list}>{props.children}</ul>
      ) : (
        <p className={page.empty}>{props.none}</p>
      )}
    </section>
  );
}
