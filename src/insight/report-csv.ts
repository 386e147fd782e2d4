import { stringify } from 'csv-stringify/sync';
import type { InsightReport } from './insight.ts';

/** A report as a table that spreadsheets read and none executes: what could be a formula is written as text. */
export function reportCsv({ from, to, list }: InsightReport): string {
  const rows = list.map(({ now, before }) => [
    from,
    to,
    now.id,
    now.of ?? '',
    now.unit,
    now.value,
    now.from,
    before?.value ?? null,
    before?.from ?? null,
  ]);
  const columns = [
    'from',
    'to',
    'figure',
    'of',
    'unit',
    'value',
    'taken_from',
    'before',
    'before_taken_from',
  ];
  return stringify([columns, ...rows], { escape_formulas: true, bom: true });
}
