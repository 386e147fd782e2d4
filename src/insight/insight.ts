import { DateTime } from 'luxon';
import { RelevoError } from '../core/errors.ts';
import type { Facts } from '../store/facts.ts';
import { type Figure, figureList } from './figure-list.ts';
import { type Report, type ReportQuery, reportOf } from './report.ts';

/** A report with its figures as people see them, each beside that of the period before. */
export interface InsightReport extends Report {
  readonly list: readonly { readonly now: Figure; readonly before: Figure | null }[];
}

/** Reports on what became of conversations. */
export interface Insight {
  /** The last so many days, today among them, as days of the installation's time zone. */
  last(days: number): { readonly from: string; readonly to: string };
  /** @throws RelevoError `bad_period`: it ends before it begins, or is longer than `maxDays` */
  report(query: ReportQuery): Promise<InsightReport>;
}

/** The longest period of one report. */
export const maxDays = 370;

/** Reads the figures of days and adds them up. @param today in the installation's time zone, such as `2026-11-22` */
export function createInsight(facts: Pick<Facts, 'days'>, today: () => string): Insight {
  return {
    last(days) {
      const to = today();
      return {
        from:
          DateTime.fromISO(to)
            .minus({ days: days - 1 })
            .toISODate() ?? to,
        to,
      };
    },
    async report(query) {
      const [from, to] = [DateTime.fromISO(query.from), DateTime.fromISO(query.to)];
      const days = to.diff(from, 'days').days + 1;
      if (!(days >= 1 && days <= maxDays)) {
        throw new RelevoError('bad_period', `a report cannot be from ${query.from} to ${query.to}`, {
          hint: `The last day is not before the first, and it is ${maxDays} days at most.`,
        });
      }
      const previous = from.minus({ days }).toISODate() ?? query.from;
      const report = reportOf(query, await facts.days(previous, query.to));
      const before = figureList(report.before);
      return {
        ...report,
        list: figureList(report.figures).map((now) => ({
          now,
          before: before.find(({ id, of }) => id === now.id && of === now.of) ?? null,
        })),
      };
    },
  };
}
