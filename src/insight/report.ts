import type { DayFigures, Figures } from '../core/figures.ts';
import { addFigures, noFigures } from './roll-up.ts';

/** What a report is of; days are `2026-11-22` in the installation's time zone, both included. */
export interface ReportQuery {
  readonly from: string;
  readonly to: string;
  /** Only conversations of these brands; absent: all, and those of none. */
  readonly brands?: readonly string[];
  readonly channel?: string;
}

/** The conversations that began in a period, and those of the period of the same length before it. */
export interface Report {
  readonly from: string;
  readonly to: string;
  readonly figures: Figures;
  readonly before: Figures;
  /** The channels of the period, the busiest first. */
  readonly byChannel: readonly Figures[];
  /** Conversations begun on each day of the period. */
  readonly byDay: readonly { readonly day: string; readonly conversations: number }[];
}

/** Adds up days. Pure. @param days those of the period, and before them those of the period before */
export function reportOf(query: ReportQuery, days: readonly DayFigures[]): Report {
  const wanted = ({ brand, channel }: Figures) =>
    (query.brands === undefined || query.brands.includes(brand ?? '')) &&
    (query.channel === undefined || channel === query.channel);
  const inPeriod = days.filter(({ day }) => day >= query.from && day <= query.to);
  const earlier = days.filter(({ day }) => day < query.from);
  const cells = inPeriod.flatMap((day) => day.cells.filter(wanted));
  const channels = [...new Set(cells.map(({ channel }) => channel))];
  return {
    from: query.from,
    to: query.to,
    figures: sum(cells),
    before: sum(earlier.flatMap((day) => day.cells.filter(wanted))),
    byChannel: channels
      .map((name) => sum(cells.filter(({ channel }) => channel === name)))
      .sort((a, b) => b.conversations - a.conversations),
    byDay: inPeriod.map(({ day, cells: of }) => ({
      day,
      conversations: of.filter(wanted).reduce((all, { conversations }) => all + conversations, 0),
    })),
  };
}

function sum(cells: readonly Figures[]): Figures {
  const [first] = cells;
  return cells.reduce(addFigures, noFigures(first?.brand ?? null, first?.channel ?? ''));
}
