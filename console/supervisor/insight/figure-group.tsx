import { useIntl } from 'react-intl';
import { type Tell, useTell, type WordId } from '../words.ts';
import css from './figure-group.module.css';
import type { Figure, Group } from './insight.ts';

/** Figures of one kind, each with its definition and that of the period before. */
export function FigureGroup({
  group,
  figures,
}: {
  readonly group: Group;
  readonly figures: readonly Figure[];
}) {
  const tell = useTell();
  const { locale } = useIntl();
  const shown = group.ids.flatMap((id) => figures.filter((figure) => figure.id === id));
  if (shown.length === 0) return null;
  return (
    <section aria-labelledby={group.title}>
      <h2 id={group.title} className={css.heading}>
        {tell(group.title)}
      </h2>
      <dl className={css.figures}>
        {shown.map((figure) => (
          <div key={`${figure.id} ${figure.of}`} className={css.figure}>
            <dt className={css.name}>{nameOf(figure, tell)}</dt>
            <dd className={css.value}>{told(figure.value, figure.unit, locale, tell)}</dd>
            <dd className={css.before}>
              {figure.before === null || figure.before.value === null
                ? tell('insight.noBefore')
                : tell('insight.before', { value: told(figure.before.value, figure.unit, locale, tell) })}
              {figure.unit !== 'count' && <span> · {tell('insight.from', { count: figure.from })}</span>}
            </dd>
            <dd className={css.means}>
              <details>
                <summary>{tell('insight.means')}</summary>
                {tell(`means.${figure.id}` as WordId)}
              </details>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function nameOf({ id, of }: Figure, tell: Tell): string {
  if (id === 'handOver') return tell(`handOver.${of ?? ''}` as WordId);
  return tell(`figure.${id}` as WordId, of === null ? {} : { of });
}

const minuteMs = 60_000;

function told(value: number | null, unit: Figure['unit'], locale: string, tell: Tell): string {
  if (value === null) return '–';
  const number = (options: Intl.NumberFormatOptions, of = value) =>
    new Intl.NumberFormat(locale, options).format(of);
  switch (unit) {
    case 'count':
      return number({});
    case 'share':
      return number({ style: 'percent', maximumFractionDigits: value > 0 && value < 0.1 ? 1 : 0 });
    case 'stars':
      return number({ minimumFractionDigits: 1, maximumFractionDigits: 1 });
    case 'milliseconds':
      if (value < minuteMs)
        return tell('unit.seconds', { value: number({ maximumSignificantDigits: 2 }, value / 1000) });
      if (value < 90 * minuteMs)
        return tell('unit.minutes', { value: number({ maximumSignificantDigits: 2 }, value / minuteMs) });
      return tell('unit.hours', { value: number({ maximumSignificantDigits: 2 }, value / minuteMs / 60) });
  }
}
