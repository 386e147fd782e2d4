import { useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useSearchParams } from 'react-router';
import { Waiting } from '../../desk/waiting.tsx';
import { request } from '../../live/request.ts';
import { useTell } from '../words.ts';
import { BarChart } from './bar-chart.tsx';
import { FigureGroup } from './figure-group.tsx';
import { groups, type InsightReport } from './insight.ts';
import css from './insight-page.module.css';
import { periodIn, searchOf } from './period.ts';
import { PeriodForm } from './period-form.tsx';

/** What became of the conversations that began in a period, beside the period before it. */
export function InsightPage() {
  const tell = useTell();
  const [search, setSearch] = useSearchParams();
  const period = periodIn(search);
  const query = searchOf(period);
  const report = useQuery({
    queryKey: ['insight', query],
    queryFn: () => request<InsightReport>('GET', `/api/console/insight?${query}`),
    placeholderData: (previous) => previous,
  });
  const { data } = report;
  return (
    <div className={css.page}>
      <div className={css.head}>
        <h1 className={css.title}>{tell('nav.insight')}</h1>
        <a className={css.export} href={`/api/console/insight.csv?${query}`} download>
          <Download size={16} aria-hidden="true" />
          {tell('insight.export')}
        </a>
      </div>
      <PeriodForm
        period={period}
        shown={data}
        channels={data?.byChannel.map(({ channel }) => channel) ?? []}
        onChange={(next) => setSearch(searchOf(next), { replace: true })}
      />
      {data === undefined || report.error !== null ? (
        <Waiting fault={report.error} retry={report.refetch} />
      ) : data.figures.find(({ id }) => id === 'conversations')?.value === 0 ? (
        <p className={css.none}>{tell('insight.none')}</p>
      ) : (
        <div className={css.groups} aria-busy={report.isPlaceholderData}>
          {groups.map((group) => (
            <FigureGroup key={group.title} group={group} figures={data.figures} />
          ))}
          <section aria-labelledby="by-day">
            <h2 id="by-day" className={css.heading}>
              {tell('insight.byDay')}
            </h2>
            <BarChart
              label={tell('insight.byDay')}
              bars={data.byDay.map(({ day, conversations }) => ({ name: day, value: conversations }))}
            />
          </section>
          <section aria-labelledby="by-hour">
            <h2 id="by-hour" className={css.heading}>
              {tell('insight.byHour')}
            </h2>
            <BarChart
              label={tell('insight.byHour')}
              bars={data.byHour.map((value, hour) => ({ name: `${hour}:00`, value }))}
            />
          </section>
          <section aria-labelledby="by-channel">
            <h2 id="by-channel" className={css.heading}>
              {tell('insight.byChannel')}
            </h2>
            <BarChart
              label={tell('insight.byChannel')}
              bars={data.byChannel.map(({ channel, conversations }) => ({
                name: channel,
                value: conversations,
              }))}
            />
          </section>
          <section aria-labelledby="stars">
            <h2 id="stars" className={css.heading}>
              {tell('insight.stars')}
            </h2>
            <BarChart
              label={tell('insight.stars')}
              bars={data.stars.map((value, index) => ({ name: `${index + 1} ★`, value }))}
            />
          </section>
        </div>
      )}
    </div>
  );
}
