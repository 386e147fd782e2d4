import type { Result } from './judge.ts';
import { type Measured, mean } from './measure.ts';

/** A column: its heading, the figure, and how it is shown. */
interface Column {
  readonly title: string;
  readonly of: (measured: Measured) => number;
  readonly show: (value: number) => string;
}

const percent = (value: number): string => (Number.isNaN(value) ? '–' : (100 * value).toFixed(1));
const fixed =
  (digits: number) =>
  (value: number): string =>
    Number.isNaN(value) ? '–' : value.toFixed(digits);

/** All that is measured, in the order it is shown. */
export const columns: readonly Column[] = [
  { title: 'top-1', of: ({ top1 }) => top1, show: percent },
  { title: 'top-3', of: ({ top3 }) => top3, show: percent },
  { title: 'AUROC', of: ({ auroc }) => auroc, show: percent },
  { title: 'rec@95', of: ({ recall95 }) => recall95, show: percent },
  { title: 'utility', of: ({ utility }) => utility, show: percent },
  { title: 'right', of: ({ right }) => right, show: percent },
  { title: 'wrong', of: ({ wrong }) => wrong, show: percent },
  { title: 'asked', of: ({ clarified }) => clarified, show: percent },
  { title: 'over', of: ({ handedOver }) => handedOver, show: percent },
  { title: 'unk.ans', of: ({ unknownAnswered }) => unknownAnswered, show: percent },
  { title: 'train s', of: ({ trainSeconds }) => trainSeconds, show: fixed(2) },
  { title: 'p50 µs', of: ({ p50Micros }) => p50Micros, show: fixed(0) },
  { title: 'p99 µs', of: ({ p99Micros }) => p99Micros, show: fixed(0) },
  { title: 'heap MB', of: ({ heapMb }) => heapMb, show: fixed(1) },
  { title: 'peak MB', of: ({ peakMemoryMb }) => peakMemoryMb, show: fixed(0) },
];

/** The heading of the table on the screen. */
export function heading(): string {
  return 'base'.padEnd(36) + 'by'.padEnd(12) + columns.map(({ title }) => title.padStart(8)).join('');
}

/** A line of the table on the screen. */
export function line({ base, noisy, contestant, measured }: Result): string {
  const cells = columns.map(({ of, show }) => show(of(measured)).padStart(8));
  return (noisy ? `${base} noisy` : base).padEnd(36) + contestant.padEnd(12) + cells.join('');
}

/** The cells of one line of a Markdown table with every column. */
export function cells({ measured }: Result): string[] {
  return columns.map(({ of, show }) => show(of(measured)));
}

/** Shows a share in percent with one digit, `–` for none. */
export const shown = percent;

/** Means of each contestant over bases of one size; a figure that a base does not have is left out of its mean. */
export function means(results: readonly Result[]): Result[] {
  const groups = new Map<string, Result[]>();
  for (const one of results) {
    const key = `${one.noisy} ${one.size} ${one.contestant}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const of =
      { full: 'full bases', '0': 'bases without examples' }[first.size] ?? `bases of ${first.size} examples`;
    return [{ ...first, base: `mean of ${group.length} ${of}`, isMean: true, measured: average(group) }];
  });
}

function average(group: readonly Result[]): Measured {
  const of = (name: keyof Measured): number =>
    mean(group.map(({ measured }) => measured[name]).filter((value) => !Number.isNaN(value)));
  return {
    top1: of('top1'),
    top3: of('top3'),
    auroc: of('auroc'),
    recall95: of('recall95'),
    utility: of('utility'),
    right: of('right'),
    wrong: of('wrong'),
    clarified: of('clarified'),
    handedOver: of('handedOver'),
    unknownAnswered: of('unknownAnswered'),
    trainSeconds: of('trainSeconds'),
    p50Micros: of('p50Micros'),
    p99Micros: of('p99Micros'),
    heapMb: of('heapMb'),
    peakMemoryMb: of('peakMemoryMb'),
  };
}
